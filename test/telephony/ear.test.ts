import t from 'tap';
import { Events } from '../../agent/events.js';
import { silentLog } from '../../agent/log.js';
import type { Ari, AriEvents } from '../../agent/telephony/ari.js';
import { Ear, earNames } from '../../agent/telephony/ear.js';
import { FakeClock } from './fake-clock.js';
import { mediaServer } from './media-server.js';

const CALL = '11111111-1111-4111-8111-111111111111-1';
const { snoop, media, bridge } = earNames(CALL);

/** An ear of `caller` in an Asterisk whose media socket is at `url`; what was ended there. */
function earAt(url: string, bridged: (events: Events<AriEvents>) => void = () => undefined) {
  const events = new Events<AriEvents>(silentLog);
  const ended: string[] = [];
  const end = (id: string): Promise<void> => {
    ended.push(id);
    return Promise.resolve();
  };
  const done = (): Promise<void> => Promise.resolve();
  const ari = {
    ...{ events, address: { url, app: 'vestibule' }, hangUp: end, destroyBridge: end },
    ...{ snoop: done, createBridge: done, startSilence: done },
    media: () => Promise.resolve('connection'),
    addToBridge: () => {
      bridged(events);
      return Promise.resolve();
    },
  };
  const ear = new Ear(ari as unknown as Ari, 'caller', CALL, silentLog, new FakeClock());
  const starts = (id: string): void => {
    events.emit('stasis-start', { channel: { id } as never, args: [] });
  };
  return { ear, events, ended, starts };
}

void t.test(
  'a caller who hangs up while the ear is made: opening ends, nothing is left',
  async (t) => {
    const { ear, events, ended, starts } = earAt('http://127.0.0.1:1');
    const opening = ear.open();
    starts(snoop);
    // The media channel never enters: the caller has gone.
    events.emit('stasis-end', { channelId: 'caller' });
    await t.rejects(opening, { code: 'TELEPHONY_EAR_LOST' }, 'and does not wait for ever');
    t.same(ended.sort(), [bridge, media, snoop].sort());
  },
);

void t.test('one who hangs up at the last moment of it is noticed, too', async (t) => {
  const { url } = await mediaServer(t);
  const { ear, ended, starts } = earAt(new URL(url).origin.replace('ws', 'http'), (events) => {
    events.emit('stasis-end', { channelId: 'caller' });
  });
  const opening = ear.open();
  starts(snoop);
  starts(media);
  await t.rejects(opening, { code: 'TELEPHONY_EAR_LOST' });
  t.same(ended.sort(), [bridge, media, snoop].sort());
});
