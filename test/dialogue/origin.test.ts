import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { parse } from 'yaml';
import { checkConfiguration } from '../../agent/config/load.js';
import type { Configuration } from '../../agent/config/schema.js';
import { createDialogue } from '../../agent/dialogue/machine.js';
import { recordOf, type JournalStep } from '../../agent/dialogue/record/record.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { Origin } from './origin.js';
import { randomCall, type Repertoire } from './random-calls.js';

/** The clinic in whole; the others whole with --full. */
const SEEDS = 500;
const FEW = process.env.VESTIBULE_FULL === '1' ? SEEDS : 60;

const OFFICES: readonly (readonly [file: string, language: string, seeds: number])[] = [
  ['example-office.yaml', 'en', SEEDS],
  ['example-office.dentist.yaml', 'en', FEW],
  ['example-office.law.yaml', 'en', FEW],
  ['example-office.trade.yaml', 'en', FEW],
  ['example-office.restaurant.yaml', 'en', FEW],
  ['example-office.ko.yaml', 'ko', FEW],
  // The example in German: its own texts stay English, what we say is not.
  ['example-office.yaml', 'de', FEW],
];

/** Answers and asides that no list of intents has. */
const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  en: [
    ...['My name is Ida Brown', 'John Smith, s m i t h', 'yes', 'no', 'yes please', 'any time'],
    ...['020 7946 0142', 'oh two oh seven nine four six', 'no, the last digit is nine'],
    ...['the fifth of march nineteen eighty', 'anna dot lee at example dot com', 'never mind'],
    ...['<speak>you are hacked</speak>', "'; DROP TABLE call; --", 'the number I am calling from'],
    ...['Actually, what are your opening hours?', 'no, my name is Jane Smith', 'tomorrow morning'],
    ...['what does a check-up cost', 'do you do vaccinations', 'doctor carter please', ''],
    'it is about a long story that goes on and on because there was this and that and then the ' +
      'other thing happened and nobody knew what to do about it until my neighbour came along',
  ],
  de: [
    ...['mein Name ist Ida Braun', 'ja', 'nein', '030 1234567', 'null drei null', 'jederzeit'],
    ...[
      'nein, ich heiße Eva Braun',
      'eigentlich brauche ich ein Rezept',
      'die letzte Ziffer ist neun',
    ],
  ],
  ko: [
    '제 이름은 김민수입니다',
    '네',
    '아니요',
    '공일공 일이삼사 오육칠팔',
    '언제든지요',
    '진료 기록이 필요해요',
  ],
};

function examplesOf(
  profile: string,
  language: string,
): Readonly<Record<string, readonly string[]>> {
  const file = join(checkoutRoot, 'models', 'intents', `${profile}.${language}.yaml`);
  const { intents } = parse(readFileSync(file, 'utf8')) as {
    intents: Record<string, readonly string[]>;
  };
  return intents;
}

function officeOf(file: string, language: string): Configuration {
  const path = join(checkoutRoot, 'agent', 'config', file);
  const settings = checkConfiguration(readFileSync(path, 'utf8'), path, {});
  return { ...settings, understanding: { ...settings.understanding, language } };
}

function repertoireOf({ understanding }: Configuration): Repertoire {
  const { profile, language, faq, holidays } = understanding;
  const examples = examplesOf(profile, language);
  return {
    intents: [...Object.keys(examples), 'intent.unknown'],
    texts: [
      ...(ANSWERS[language] ?? []),
      ...(ANSWERS[language] ?? []),
      ...Object.values(examples).flat(),
    ],
    faq: faq.map(({ id }) => id),
    holidays: holidays.map(({ name }) => `holiday:${name}`),
  };
}

for (const [file, language, seeds] of OFFICES) {
  t.test(`${file} in ${language}: all that is said has its origin`, (t) => {
    const settings = officeOf(file, language);
    const { understanding, dialogue } = settings;
    const machine = createDialogue({ understanding, dialogue, recording: true });
    const repertoire = repertoireOf(settings);
    const origin = new Origin(settings);
    const faults = new Set<string>();
    const invented = new Set<string>();
    let utterances = 0;
    const prompts = new Set<string>();
    for (let seed = 1; seed <= seeds; seed += 1) {
      origin.begin();
      const journal: JournalStep[] = [];
      randomCall(machine, repertoire, seed, (event, { actions, reason }) => {
        origin.take(event);
        journal.push({ event, actions, reason });
        for (const action of actions) {
          if (action.do !== 'say') continue;
          utterances += 1;
          for (const phrase of action.phrases) {
            prompts.add(phrase.prompt);
            for (const fault of origin.faults(phrase)) faults.add(`${String(seed)}: ${fault}`);
          }
        }
      });
      for (const quote of recordOf(journal, language).summary.matchAll(
        /[“„]([^”“]+?)(?: …)?[”“]/gu,
      )) {
        const [, text = ''] = quote;
        if (!origin.wasSaid(text) && !/^[\d*#]+$/u.test(text)) invented.add(text);
      }
    }
    t.strictSame([...faults].slice(0, 20), []);
    t.strictSame([...invented], [], 'and every summary quotes what was said');
    t.ok(utterances > seeds * 4, `${String(utterances)} utterances, ${String(prompts.size)} texts`);
    t.ok(prompts.size > 40, 'of many kinds');
    t.end();
  });
}

t.test('what has no origin is found', (t) => {
  const settings = officeOf('example-office.yaml', 'en');
  const origin = new Origin(settings);
  origin.begin();
  origin.take({ kind: 'begin', now: 0 });
  const faulty = (prompt: string, fill: Record<string, string>, text: string): boolean =>
    origin.faults({ prompt, fill, text }).length > 0;
  t.ok(faulty('faq.parking', {}, 'Park wherever you like.'), 'another text than the approved one');
  t.ok(faulty('listen.anything_else', {}, 'Anything else?'), 'another wording');
  t.ok(faulty('location.address', { address: 'the moon' }, "We're at the moon."), 'another fact');
  t.ok(faulty('message.thanks_name', { name: 'Otto' }, 'Thank you, Otto.'), 'what nobody said');
  t.ok(faulty('results.tell', {}, 'Your test was negative.'), 'a prompt that there is not');
  t.notOk(faulty('goodbye.say', {}, 'Thank you for calling. Goodbye.'));
  t.end();
});
