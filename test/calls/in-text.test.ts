import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { TextReport } from '../../agent/reception/converse-scenario.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { lackingEncoder } from './encoder.js';
import { exampleHome } from './example-home.js';

const program = join(checkoutRoot, 'build', 'agent', 'main.js');
const scenarios = join(checkoutRoot, 'test', 'calls', 'scenarios');
/** A Tuesday, 10:00: open. */
const NOW = '2026-11-24T10:00:00Z';

/** Runs the program and gives its lines of JSON. */
function vestibule(
  home: string,
  args: readonly string[],
  input = '',
): { readonly status: number | null; readonly lines: readonly unknown[]; readonly errors: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    input,
    encoding: 'utf8',
    env: { ...process.env, VESTIBULE_HOME: home, VESTIBULE_NOW: NOW },
  });
  const lines = stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as unknown);
  return { status, lines, errors: stderr };
}

t.test('calls in text', { skip: lackingEncoder }, (t) => {
  const home = exampleHome(t);
  t.equal(vestibule(home, ['intents', 'train']).status, 0);

  t.test('every scenario of the telephone, by the same expectations', (t) => {
    const files = readdirSync(scenarios).map((name) => join(scenarios, name));
    const { lines } = vestibule(home, ['converse', '--json', '--scenario', ...files]);
    const reports = lines as readonly TextReport[];
    t.equal(reports.length, files.length);
    const played = reports.filter(({ skipped }) => skipped === undefined);
    t.ok(played.length >= 40, `${String(played.length)} scenarios are played`);
    const right = played.filter(({ misses }) => misses.length === 0).length;
    t.comment(`${String(right)} of ${String(played.length)} right outcome and record`);
    for (const { scenario, misses } of played) t.strictSame(misses, [], scenario);
    t.end();
  });

  t.test('line by line: each line is answered, the last one is the record', (t) => {
    const said = [{ say: 'Are you open on Saturday?' }, { silence: 8 }, { dtmf: '0' }].map((line) =>
      JSON.stringify(line),
    );
    const { status, lines } = vestibule(home, ['converse', '--json'], said.join('\n'));
    t.equal(status, 0);
    t.match(lines, [
      { asks: 'greeting', says: /automated assistant/u },
      { does: 'consent', basis: 'announcement' },
      { asks: 'how_can_i_help' },
      { asks: 'anything_else', says: /Saturday we're closed/u },
      { asks: 'still_there' },
      { asks: 'transfer' },
      { does: 'transfer', target: 'reception', why: 'key-0' },
      {
        record: {
          outcome: 'transferred',
          messages: [],
          transcript: [{ party: 'agent' }, { party: 'agent' }, { party: 'caller' }],
        },
      },
    ]);
    t.end();
  });

  t.test(
    'the end of the input is a caller who hangs up; what is no input is refused by its line',
    (t) => {
      const short = vestibule(home, ['converse', '--json', '--caller', '+442079460199'], '\n');
      t.match(short.lines.at(-1), {
        record: { outcome: 'abandoned', ended_by: 'caller', caller: '+442079460199' },
      });
      const wrong = vestibule(home, ['converse', '--json'], '{"say":"Hello"}\n{"sya":"Hello"}\n');
      t.equal(wrong.status, 1);
      t.match(wrong.errors, /RECEPTION_BAD_INPUT.*line 2/u);
      t.end();
    },
  );
  t.end();
});
