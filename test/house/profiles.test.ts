import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { parse } from 'yaml';
import { systemClock } from '../../agent/clock.js';
import { edited } from '../../agent/config/edit.js';
import { pathsOf } from '../../agent/config/paths.js';
import { createHouse } from '../../agent/house.js';
import { createProfiles } from '../../agent/house/profiles.js';
import { silentLog } from '../../agent/log.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { lacking } from '../calls/office.js';
import { ownCopy } from '../own-copy.js';
import { temporaryHome } from '../records/store.js';

t.test('a kind of office of one’s own: docs/guide/adding-a-profile.md', (t) => {
  const home = temporaryHome(t);
  const env = { VESTIBULE_HOME: home };
  const paths = pathsOf(env);
  const profiles = createProfiles(paths);
  t.ok(profiles.list().some(({ name, language }) => name === 'clinic' && language === 'en'));
  const file = profiles.create('optician', 'clinic', 'en');
  t.equal(file, join(home, 'profiles', 'optician.en.yaml'));
  t.match(profiles.list().at(-1), { name: 'optician', language: 'en', own: true });
  const copied = readFileSync(file, 'utf8');
  t.match(copied, /^profile: optician$/mu);

  mkdirSync(home, { recursive: true });
  const example = readFileSync(join(checkoutRoot, 'agent/config/example-office.yaml'), 'utf8');
  writeFileSync(paths.configuration, example.replace('profile: clinic', 'profile: optician'));
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
t.test('it is trained, understood, and asks what the page says', { skip: lacking }, (t) => {
  const copy = ownCopy(t);
  copy.vestibule(['profile', 'new', 'optician', '--from', 'clinic', '--language', 'de']);
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
  const { understanding, dialogue } = parse(blockWith('profile: optician')) as {
    understanding: object;
    dialogue: { forms: object };
  };
  const office = copy.read('home/vestibule.yaml');
  copy.write(
    'home/vestibule.yaml',
    edited(office, {
      ...{ 'understanding.profile': 'optician', 'understanding.language': 'de' },
      'speech.language': 'de',
      'dialogue.forms': dialogue.forms,
    }),
  );
  t.strictSame(understanding, { profile: 'optician' });
  t.match(copy.vestibule(['check']), /in order/u);
  t.match(copy.vestibule(['intents', 'train']), /^trained: /u);
  copy.write('home/tried.tsv', 'der bügel von meiner brille ist kaputt\tglasses.repair\n');
  t.match(
    copy.vestibule(['intents', 'test', join(copy.home, 'tried.tsv')]),
    /^100\.0 % of 1 right$/mu,
  );
  const call = copy.vestibule(
    ['converse', '--json'],
    [
      ...[{ say: 'meine brille ist kaputt' }, { say: 'mein name ist anna schmidt' }],
      ...[{ dtmf: '03055512345#' }, { say: 'ja' }, { hangup: true }],
    ]
      .map((one) => JSON.stringify(one))
      .join('\n'),
  );
  t.match(call, /"intent":"glasses\.repair"/u);
  t.match(call, 'What is broken about them?', 'its own question is asked');
  t.end();
});
