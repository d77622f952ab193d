import t, { type Test } from 'tap';
import { systemClock } from '../../agent/clock.js';
import { Phone, type PhoneCall } from '../../agent/reception/rehearse/caller.js';
import { lacking } from '../calls/office.js';
import { FULL } from '../calls/faults-tools.js';
import { noKamailio } from '../telephony/pbx/kamailio.js';
import { noMachines, until } from './machines.js';
import { Dispatcher, DISPATCHER, Pair } from './pairs.js';

const skip = FULL ? lacking || noMachines || noKamailio : 'with --full alone: two whole offices';
const ANSWERED_WITHIN_MS = 20_000;

void t.test('two pairs behind Kamailio: one is killed, and calls go on', { skip }, async (t) => {
  const [one, two] = [new Pair(0), new Pair(1)];
  const dispatcher = new Dispatcher();
  const open: { close(): Promise<void> }[] = [];
  t.teardown(async () => {
    // Whatever one of them says, the others are closed too.
    await Promise.allSettled(open.reverse().map((part) => part.close()));
  });
  for (const pair of [one, two]) {
    open.push(pair);
    await pair.open();
  }
  open.push(dispatcher);
  await dispatcher.open([one, two]);

  let callers = 0;
  /** A caller from outside, who waits in silence once the call is answered. */
  const calls = async (t: Test): Promise<PhoneCall> => {
    const user = `55501${String((callers += 1)).padStart(2, '0')}`;
    const phone = new Phone({ clock: systemClock(), host: DISPATCHER, user });
    await phone.start();
    t.teardown(() => phone.stop());
    const server = { host: DISPATCHER, port: 5060 };
    const call = await phone.call(`sip:reception@${DISPATCHER}`, server);
    const answered = await call.untilAnswered(ANSWERED_WITHIN_MS);
    t.ok(answered, `a call is answered ${answered ? '' : dispatcher.said.slice(-2000)}`);
    return call;
  };
  const hold = (a: number, b: number) =>
    until(`${String(a)} and ${String(b)} calls are held`, () => one.held === a && two.held === b);

  await t.test('calls are shared out', async (t) => {
    await Promise.all([calls(t), calls(t)]);
    await hold(1, 1);
    await Promise.all([calls(t), calls(t)]);
    await hold(2, 2);
  });
  await hold(0, 0);

  await t.test(
    'a pair dies: its neighbour’s call goes on, and each new one is answered',
    async (t) => {
      const standing = await Promise.all([calls(t), calls(t)]);
      await hold(1, 1);
      await one.kill();
      // At once, before anybody has noticed.
      for (let count = 0; count < 3; count += 1) standing.push(await calls(t));
      await until('the neighbour has them all', () => two.held === 4);
      const heard = standing.filter(({ outcome }) => outcome === undefined);
      t.ok(heard.length >= 4, 'nobody of the neighbour was cut off');
    },
  );
  await until('all have hung up', () => two.held === 0);

  await t.test('it comes back, and gets its share again', async (t) => {
    await one.start();
    await until('it is asked, and called', async () => {
      const phone = new Phone({ clock: systemClock(), host: DISPATCHER, user: '5550199' });
      await phone.start();
      const server = { host: DISPATCHER, port: 5060 };
      const call = await phone.call(`sip:reception@${DISPATCHER}`, server);
      await call.untilAnswered(ANSWERED_WITHIN_MS);
      const held = one.held;
      await phone.stop();
      return held > 0;
    });
    t.pass('calls reach it again');
  });
});
