import t from 'tap';
import { silentLog } from '../../agent/log.js';
import type { Ari, BridgeData, ChannelData } from '../../agent/telephony/ari.js';
import { settleLeftovers } from '../../agent/telephony/reconcile.js';

const LIVE = '11111111-1111-4111-8111-111111111111';
const GONE = '22222222-2222-4222-8222-222222222222';

const channel = (id: string, app = 'Stasis', data = 'vestibule,incoming'): ChannelData => ({
  ...{ id, name: `PJSIP/${id}`, state: 'Up', caller: { name: '', number: '' } },
  dialplan: { context: 'c', exten: 's', app_name: app, app_data: data },
});
const bridge = (id: string): BridgeData => ({ id, name: id, channels: [] });

/** An Asterisk with these things in it; what it was asked to do. */
function asteriskWith(channels: readonly ChannelData[], bridges: readonly BridgeData[] = []) {
  const done: string[] = [];
  const refuse = new Set<string>();
  const act = (what: string, id: string): Promise<void> => {
    done.push(`${what} ${id}`);
    return refuse.has(id) ? Promise.reject(new Error('no such channel')) : Promise.resolve();
  };
  const fake = {
    address: { url: 'http://127.0.0.1:1', user: 'u', password: 'p', app: 'vestibule' },
    channels: () => Promise.resolve(channels),
    bridges: () => Promise.resolve(bridges),
    hangUp: (id: string) => act('end', id),
    destroyBridge: (id: string) => act('destroy', id),
    continueAt: (id: string, context: string, extension: string) =>
      act(`${context} ${extension}`, id),
  };
  return { ari: fake as unknown as Ari, done, refuse };
}

void t.test('the ears and bridges of live visits stay, ownerless ones end', async (t) => {
  const { ari, done } = asteriskWith(
    [
      channel('caller-1'),
      channel(`vestibule-snoop-${LIVE}-1`),
      channel(`vestibule-media-${LIVE}-2`),
      channel(`vestibule-snoop-${GONE}-1`),
      channel(`vestibule-media-${GONE}-1`),
      channel('other-snoop', 'Stasis', 'another,app'),
    ],
    [
      bridge(`vestibule-ear-${LIVE}-1`),
      bridge(`vestibule-ear-${GONE}-1`),
      bridge('somebody-elses'),
    ],
  );
  const alive = await settleLeftovers(ari, new Map([['caller-1', LIVE]]), silentLog);
  t.strictSame([...alive], ['caller-1']);
  t.strictSame(done, [
    `end vestibule-snoop-${GONE}-1`,
    `end vestibule-media-${GONE}-1`,
    `destroy vestibule-ear-${GONE}-1`,
  ]);
});

void t.test('who waits in our application without a visit goes to the fallback', async (t) => {
  const { ari, done } = asteriskWith([
    channel('waiting'),
    channel('owned'),
    channel('talking', 'Dial', 'PJSIP/201'),
    channel('elsewhere', 'Stasis', 'another,incoming'),
    channel('namesake', 'Stasis', 'vestibule2,incoming'),
    channel('bare', 'Stasis', 'vestibule'),
  ]);
  await settleLeftovers(ari, new Map([['owned', LIVE]]), silentLog);
  t.strictSame(done, ['vestibule-fallback s waiting', 'vestibule-fallback s bare']);
});

void t.test('a caller who hangs up meanwhile does not keep the others waiting', async (t) => {
  const { ari, done, refuse } = asteriskWith([channel('gone'), channel('waiting')]);
  refuse.add('gone');
  t.equal((await settleLeftovers(ari, new Map(), silentLog)).size, 0);
  t.strictSame(done, ['vestibule-fallback s gone', 'vestibule-fallback s waiting']);
});

void t.test('a visit whose caller is gone is not among the living', async (t) => {
  const { ari, done } = asteriskWith([channel(`vestibule-snoop-${LIVE}-1`)]);
  const alive = await settleLeftovers(ari, new Map([['caller-1', LIVE]]), silentLog);
  t.strictSame([...alive], []);
  t.strictSame(done, [], 'its ear is the visit to end');
});

void t.test('two who talk are left alone; whose other has gone is ended', async (t) => {
  const talk = (call: string, ...channels: string[]): BridgeData => ({
    ...bridge(`vestibule-talk-${call}`),
    channels,
  });
  const third = '33333333-3333-4333-8333-333333333333';
  const { ari, done } = asteriskWith(
    [
      ...[channel('caller-1'), channel(`vestibule-colleague-${GONE}-1`)],
      channel('caller-2'),
      channel(`vestibule-colleague-${LIVE}-1`),
    ],
    [talk(GONE, 'caller-1', `vestibule-colleague-${GONE}-1`), talk(third, 'caller-2')],
  );
  await settleLeftovers(ari, new Map([['caller-3', LIVE]]), silentLog);
  t.strictSame(done, ['end caller-2', `destroy vestibule-talk-${third}`]);
});
