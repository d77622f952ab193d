import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { intentFaults, checkIntents } from '../../agent/config/intent-names.js';
import { checkConfiguration } from '../../agent/config/load.js';
import { pathsOf } from '../../agent/config/paths.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';

const place = join(checkoutRoot, 'agent', 'config', 'example-office.dentist.yaml');
const office = readFileSync(place, 'utf8');
const paths = pathsOf({ VESTIBULE_HOME: t.testdir() });
const faultsOf = (text: string): readonly string[] =>
  intentFaults(checkConfiguration(text, place, {}), paths).map(
    ({ path, message }) => `${path}: ${message}`,
  );

void t.test('a wish that cannot wait is one that the profile knows', (t) => {
  t.same(faultsOf(office), [], 'the example is in order');
  const mistyped = office.replaceAll('tooth.knocked_out', 'tooth.knockedout');
  t.same(faultsOf(mistyped), [
    'dialogue.urgentIntents.0: the profile has no such intent',
    'understanding.faq.0.intents.0: the profile has no such intent',
  ]);
  t.throws(
    () => {
      checkIntents(checkConfiguration(mistyped, place, {}), paths);
    },
    { code: 'CONFIG_INVALID', message: /dialogue\.urgentIntents\.0/u },
  );
  t.same(
    faultsOf(mistyped.replace('profile: dentist', 'profile: nobody-has-this')),
    [],
    'a profile that is not there is named elsewhere',
  );
  t.end();
});
