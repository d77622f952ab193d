import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { parse, stringify } from 'yaml';
import { systemClock } from '../../agent/clock.js';
import { edited } from '../../agent/config/edit.js';
import { pathsOf } from '../../agent/config/paths.js';
import { createHouse } from '../../agent/house.js';
import { createProfiles } from '../../agent/house/profiles.js';
import { silentLog } from '../../agent/log.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { lacking } from '../calls/office.js';
import { argumentsOf, guideBlock } from '../guide.js';
import { ownCopy } from '../own-copy.js';
import { temporaryHome } from '../records/store.js';
import { shownAnswers } from '../set-up-answers.js';

t.test('a kind of office of one’s own: docs/guide/adding-a-profile.md', (t) => {
  const home = temporaryHome(t);
  const env = { VESTIBULE_HOME: home };
  const paths = pathsOf(env);
  const profiles = createProfiles(paths);
  t.ok(profiles.list().some(({ name, language }) => name === 'clinic' && language === 'en'));
  const made = profiles.create('optician', 'clinic', 'en');
  const file = join(home, 'profiles', 'optician.en.yaml');
  const office = join(home, 'profiles', 'optician.en.office.yaml');
  t.strictSame(made, { intents: file, office, texts: 'en' });
  t.match(profiles.list().at(-1), { name: 'optician', language: 'en', own: true, office: true });
  const copied = readFileSync(file, 'utf8');
  t.match(copied, /^profile: optician$/mu);

  // All that the office of the clinic has, and nothing else, but for its name.
  const example = readFileSync(join(checkoutRoot, 'agent/config/example-office.yaml'), 'utf8');
  const { understanding, ...others } = parse(example) as { understanding: object };
  t.strictSame(parse(readFileSync(office, 'utf8')), {
    ...others,
    understanding: { ...understanding, profile: 'optician' },
  });
  copyFileSync(office, paths.configuration);
  const check = (): void => {
    createHouse(paths, env, systemClock(), silentLog).check();
  };
  check();
  t.pass('the office of that kind is in order');
  const [first = ''] = /^ {4}- .*$/mu.exec(copied) ?? [];
  writeFileSync(file, copied.replace(first, `${first}\n${first}`));
  t.throws(check, { code: 'UNDERSTANDING_EXAMPLES_DUPLICATE', message: /optician\.en\.yaml/u });

  t.throws(() => profiles.create('optician', 'clinic', 'en'), { code: 'SETUP_PROFILE_THERE' });
  t.throws(() => profiles.create('vet', 'nothing', 'en'), { code: 'SETUP_NO_PROFILE' });
  t.throws(() => profiles.create('../vet', 'clinic', 'en'), { code: 'SETUP_NO_PROFILE' });
  t.end();
});

const page = readFileSync(join(checkoutRoot, 'docs/guide/adding-a-profile.md'), 'utf8');
/** The block of YAML of the page that has `what` in it, without its indentation. */
const blockWith = (what: string): string => {
  const blocks = [...page.matchAll(/^ *```yaml\n([^]*?)^ *```$/gmu)].map(([, text = '']) =>
    text.replaceAll(/^ {3}/gmu, ''),
  );
  return blocks.find((text) => text.includes(what)) ?? '';
};

// In German words: its heads are trained in seconds, English ones in a minute.
t.test('it is set up, trained, understood, and asks what the page says', { skip: lacking }, (t) => {
  const copy = ownCopy(t);
  const told = copy.vestibule([
    'profile',
    'new',
    'optician',
    '--from',
    'clinic',
    '--language',
    'de',
  ]);
  t.match(told, /No example speaks de: the texts of the second are en\./u);
  const file = 'home/profiles/optician.de.yaml';
  const said = ['brille', 'lesebrille', 'sonnenbrille', 'fernbrille'].flatMap((glasses) => [
    `meine ${glasses} ist kaputt`,
    `an meiner ${glasses} ist der bügel abgebrochen`,
  ]);
  const example = blockWith('glasses.repair:\n    -');
  t.match(example, /^intents:\n {2}glasses\.repair:$/mu, 'the page shows an intent of one’s own');
  copy.write(
    file,
    `${copy.read(file).trimEnd()}\n  glasses.repair:\n${said.map((one) => `    - ${one}\n`).join('')}`,
  );
  const { dialogue } = parse(blockWith('forms:')) as { dialogue: { forms: object } };
  const office = 'home/profiles/optician.de.office.yaml';
  copy.write(office, edited(copy.read(office), { 'dialogue.forms': dialogue.forms }));
  const answers = { ...shownAnswers(), kind: 'optician.de' };
  copy.write('answers.yaml', stringify(answers));
  copy.vestibule(['setup', '--force', '--answers', join(copy.root, 'answers.yaml')]);
  t.match(parse(copy.read('home/vestibule.yaml')), {
    understanding: {
      ...{ profile: 'optician', language: 'de', office: { name: 'Elm Street Surgery' } },
      faq: [{ id: 'parking' }],
    },
    speech: { language: 'de' },
    dialogue: { forms: dialogue.forms, appointments: { visits: [{ id: 'check-up' }] } },
  });
  copy.write('home/tried.tsv', 'der bügel von meiner brille ist kaputt\tglasses.repair\n');
  const call = [
    ...[{ say: 'meine brille ist kaputt' }, { say: 'mein name ist anna schmidt' }],
    ...[{ dtmf: '03055512345#' }, { say: 'ja' }, { hangup: true }],
  ];
  const [check, train, test, converse] = guideBlock('adding-a-profile.md', 'intents train').map(
    (line) => argumentsOf(line.replace('tried.tsv', join(copy.home, 'tried.tsv'))),
  );
  t.match(copy.vestibule(check ?? []), /in order/u);
  t.match(copy.vestibule(train ?? []), /^trained: /u);
  t.match(copy.vestibule(test ?? []), /^100\.0 % of 1 right$/mu);
  const lines = call.map((one) => JSON.stringify(one)).join('\n');
  const held = copy.vestibule([...(converse ?? []), '--json'], lines);
  t.match(held, /"intent":"glasses\.repair"/u);
  t.match(held, 'What is broken about them?', 'its own question is asked');
  t.end();
});

/** What a caller of each kind of office says, and what is answered or asked; the clinic is called elsewhere. */
const CALLS: readonly (readonly [kind: string, says: string, answer: RegExp])[] = [
  ['dentist', 'I would like to book a cleaning', /Which day|when would/iu],
  ['law', 'How does my case stand?', /number of your case/u],
  ['trade', 'I want to complain about a job', /Which job is it about/u],
  ['restaurant', 'I would like to order some food to take away', /like to order/u],
];
/** Who they are and that it is right, before what is asked for their wish. */
const CALLER = [
  ...[{ say: 'My name is Mary Johnson' }, { dtmf: '02079460142#' }, { say: 'Yes' }],
  { hangup: true },
];
/** So many examples of each of these intents are learnt here: enough for these calls, and learnt in seconds. */
const FEW = 14;
const LEARNT = /^(?:oos|emergency|appointment|case|complaint|order|info\.hours|message)/u;

t.test('each kind that comes along answers a call of its trade', { skip: lacking }, (t) => {
  const copy = ownCopy(t);
  mkdirSync(join(copy.home, 'profiles'));
  for (const [kind, says, answer] of CALLS) {
    const office = `agent/config/example-office.${kind}.yaml`;
    copy.write('home/vestibule.yaml', readFileSync(join(checkoutRoot, office), 'utf8'));
    const whole = parse(copy.read(`models/intents/${kind}.en.yaml`)) as {
      intents: Record<string, readonly string[]>;
    };
    const intents = Object.fromEntries(
      Object.entries(whole.intents)
        .filter(([intent]) => LEARNT.test(intent))
        .map(([intent, texts]) => [intent, texts.slice(0, FEW)]),
    );
    copy.write(`home/profiles/${kind}.en.yaml`, stringify({ ...whole, intents }));
    copy.vestibule(['intents', 'train']);
    const lines = [{ say: says }, ...CALLER].map((line) => JSON.stringify(line)).join('\n');
    t.match(copy.vestibule(['converse', '--json'], lines), answer, `${kind}: ${says}`);
  }
  t.end();
});
