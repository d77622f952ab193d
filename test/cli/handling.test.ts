import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { keptNumber, timeOf } from '../../agent/cli/commands/handling-input.js';
import { callerNumber } from '../../agent/reception/handling-numbers.js';
import { e164 } from '../../agent/understanding/slots/phone-rules.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';

const example = readFileSync(join(checkoutRoot, 'agent/config/example-office.yaml'), 'utf8');
const ZONE = 'Europe/Berlin';
const NOW = Date.parse('2026-11-24T10:00:00+01:00');

t.test('times on the command line', (t) => {
  const at = (text: string, end = false): string =>
    new Date(timeOf(text, NOW, ZONE, end)).toISOString();
  t.equal(at('2h'), '2026-11-24T11:00:00.000Z');
  t.equal(at('3d'), '2026-11-27T09:00:00.000Z');
  t.equal(at('17:30'), '2026-11-24T16:30:00.000Z');
  t.equal(at('9:15'), '2026-11-25T08:15:00.000Z', 'past today');
  t.equal(at('2026-12-24'), '2026-12-23T23:00:00.000Z');
  t.equal(at('2026-12-24', true), '2026-12-24T23:00:00.000Z', 'as an end, that day included');
  t.equal(at('2026-12-24T09:00', true), '2026-12-24T08:00:00.000Z');
  // The clocks change on 29 March 2027: three days later it is the same time on the wall.
  t.equal(
    new Date(timeOf('3d', Date.parse('2027-03-27T10:00:00+01:00'), ZONE, true)).toISOString(),
    '2027-03-30T08:00:00.000Z',
  );
  for (const wrong of ['soon', '25:00', '2026-13-01', '']) t.throws(() => at(wrong), wrong);
  t.end();
});

t.test('numbers on the command line are kept as calls show them', (t) => {
  const british = (number: string): string | undefined => e164(number, 'gb');
  const kept = (text: string): string =>
    keptNumber(text, { number: (caller) => callerNumber(caller, british) });
  t.equal(kept('020 7946 0142'), '+442079460142');
  t.equal(kept('+44 20 7946 0142'), '+442079460142');
  t.equal(kept('205'), '205');
  t.equal(kept('+4420*'), '+4420*');
  t.equal(kept('withheld'), 'withheld');
  t.throws(() => kept('Ida'));
  t.end();
});

t.test(
  'what is set holds for the next call, and wrong usage is told',
  { timeout: 120_000 },
  (t) => {
    const home = join(t.testdir({ home: { 'vestibule.yaml': example } }), 'home');
    const handling = (...args: readonly string[]) =>
      spawnSync(
        process.execPath,
        [join(checkoutRoot, 'build/agent/main.js'), 'handling', ...args],
        {
          env: { ...process.env, VESTIBULE_HOME: home },
          encoding: 'utf8',
        },
      );
    const wrong = handling('set', '020 7946 0142', '--do', 'staff', '--target', 'nobody');
    t.match(wrong, { status: 2, stderr: /nobody is no transfer target/u });
    const late = handling('set', '020 7946 0142', '--do', 'block', '--until', '1730');
    t.match(late, { status: 2, stderr: /--until 1730-\d\d-\d\dT\S+ is past/u }, 'a year, no time');
    const set = ['set', '020 7946 0142', '--do', 'staff', '--target', 'carter', '--seconds', '9'];
    t.equal(handling(...set).status, 0);
    const tested = handling('test', '02079460142', '--json');
    t.match(JSON.parse(tested.stdout), { way: 'staff', staff: { target: 'carter', seconds: 9 } });
    t.end();
  },
);
