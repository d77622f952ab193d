import { setImmediate as soon } from 'node:timers/promises';
import t from 'tap';
import { Events } from '../../agent/events.js';
import { silentLog } from '../../agent/log.js';
import { Reaper, REAP_MS } from '../../agent/reception/reaper.js';
import type { Ari, AriEvents, BridgeData, ChannelData } from '../../agent/telephony/ari.js';
import { FakeClock } from '../telephony/fake-clock.js';

const CALL = '11111111-1111-4111-8111-111111111111';
const channel = (id: string): ChannelData => ({
  ...{ id, name: `PJSIP/${id}`, state: 'Up', caller: { name: '', number: '' } },
  dialplan: { context: 'c', exten: 's', app_name: 'Stasis', app_data: 'vestibule,incoming' },
});

/** A reaper over an Asterisk in which `channels` stand. */
function reaping(
  channels: ChannelData[],
  owned: Map<string, string>,
  bridges: readonly BridgeData[] = [],
) {
  const events = new Events<AriEvents>(silentLog);
  const clock = new FakeClock();
  const [done, lost]: [string[], string[]] = [[], []];
  const state = { up: true };
  const end = (id: string): Promise<void> => {
    done.push(id);
    channels.splice(
      channels.findIndex((one) => one.id === id),
      1,
    );
    return Promise.resolve();
  };
  const ari = {
    get up() {
      return state.up;
    },
    address: { app: 'vestibule' },
    channels: () => Promise.resolve([...channels]),
    events,
    bridges: () => Promise.resolve(bridges),
    hangUp: end,
    destroyBridge: end,
    continueAt: end,
  };
  const reaper = new Reaper({
    ...{ ari: ari as unknown as Ari, clock, log: silentLog, owned: () => owned },
    lost: (ids) => lost.push(...ids),
  });
  const look = async (ms = REAP_MS): Promise<void> => {
    clock.advance(ms);
    for (let count = 0; count < 20; count += 1) await soon();
  };
  return { reaper, done, lost, look, state, events };
}

void t.test('orphan call or ear: settled at the second look, within 60 s', async (t) => {
  const { reaper, done, look } = reaping(
    [channel('caller'), channel(`vestibule-snoop-${CALL}-1`), channel('held')],
    new Map([['held', 'call-1']]),
  );
  reaper.start();
  await look();
  t.same(done, [], 'its event may be under way');
  await look();
  t.same(done.sort(), ['caller', `vestibule-snoop-${CALL}-1`]);
  t.ok(2 * REAP_MS <= 60_000);
  t.comment(`an orphan is gone after ${String(2 * REAP_MS)} ms at most`);
  await look();
  t.equal(done.length, 2, 'once');
  reaper.stop();
});

void t.test(
  'a visit whose caller is gone is closed, one whose caller comes late is not',
  async (t) => {
    const channels: ChannelData[] = [];
    const { reaper, lost, look } = reaping(
      channels,
      new Map([
        ['gone', 'call-1'],
        ['late', 'call-2'],
      ]),
    );
    reaper.start();
    await look();
    channels.push(channel('late'));
    await look();
    t.same(lost, ['gone']);
    reaper.stop();
  },
);

void t.test('an Asterisk that is away makes nobody an orphan', async (t) => {
  const { reaper, done, look, state } = reaping([channel('caller')], new Map());
  reaper.start();
  await look();
  state.up = false;
  await look();
  state.up = true;
  await look();
  t.same(done, [], 'the first look counts anew');
  await look();
  t.same(done, ['caller']);
  reaper.stop();
});

void t.test(
  'two whom an earlier life left talking: when one hangs up the other is let go',
  async (t) => {
    const [caller, person] = ['caller-1', `vestibule-colleague-${CALL}-1`];
    const channels = [channel(caller), channel(person), channel('caller-2')];
    const talk = { id: `vestibule-talk-${CALL}`, name: '', channels: [caller, person] };
    const { reaper, done, look, events } = reaping(channels, new Map([['caller-2', 'call-2']]), [
      talk,
    ]);
    reaper.start();
    await look(0);
    events.emit('stasis-end', { channelId: 'caller-2' });
    await look(1_000);
    t.same(done, [], 'they talk');
    channels.shift();
    talk.channels = [person];
    events.emit('stasis-end', { channelId: caller });
    await look(1_000);
    t.same(done, [person, talk.id], 'at once, and not at the second look');
    reaper.stop();
  },
);
