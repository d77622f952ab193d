import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { checkConfiguration } from '../../agent/config/load.js';
import { parseExamples } from '../../agent/understanding/intents.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';

// What an office may get wrong in its profile is named at load with its path, before any call is held under it.

const place = join(checkoutRoot, 'agent', 'config', 'example-office.yaml');
const office = readFileSync(place, 'utf8');

const faultOf = (change: (text: string) => string): string => {
  const text = change(office);
  t.not(text, office, 'the example has what is broken here');
  try {
    checkConfiguration(text, place, {});
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

void t.test('a profile with faults', (t) => {
  t.match(
    faultOf((text) => text.replace(/^( +)answer: .*\n/mu, '')),
    /understanding\.faq.*answer/su,
    'a question without an approved answer',
  );
  t.match(
    faultOf((text) =>
      text.replace(/^( +)monday: .*$/mu, "$1monday: ['08:00-12:00', '11:00-17:00']"),
    ),
    /understanding\.hours\.monday.*overlap/su,
    'hours that overlap',
  );
  t.match(
    faultOf((text) =>
      text.replace(/(transferTargets:[\s\S]*?extension: )['"]?\d+['"]?/u, "$1'999'"),
    ),
    /dialogue\.transferTargets\.0\.extension: this extension is not among/u,
    'somebody who cannot be reached',
  );
  t.end();
});

void t.test('examples with faults', (t) => {
  const eight = (intent: string): string =>
    `  ${intent}:\n${Array.from({ length: 8 }, (_, nth) => `    - ${intent} number ${String(nth)}`).join('\n')}`;
  const head = 'profile: x\nlanguage: en\nintents:';
  t.throws(
    () => parseExamples(`${head}\n${eight('oos')}\n  a.b:\n    - only one`, 'x.yaml'),
    /x\.yaml.*intents\.a\.b has 1/su,
    'fewer than eight examples',
  );
  t.throws(
    () => parseExamples(`${head}\n${eight('oos')}\n${eight('a.b')}\n    - oos number 3`, 'x.yaml'),
    /x\.yaml.*intents\.a\.b\[8\].*repeats intents\.oos\[3\]/su,
    'the same example twice',
  );
  t.end();
});
