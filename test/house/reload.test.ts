import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { parse, stringify } from 'yaml';
import { systemClock } from '../../agent/clock.js';
import { pathsOf, type Paths } from '../../agent/config/paths.js';
import type { Configuration } from '../../agent/config/schema.js';
import { askForReload, Reloads } from '../../agent/house/reload.js';
import { silentLog } from '../../agent/log.js';
import { loadExamples } from '../../agent/understanding/intents.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';

const example = readFileSync(join(checkoutRoot, 'agent', 'config', 'example-office.yaml'), 'utf8');
type Office = Record<string, Record<string, unknown>>;

function changed(change: (office: Office) => void): string {
  const office = parse(example) as Office;
  change(office);
  return stringify(office);
}

/** A daemon's side of it, in a home of its own, whose configuration in force is `taken`'s last. */
function daemonIn(t: Test): {
  paths: Paths;
  taken: Configuration[];
  write: (text: string) => void;
} {
  const paths = pathsOf({ VESTIBULE_HOME: t.testdir() });
  mkdirSync(paths.run, { recursive: true });
  const taken: Configuration[] = [];
  const examples = join(paths.home, 'examples.yaml');
  writeFileSync(examples, intents({}));
  const reloads = new Reloads(paths, {}, silentLog, (fresh) => {
    loadExamples(examples);
    taken.push(fresh);
    return Promise.resolve();
  });
  const heard = (): void => void reloads.reload();
  process.on('SIGHUP', heard);
  t.teardown(() => process.off('SIGHUP', heard));
  return {
    paths,
    taken,
    write: (text) => {
      writeFileSync(paths.configuration, text);
    },
  };
}

const eight = (word: string): string[] =>
  Array.from({ length: 8 }, (_, at) => `${word} number ${String(at)}`);
const intents = (more: Readonly<Record<string, readonly string[]>>): string =>
  stringify({
    ...{ profile: 'clinic', language: 'en' },
    intents: { pay: eight('pay'), oos: eight('other'), ...more },
  });

void t.test('a valid configuration is taken, a bad one is named and changes nothing', async (t) => {
  const { paths, taken, write } = daemonIn(t);
  const ask = (): Promise<void> => askForReload(paths, process.pid, systemClock());
  write(changed((o) => (o.understanding!.office = { name: 'Another Clinic' })));
  await ask();
  t.equal(taken.at(-1)?.understanding.office.name, 'Another Clinic');

  const bad: readonly [path: string, line: RegExp, change: (office: Office) => void][] = [
    [
      'understanding.faq.0.answer',
      /- id: parking/u,
      (o) => delete (o.understanding!.faq as { answer?: string }[])[0]!.answer,
    ],
    [
      'dialogue.defaultTarget',
      /defaultTarget: nobody/u,
      (o) => (o.dialogue!.defaultTarget = 'nobody'),
    ],
    [
      'understanding.hours.monday',
      /monday:/u,
      (o) => (o.understanding!.hours = { monday: ['08:00-12:00', '11:00-17:00'] }),
    ],
  ];
  for (const [path, at, change] of bad) {
    const text = changed(change);
    write(text);
    const refused = await ask().then(
      () => t.fail(`${path} was taken`),
      (error: unknown) => error as Error,
    );
    t.match(refused, { code: 'CONFIG_REFUSED' });
    const message = refused instanceof Error ? refused.message : '';
    t.match(message, paths.configuration);
    const found = new RegExp(`${path.replaceAll('.', '\\.')}: [^;]*\\(line (\\d+)\\)`, 'u').exec(
      message,
    );
    t.match(text.split('\n')[Number(found?.[1]) - 1] ?? '', at, message);
    t.equal(taken.length, 1, 'the old one stays');
  }

  for (const [more, wanted] of [
    [{ ask: ['why', 'what'] }, /intents\.ask has 2 \(line \d+\)/u],
    [
      { ask: [...eight('ask'), 'pay number 3'] },
      /intents\.ask\[8\] \(line \d+\) repeats intents\.pay\[3\] \(line \d+\)/u,
    ],
  ] as const) {
    write(example);
    writeFileSync(join(paths.home, 'examples.yaml'), intents(more));
    await t.rejects(ask(), { code: 'CONFIG_REFUSED', message: wanted });
    t.equal(taken.length, 1);
  }
  writeFileSync(join(paths.home, 'examples.yaml'), intents({}));
  await ask();
  t.equal(taken.length, 2, 'and mended, it is taken');
});

void t.test('it is logged why a configuration was refused', async (t) => {
  const paths = pathsOf({ VESTIBULE_HOME: t.testdir() });
  mkdirSync(paths.run, { recursive: true });
  const lines: string[] = [];
  const log = { ...silentLog, part: () => ({ ...silentLog, error: keep, info: keep }) };
  function keep(text: string, details?: object): void {
    lines.push(`${text} ${JSON.stringify(details)}`);
  }
  const reloads = new Reloads(paths, {}, log, () => Promise.resolve());
  await reloads.reload();
  writeFileSync(paths.configuration, example);
  await reloads.reload();
  t.match(lines[0], /refused.*CONFIG_MISSING/u);
  t.match(lines[1], /taken/u);
});

void t.test('nobody there', async (t) => {
  const paths = pathsOf({ VESTIBULE_HOME: t.testdir() });
  await t.rejects(askForReload(paths, undefined, systemClock()), { code: 'CONFIG_NOT_RUNNING' });
});
