import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import t from 'tap';
import { silentLog } from '../../../agent/log.js';
import { trunksIn, TrunkWatch } from '../../../agent/telephony/trunks/watch.js';
import { FakeClock } from '../fake-clock.js';

const CONTACTS = 'pjsip show contacts';
const REGISTRATIONS = 'pjsip show registrations';

/** A watch over `trunks`, an Asterisk that answers by `says`, and what it was asked. */
function watched(
  folder: string,
  trunks: readonly { readonly id: string; readonly registers: boolean }[],
  says: (command: string) => Promise<string> | string,
) {
  const clock = new FakeClock();
  const asked: string[] = [];
  const file = join(folder, 'trunks.json');
  const watch = new TrunkWatch({
    ...{ trunks, file, clock, log: silentLog },
    ask: async (command) => {
      asked.push(command);
      return says(command);
    },
  });
  const look = async (ms = 5_000): Promise<readonly string[]> => {
    asked.length = 0;
    clock.advance(ms);
    for (let turn = 0; turn < 10; turn += 1) await setImmediate();
    return [...asked];
  };
  return { watch, look, noted: () => trunksIn(file)?.trunks };
}

t.test('only what can be known is asked, and one look ends before the next', async (t) => {
  let answer: (text: string) => void = () => undefined;
  const { watch, look, noted } = watched(
    t.testdir(),
    [{ id: 'carrier', registers: false }],
    () => new Promise((resolve) => (answer = resolve)),
  );
  await watch.start();
  t.strictSame(await look(0), [CONTACTS], 'no trunk registers');
  t.strictSame(await look(60_000), [], 'the first look is still under way');
  answer('  Contact:  trunk-carrier/sip:192.0.2.1:5060  0123456789 Avail  12.1\n');
  t.strictSame(await look(0), []);
  t.strictSame(noted(), [{ id: 'carrier', state: 'reachable' }]);
  t.strictSame(await look(), [CONTACTS]);
  const stopped = watch.stop();
  answer('');
  await stopped;
  t.strictSame(await look(60_000), [], 'nothing is asked after the end');
});

t.test('a trunk that comes back is registered anew at once', async (t) => {
  let contact = 'Unavail';
  const { watch, look } = watched(t.testdir(), [{ id: 'office', registers: true }], (command) => {
    if (command === CONTACTS) return `  Contact:  trunk-office/sip:192.0.2.1 0123 ${contact} 1\n`;
    return command === REGISTRATIONS
      ? '  trunk-office/sip:192.0.2.1  a  Registered (exp. 1s)\n'
      : '';
  });
  await watch.start();
  await look(0);
  t.ok(watch.allLost, 'its registration holds, but nobody is there');
  contact = 'Avail';
  t.strictSame(await look(), [CONTACTS, REGISTRATIONS, 'pjsip send register trunk-office']);
  t.strictSame(watch.standing, [{ id: 'office', state: 'unregistered' }]);
  t.strictSame(await look(), [CONTACTS, REGISTRATIONS]);
  t.strictSame(watch.standing, [{ id: 'office', state: 'registered' }]);
  await watch.stop();
});
