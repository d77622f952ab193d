import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { parse, stringify } from 'yaml';
import { checkConfiguration } from '../agent/config/load.js';
import { configuration } from '../agent/config/schema.js';
import { checkoutRoot } from '../agent/wire/checkout.js';

// Settings that the guide shows are settings that there are.

type Tree = Readonly<Record<string, unknown>>;
const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const read = (file: string): string => readFileSync(join(checkoutRoot, file), 'utf8');
const office = parse(read('agent/config/example-office.yaml')) as Tree;
const files = [
  ...readdirSync(join(checkoutRoot, 'docs/guide')).map((name) => `docs/guide/${name}`),
  'docs/scale-out.md',
].filter((name) => name.endsWith('.md'));
/** Shows a setting that its reader adds. */
const NOT_YET = 'adding-a-channel.md';

/** `base` with the settings of `shown` in it; lists are replaced whole. */
const merged = (base: Tree, shown: Tree): Tree => ({
  ...base,
  ...Object.fromEntries(
    Object.entries(shown).map(([key, value]) => {
      const before = base[key];
      return [key, isTree(value) && isTree(before) ? merged(before, value) : (value ?? before)];
    }),
  ),
});

t.test('every setting that a page shows is known', (t) => {
  const known = new Set(Object.keys(configuration.shape));
  let seen = 0;
  for (const file of files) {
    for (const [, margin = '', text = ''] of read(file).matchAll(
      /^( *)```yaml *\n([^]*?)^ *```$/gmu,
    )) {
      const shown: unknown = parse(text.replaceAll(new RegExp(`^${margin}`, 'gmu'), ''));
      // Scenarios, examples of intents and answers of the set-up are no settings.
      if (!isTree(shown) || !Object.keys(shown).every((key) => known.has(key))) continue;
      if (file.endsWith(NOT_YET)) continue;
      seen += 1;
      let said = '';
      try {
        checkConfiguration(stringify(merged(office, shown)), 'vestibule.yaml', {});
      } catch (error) {
        // People and files of a fragment are elsewhere; a key that nobody knows is a fault of the page.
        said = String(error);
      }
      t.notMatch(said, /Unrecognized key|expected/u, `${file}: ${stringify(shown).slice(0, 60)}`);
    }
  }
  t.ok(seen > 40, 'settings are found');
  t.end();
});
