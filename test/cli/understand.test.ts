import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import t from 'tap';
import { parse, stringify } from 'yaml';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { withModels } from '../speech/worker-process.js';

const main = join(checkoutRoot, 'build/agent/main.js');
const example = readFileSync(join(checkoutRoot, 'agent/config/example-office.yaml'), 'utf8');

/** The clinic's intents with a few examples of each, learnt in seconds; few tell a booking from a change of one. */
function fewExamples(): string {
  const whole = parse(
    readFileSync(join(checkoutRoot, 'models/intents/clinic.en.yaml'), 'utf8'),
  ) as {
    intents: Record<string, readonly string[]>;
  };
  const few = Object.entries(whole.intents)
    .filter(([intent]) => !/^appointment\.(?!book)/u.test(intent))
    .map(([intent, texts]) => [intent, texts.slice(0, 12)]);
  return stringify({ ...whole, intents: Object.fromEntries(few) as unknown });
}

t.test('a head trained, tested and used through a pipe', withModels, async (t) => {
  const home = t.testdir({
    'vestibule.yaml': example,
    profiles: { 'clinic.en.yaml': fewExamples() },
  });
  mkdirSync(join(home, 'heads'));
  const env = { ...process.env, VESTIBULE_HOME: home };
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, [main, ...args], { env, encoding: 'utf8' });

  t.match(run('understand', 'hello'), { status: 1, stderr: /intents train/u }, 'no head yet');
  const trained = run('intents', 'train');
  t.equal(trained.status, 0, trained.stderr);
  t.match(trained.stdout, /^trained: \d+ intents, held-out accuracy [\d.]+ %, [\d.]+ s\n$/u);

  const rows = join(home, 'rows.tsv');
  writeFileSync(
    rows,
    'text\tintent\nare you open on saturday\tinfo.hours\ni would like to book an appointment\tcontrol.no\n',
  );
  const tested = run('intents', 'test', rows, '--json', '--at-least', '90');
  t.equal(tested.status, 1, 'half is less than ninety per cent');
  t.match(JSON.parse(tested.stdout), {
    examples: 2,
    accuracy: 0.5,
    confusions: [{ expected: 'control.no', found: 'appointment.book', count: 1 }],
  });
  t.match(run('intents', 'test', rows), { status: 0, stdout: /50\.0 % of 2 right/u });
  t.match(run('intents', 'test', join(home, 'none')), { status: 1, stderr: /UNREADABLE/u });
  t.match(run('intents', 'test', rows, '--at-least', 'all'), { status: 2 });
  t.match(run('understand', 'are you open on saturday'), {
    status: 0,
    stdout: /^info\.hours {2}\d+ %\n {2}or .*\n {2}day {2}saturday/u,
  });

  const child = spawn(
    process.execPath,
    [main, 'understand', '--json', '--now', '2026-11-24T10:00', '--country', 'us'],
    { env, stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (text: string): Promise<unknown> => {
    child.stdin.write(`${text}\n`);
    // Each answer comes before the next line is written: nothing waits for a full buffer.
    const { value } = (await lines.next()) as { value: string };
    return JSON.parse(value);
  };
  const first = await ask('this is anna lee can i book an appointment for friday at three');
  t.match(first, {
    intent: 'appointment.book',
    slots: {
      day: { value: 'friday' },
      person_name: { value: 'Anna Lee' },
      date_time: { value: '2026-11-27T15:00' },
    },
    emergency: false,
  });
  t.strictSame(Object.keys(first as object), [
    'intent',
    'score',
    'alternatives',
    'slots',
    'emergency',
  ]);
  t.match(await ask('my father has chest pain'), { intent: 'emergency', emergency: true });
  t.match(await ask(''), { intent: 'oos', slots: {} });
  child.stdin.end();
  t.equal(await ended, 0);
});
