import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { Events } from '../../agent/events.js';
import { silentLog } from '../../agent/log.js';
import type { AriEvents, ChannelData } from '../../agent/telephony/ari.js';
import { partnerOf, Whisper, type WhisperAri } from '../../agent/telephony/whisper.js';

const CALL = '0b6c8b1e-7c0e-4a37-9d5c-1df9f3d1f2aa';
const channel = (id: string): ChannelData => ({
  ...{ id, name: id, state: 'Up', caller: { name: '', number: '' } },
  dialplan: { context: '', exten: '', app_name: '', app_data: '' },
});

/** An ARI that notes what it is asked; `fails` names what it refuses. */
function anAri(fails?: string) {
  const asked: string[] = [];
  const events = new Events<AriEvents>(silentLog);
  const note =
    (what: string) =>
    (...more: readonly unknown[]): Promise<void> => {
      asked.push([what, ...more].join(' ').replaceAll(/-[0-9a-f]{8}(?=[ ,]|$)/gu, '-N'));
      return what === fails ? Promise.reject(new Error('gone')) : Promise.resolve();
    };
  const ari: WhisperAri = {
    ...{ events, bridges: () => Promise.resolve([]), addToBridge: note('add') },
    ...{ createBridge: note('bridge'), destroyBridge: note('destroy'), hangUp: note('hang up') },
    ...{ overhear: note('overhear'), ringHere: note('ring'), watch: note('watch') },
  };
  return { ari, asked, events };
}

/** The id that Asterisk was given for the ringing telephone. */
async function rung(fails?: string) {
  const made = anAri(fails);
  let over = 0;
  const ids: string[] = [];
  const { ringHere } = made.ari;
  const ari = {
    ...made.ari,
    ringHere: (id: string, ...more: [string, number, string]) => {
      ids.push(id);
      return ringHere(id, ...more);
    },
  };
  const whisper = new Whisper(ari, CALL, silentLog, () => {
    over += 1;
  });
  await whisper.open('colleague', '203', 20).catch(() => undefined);
  const [staff = ''] = ids;
  return { ...made, whisper, staff, snoop: staff.replace('whisper', 'snoop'), overs: () => over };
}

void t.test('whoever takes the telephone up hears both and speaks to the colleague', async (t) => {
  const { asked, events, staff, snoop, overs } = await rung();
  t.strictSame(asked, ['watch colleague', `ring vestibule-whisper-${CALL}-N 203 20 whisper`]);
  events.emit('stasis-start', { channel: channel(staff), args: ['whisper'] });
  await sleep(1);
  t.equal(asked.at(-1), `overhear colleague vestibule-snoop-${CALL}-N`);
  events.emit('stasis-start', { channel: channel(snoop), args: ['ear'] });
  await sleep(1);
  t.equal(
    asked.at(-1),
    `add vestibule-ear-${CALL}-N vestibule-whisper-${CALL}-N,vestibule-snoop-${CALL}-N`,
  );
  events.emit('channel-gone', { channelId: 'somebody-else' });
  t.equal(overs(), 0);
  events.emit('channel-gone', { channelId: 'colleague' });
  await sleep(1);
  t.equal(overs(), 1, 'it ends with the colleague’s call');
  t.equal(asked.at(-1), `destroy vestibule-ear-${CALL}-N`);
  t.equal(events.size, 0, 'and listens to nothing any more');
});

void t.test(
  'a telephone that is not taken up, or a colleague who is gone, leaves nothing',
  async (t) => {
    const unanswered = await rung();
    unanswered.events.emit('channel-gone', { channelId: unanswered.staff });
    await sleep(1);
    t.equal(unanswered.overs(), 1);
    const refused = await rung('ring');
    t.equal(refused.overs(), 1);
    const late = await rung('overhear');
    late.events.emit('stasis-start', { channel: channel(late.staff), args: ['whisper'] });
    await sleep(1);
    t.equal(late.overs(), 1, 'whoever took it up is not left in silence');
    await late.whisper.close();
    t.equal(late.overs(), 1, 'once');
  },
);

void t.test('the partner is who shares a bridge with the caller, and no ear', async (t) => {
  const bridges = (list: readonly (readonly [string, readonly string[]])[]) => ({
    bridges: () => Promise.resolve(list.map(([id, channels]) => ({ id, name: id, channels }))),
  });
  const found = await partnerOf(
    bridges([
      [`vestibule-ear-${CALL}-1`, ['caller', 'x']],
      ['other', ['a', 'b']],
      ['talk', ['vestibule-snoop-1', 'caller', 'colleague']],
    ]),
    'caller',
  );
  t.equal(found, 'colleague');
  await t.rejects(partnerOf(bridges([['talk', ['caller']]]), 'caller'), {
    code: 'TELEPHONY_NOBODY_THERE',
  });
});
