import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { lacking } from '../calls/office.js';
import { ownCopy } from '../own-copy.js';

// docs/guide/languages.md, followed in a copy of the program: a language that nothing knows, with German words.

const page = readFileSync(join(checkoutRoot, 'docs/guide/languages.md'), 'utf8');

t.test('the page names every file that has something for each language', (t) => {
  const agent = join(checkoutRoot, 'agent');
  const files = readdirSync(agent, { recursive: true, encoding: 'utf8' }).filter((file) => {
    if (!file.endsWith('.ts') || /^web\/|\/de\//u.test(file)) return false;
    const text = readFileSync(join(agent, file), 'utf8');
    // `de: …` in a table of languages, or the file of a language that such a table names.
    return /^ {2}de: |[{,] de: |\b(?:en, )?de, (?:en, )?ko\b|\['de', |\['en', 'de', /mu.test(text);
  });
  t.ok(files.length > 20, 'the tables are found');
  for (const file of files) {
    const [, name = file] = /([^/]+)$/u.exec(file) ?? [];
    t.ok(page.includes(`/${name}\``) || page.includes(`\`${name}\``), `agent/${file}`);
  }
  t.end();
});

t.test('a language is added: two files and a line', { skip: lacking }, (t) => {
  const copy = ownCopy(t);
  const prompts = 'build/agent/dialogue/prompts';
  t.throws(() => copy.vestibule(['converse', '--language', 'nl']), /UNDERSTANDING_HEAD_MISSING/u);

  const german = copy.read(`${prompts}/de.js`);
  copy.write(`${prompts}/nl.js`, german.replace('export const de =', 'export const nl ='));
  const line = "import { de } from './de.js';";
  copy.insert(`${prompts}/prompts.js`, line, "\nimport { nl } from './nl.js';");
  copy.insert(`${prompts}/prompts.js`, '{ de, en, ko', ', nl');
  const examples = copy.read('models/intents/clinic.de.yaml');
  copy.write('models/intents/clinic.nl.yaml', examples.replace(/^language: de$/mu, 'language: nl'));
  copy.vestibule(['intents', 'train', '--language', 'nl']);

  const said = copy.vestibule(
    ['converse', '--language', 'nl', '--json'],
    '{"say":"ich möchte einen termin vereinbaren"}\n{"hangup":true}\n',
  );
  t.match(said, /"asks":"greeting","says":"Guten Tag/u);
  const { record } = JSON.parse(said.trim().split('\n').at(-1) ?? '') as {
    record: { language: string; intent: string };
  };
  t.match(record, { language: 'nl', intent: 'appointment.book' });
  t.end();
});
