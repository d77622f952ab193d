import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import t from 'tap';
import type { z } from 'zod';
import { configuration } from '../agent/config/schema.js';
import { checkoutRoot } from '../agent/wire/checkout.js';

const IGNORED = new Set(['node_modules', 'build', '.git', '.vestibule', '.tap', 'coverage']);

function markdownIn(folder: string): string[] {
  return readdirSync(join(checkoutRoot, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return IGNORED.has(entry.name) ? [] : markdownIn(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

const read = (file: string): string => readFileSync(join(checkoutRoot, file), 'utf8');
const documents = markdownIn('.');
/** What operators follow to the letter. */
const instructions = documents.filter(
  (file) => file === 'README.md' || file === 'CONTRIBUTING.md' || file.startsWith('docs/guide/'),
);

/** The anchor that a heading gets: lower case, no punctuation, hyphens for spaces. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/gu, '-');

const anchorsOf = (file: string): readonly string[] =>
  [...read(file).matchAll(/^#+\s+(.+)$/gmu)].map(([, heading = '']) => anchorOf(heading));

t.test('relative links lead to files and headings that exist', (t) => {
  let links = 0;
  for (const file of documents) {
    for (const [, target = ''] of read(file).matchAll(/\]\(([^)\s]+)\)/gu)) {
      if (/^[a-z]+:/u.test(target)) continue;
      links += 1;
      const [path = '', anchor] = target.split('#');
      const whole = path === '' ? file : join(dirname(file), path);
      t.ok(existsSync(resolve(checkoutRoot, whole)), `${file} links to ${target}`);
      if (anchor !== undefined) {
        t.ok(anchorsOf(whole).includes(anchor), `${file}: ${target} is a heading`);
      }
    }
  }
  t.ok(links > 15, 'the links are found');
  t.end();
});

t.test('the scripts and npm scripts that are named exist', (t) => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  let named = 0;
  for (const file of instructions) {
    const text = read(file);
    for (const [script] of text.matchAll(/\bscripts\/[\w-]+(?:\/[\w.-]+)*/gu)) {
      named += 1;
      t.ok(existsSync(join(checkoutRoot, script)), `${file}: ${script}`);
    }
    for (const [, script = ''] of text.matchAll(/\bnpm run ([\w:-]+)/gu)) {
      t.ok(scripts[script], `${file}: npm run ${script}`);
    }
    for (const [, script = '', option = ''] of text.matchAll(/\b(scripts\/[\w-]+) (--[\w-]+)/gu)) {
      if (script === 'scripts/vestibule') continue;
      const source = read(script);
      t.ok(source.includes(option), `${file}: ${script} ${option}`);
    }
  }
  t.ok(named > 20, 'the scripts are found');
  t.end();
});

const run = promisify(execFile);

/** The commands that `vestibule …` lists in its help. */
async function commandsOf(...path: string[]): Promise<readonly string[]> {
  const { stdout } = await run(process.execPath, [
    join(checkoutRoot, 'build', 'agent', 'main.js'),
    ...[...path, '--help'],
  ]);
  const [, list = ''] = stdout.split(/^Commands:$/mu);
  return [...list.matchAll(/^ {2}([a-z][a-z-]*)/gmu)].map(([, name = '']) => name);
}

t.test('the commands that are named exist', async (t) => {
  const top = await commandsOf();
  t.ok(top.includes('calls'), 'the commands are found');
  const below = new Map<string, readonly string[]>();
  let named = 0;
  for (const file of instructions) {
    for (const [whole, name = '', sub] of read(file).matchAll(
      /\bvestibule ([a-z][a-z-]*)(?: ([a-z][a-z-]*))?/gu,
    )) {
      named += 1;
      t.ok(top.includes(name), `${file}: ${whole}`);
      if (!below.has(name)) below.set(name, await commandsOf(name));
      const subs = below.get(name) ?? [];
      if (subs.length > 0 && sub !== undefined) t.ok(subs.includes(sub), `${file}: ${whole}`);
    }
  }
  t.ok(named > 8, 'commands are named');
});

type Settings = Map<string, unknown>;

/** Every setting below `schema` by its path, with its default where there is one. */
function settingsOf(schema: z.core.$ZodType, path: string): Settings {
  const def = schema._zod.def as z.core.$ZodTypeDef & {
    readonly innerType?: z.core.$ZodType;
    readonly in?: z.core.$ZodType;
    readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
    readonly element?: z.core.$ZodType;
    readonly defaultValue?: unknown;
  };
  const below = (one: z.core.$ZodType | undefined, at: string): Settings =>
    one === undefined ? new Map<string, unknown>() : settingsOf(one, at);
  switch (def.type) {
    case 'object':
      return new Map(
        Object.entries(def.shape ?? {}).flatMap(([key, value]) => [
          ...settingsOf(value, path === '' ? key : `${path}.${key}`),
        ]),
      );
    case 'array': {
      const inner = below(def.element, `${path}[]`);
      inner.delete(`${path}[]`);
      return new Map([[path, undefined], ...inner]);
    }
    case 'default':
      return below(def.innerType, path).set(path, def.defaultValue);
    case 'optional':
    case 'prefault':
      return below(def.innerType, path);
    case 'pipe':
      return below(def.in, path);
    default:
      return new Map([[path, undefined]]);
  }
}

t.test('configuration.md names every setting, with its default, and no other', (t) => {
  const rows = new Map(
    [
      ...read('docs/guide/configuration.md').matchAll(/^\| `([a-z][^`]*)`\s*\| ([^|]*?)\s*\|/gmu),
    ].map(([, setting = '', value = '']) => [setting, value]),
  );
  const settings = settingsOf(configuration, '');
  t.ok(settings.size > 40, 'the settings are found');
  for (const [setting, value] of settings) {
    t.ok(rows.has(setting), `${setting} is documented`);
    if (typeof value === 'number' || (typeof value === 'string' && value !== '')) {
      t.equal(rows.get(setting), `\`${String(value)}\``, `the default of ${setting}`);
    }
  }
  for (const setting of rows.keys()) t.ok(settings.has(setting), `${setting} exists`);
  t.end();
});

t.test('what a machine carries is told as it was measured', (t) => {
  const load = read('docs/benchmarks/load.md');
  const gaps = [10, 20, 25].map((calls) => {
    const row = new RegExp(
      `^\\| ${String(calls)} \\| \\d+ \\| \\*\\*\\d+\\*\\* \\| \\*\\*(\\d+)\\*\\*`,
      'mu',
    ).exec(load);
    return Number(row?.[1]) / 1000;
  });
  const told = /^\| 2 .*within ([\d.]+) s\).* takes ([\d.]+) s, with 25 ([\d.]+) s/mu.exec(
    read('docs/guide/sizing.md'),
  );
  t.strictSame(told?.slice(1).map(Number), gaps, '95 of 100 at 10, 20 and 25 calls');
  t.end();
});
