import { createSocket } from 'node:dgram';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import type { Phone } from '../../../agent/reception/rehearse/caller.js';
import type { Ari } from '../../../agent/telephony/ari.js';
import { BootedPbx, lacking, until } from './booted.js';

const NUMBER = '0900123456';
/** A machine of its own: telephones of the office are elsewhere. */
const CARRIER = '127.0.0.2';

/**
 * Whom a telephone may name that wants to be paid for: a number, one of help, a channel by the trunk, one
 * straight to the carrier, and an extension of the dialplan.
 */
const namedBy = (carrier: number): readonly string[] => [
  ...[NUMBER, '112', `PJSIP%2F${NUMBER}%40trunk-carrier`, 'Local%2F112%40vestibule-internal'],
  `PJSIP%2F201%2Fsip:${NUMBER}%40${CARRIER}:${String(carrier)}`,
];

void t.test(
  'a telephone that forwards its calls sends none of ours anywhere',
  { skip: lacking, timeout: 120_000 },
  async (t) => {
    const carrier = createSocket('udp4');
    await new Promise<void>((resolve) => carrier.bind(0, CARRIER, resolve));
    t.teardown(() => carrier.close());
    const reached: string[] = [];
    carrier.on('message', (data) => {
      const [line = ''] = data.toString('latin1').split('\r\n');
      if (line.startsWith('INVITE')) reached.push(line);
    });
    const { port } = carrier.address();
    const pbx = await BootedPbx.boot(t, {
      fallbackRing: ['203'],
      ringSeconds: 5,
      emergency: { numbers: ['112'], trunk: `${CARRIER}:${String(port)}` },
      trunks: [{ id: 'carrier', host: CARRIER, port, outbound: true }],
    });
    const names = namedBy(port);
    const [thief, desk, stranger] = await Promise.all([
      pbx.phone('203'),
      pbx.phone('201'),
      pbx.phone('stranger'),
    ]);
    let forwarded = 0;
    const forwards = async (to: string): Promise<void> => {
      const call = await thief.nextCall(5_000);
      if (call === undefined) throw new Error('it does not ring');
      call.forward(`sip:${to}@127.0.0.1`);
      forwarded += 1;
      // Whatever Asterisk dials instead, it dials at once.
      await sleep(150);
    };
    const none = (how: string): void => {
      t.strictSame(reached.splice(0), [], how);
    };

    for (const to of names) {
      const call = await desk.call(pbx.uri('203'), pbx.server);
      await forwards(to);
      t.ok(await call.untilEnded(5_000));
      none(`called by a telephone of the office: ${to}`);
    }
    for (const to of names) {
      const call = await stranger.call(pbx.uri('reception'), pbx.server);
      await forwards(to);
      none(`rung by the fallback: ${to}`);
      await call.hangUp();
    }

    const ari = await pbx.connected();
    const gone: string[] = [];
    ari.events.listen('channel-gone', 'test', ({ channelId }) => gone.push(channelId));
    for (const [at, to] of names.entries()) {
      const id = `vestibule-colleague-${String(at)}`;
      await ari.ringHere(id, '203', 5, 'colleague');
      await forwards(to);
      await until(() => gone.includes(id), 'whoever asked is told that nobody comes');
      none(`asked whether they take a call: ${to}`);
    }
    for (const [at, to] of names.entries()) {
      await ari.ring(`vestibule-urgent-${String(at)}`, '203', 'vestibule-urgent', 5);
      await forwards(to);
      none(`told of an urgent message: ${to}`);
    }
    await handedOver(pbx, ari, stranger, async () => {
      for (const to of names) {
        await forwards(to);
        none(`handed a caller: ${to}`);
      }
    });
    t.comment(`${String(forwarded)} forwardings of a telephone: 0 followed`);
  },
);

/** Hands a caller to 203 again and again, as often as `forwards` sends them on; they come back each time. */
async function handedOver(
  pbx: BootedPbx,
  ari: Ari,
  stranger: Phone,
  forwards: () => Promise<void>,
): Promise<void> {
  const returned: (readonly string[])[] = [];
  ari.events.listen('stasis-start', 'test', ({ channel, args }) => {
    if (args[0] === 'returned') returned.push(args);
    void ari.continueAt(channel.id, 'vestibule-transfer', '203').catch(() => undefined);
  });
  const call = await stranger.call(pbx.uri('reception'), pbx.server);
  await forwards();
  await until(() => returned.length > 0, 'the caller comes back');
  await call.hangUp();
}
