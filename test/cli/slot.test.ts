import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { checkoutRoot } from '../../agent/wire/checkout.js';

const example = readFileSync(join(checkoutRoot, 'agent/config/example-office.yaml'), 'utf8');

t.test('slot: one JSON for the text, or for each line', (t) => {
  const home = join(t.testdir({ home: { 'vestibule.yaml': example } }), 'home');
  const slot = (args: readonly string[], input = '', place = home) =>
    spawnSync(process.execPath, [join(checkoutRoot, 'build/agent/main.js'), 'slot', ...args], {
      env: { ...process.env, VESTIBULE_HOME: place },
      encoding: 'utf8',
      input,
    });
  const json = (args: readonly string[], input = ''): unknown[] =>
    slot([...args, '--json'], input)
      .stdout.trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);

  t.strictSame(json(['person_name', 'my name is anna lee']), [
    { value: 'Anna Lee', confidence: 0.9, heard: 'anna lee' },
  ]);
  t.strictSame(json(['phone', 'none of your business']), [
    { value: null, confidence: 0, heard: '' },
  ]);
  t.match(json(['person_name'], 'Anna Lee\n\nyes\n'), [
    { value: 'Anna Lee' },
    { value: null },
    { value: null },
  ]);
  t.match(json(['date_time', 'tomorrow at three', '--now', '2026-11-24T10:00']), [
    { value: '2026-11-25T15:00' },
  ]);
  t.same(
    (json(['date_time', 'at four o clock', '--now', '2026-11-24T10:00']) as object[]).flatMap(
      Object.keys,
    ),
    ['value', 'confidence', 'heard'],
    'what only the dialogue makes use of is not told',
  );
  t.match(json(['dob', '5/3/82', '--country', 'US']), [{ value: '1982-05-03' }]);
  t.match(json(['dob', '5/3/82', '--country', 'gb']), [{ value: '1982-03-05' }]);
  t.match(json(['dob', '5/3/82', '--language', 'xx']), [{ value: null }]);
  t.match(slot(['email', 'john at example dot com']), { status: 0, stdout: /john@example\.com/u });
  t.match(slot(['email', 'none']), { status: 0, stdout: /nothing/u });
  t.match(slot(['email', 'john@example.com'], '', join(home, 'none')), {
    status: 0,
    stdout: /john@example\.com/u,
  });
  t.match(slot(['colour', 'red']), { status: 2 });
  t.match(slot(['phone', 'x', '--country', 'gbr']), { status: 2 });
  t.match(slot(['date_time', 'x', '--now', 'soon']), { status: 2 });
  t.end();
});
