import t from 'tap';
import { systemClock } from '../../../agent/clock.js';
import { Events } from '../../../agent/events.js';
import { silentLog } from '../../../agent/log.js';
import type { Channel } from '../../../agent/notify/deliver/channel.js';
import { Courier, type Heard } from '../../../agent/notify/deliver/courier.js';
import { notifySettings } from '../../../agent/notify/deliver/settings.js';
import { aCall, startedStore } from '../../records/store.js';

await t.test('a channel of one’s own: docs/guide/adding-a-channel.md', async (t) => {
  const { records } = await startedStore(t);
  const events = new Events<Heard>(silentLog);
  const called: string[] = [];
  const pager: Channel = {
    kind: 'pager',
    inUse: () => true,
    places: ({ recipient }) => [`4711-${recipient ?? 'all'}`],
    send({ place, notice }) {
      called.push(`${place}: ${notice.lines[0] ?? ''}`);
      return Promise.resolve();
    },
  };
  const courier = new Courier({
    ...{ records, events, clock: systemClock(), log: silentLog, channels: [pager] },
    settings: notifySettings.parse({}),
    office: { name: 'Riverside Family Clinic', dashboard: 'https://localhost:8443' },
  });
  await courier.start();
  await records.calls.open(aCall('one'));
  const id = await records.messages.keep({
    ...{ call: 'one', number: 1, at: 5_000, whole: true, urgent: true, recipient: 'emily' },
    ...{ intent: 'message.leave', confirmed: true, contactNumber: undefined },
    body: { name: null, phone: null, reason: null, callbackTime: null },
  });
  events.emit('message', { id });
  for (let tries = 0; tries < 200 && called.length === 0; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await courier.stop();
  t.strictSame(called, ['4711-emily: There is an urgent message.']);
});
