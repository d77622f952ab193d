import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { systemClock } from '../../agent/clock.js';
import { pathsOf } from '../../agent/config/paths.js';
import { createHouse } from '../../agent/house.js';
import { createProfiles } from '../../agent/house/profiles.js';
import { silentLog } from '../../agent/log.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
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
