import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { parse } from 'yaml';
import { checkConfiguration } from '../../agent/config/load.js';
import { argumentsOf, guideBlock } from '../guide.js';
import { temporaryHome } from '../records/store.js';
import { ANEW, CTRL_C, ENTER, hasTerminals, Terminal } from './terminal.js';

const SKIP = hasTerminals ? {} : { skip: 'script of util-linux is not here' };
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];

await t.test('14 responsibilities: asked at a terminal, left, and asked again', SKIP, async (t) => {
  const home = temporaryHome(t);
  const configuration = join(home, 'vestibule.yaml');
  const draft = join(home, 'setup-draft.json');
  // As the quick start has it typed.
  const [line = ''] = guideBlock('quick-start.md', 'vestibule setup');
  const setUp = (...more: string[]): Terminal =>
    new Terminal(t, [...argumentsOf(line), ...more], { VESTIBULE_HOME: home, TZ: 'Europe/Rome' });

  const first = setUp();
  await first.answer('What kind of office', ENTER);
  await first.answer('Its name, as callers hear it', ENTER);
  await first.answer('this may not be empty', `Studio Verdi${ENTER}`);
  await first.answer('Its address, as callers hear it', CTRL_C);
  t.equal(await first.ended(), 1);
  t.match(first.rest, /SETUP_LEFT.*what was answered is offered/u);
  t.notOk(existsSync(configuration), 'nothing is written');
  t.equal(statSync(draft).mode & 0o077, 0, 'but for this user what was answered');

  const second = setUp();
  await second.answer('left before its end', '');
  await second.answer('What kind of office', ENTER);
  await second.answer('Its name, as callers hear it (Studio Verdi)', ENTER);
  await second.answer('Its address', `Via Roma 4${ENTER}`);
  await second.answer('How to find it', ENTER);
  await second.answer('What it offers', `check-ups, vaccinations${ENTER}`);
  await second.answer('Country, two letters (gb)', `Italy${ENTER}`);
  await second.answer('two letters, such as gb', `${ANEW}IT${ENTER}`);
  await second.answer('Time zone (Europe/Rome)', `Mars/Olympus${ENTER}`);
  await second.answer('a zone such as Europe/London', `${ANEW}Europe/Rome${ENTER}`);
  await second.answer('On which days', ENTER);
  await second.answer('Hours on monday', `17:00-09:00${ENTER}`);
  await second.answer('split it at midnight', `${ANEW}09:00-17:00${ENTER}`);
  for (const day of DAYS.slice(1)) await second.answer(`Hours on ${day} (09:00-17:00)`, ENTER);
  await second.answer('Holidays', `Christmas${ENTER}`);
  await second.answer('write a day as 2026-12-25', `${ANEW}2026-12-25 Natale${ENTER}`);
  await second.answer('emergency services (112)', ENTER);
  await second.answer('Who takes calls', `Front Desk${ENTER}`);
  await second.answer('Extension (201)', ENTER);
  await second.answer('Other names', ENTER);
  await second.answer('Somebody else?', `y${ENTER}`);
  await second.answer('Name', `Front desk${ENTER}`);
  await second.answer('Extension (202)', `201${ENTER}`);
  await second.answer('somebody else’s', `${ANEW}202${ENTER}`);
  await second.answer('Other names', `Doctor Verdi${ENTER}`);
  await second.answer('Somebody else?', ENTER);
  await second.answer('Where do calls come from', `\x1b[B`);
  await second.answer('telephones of our network', `\x1b[B`);
  await second.answer('our PBX', ENTER);
  await second.answer('Address of this machine', `${ANEW}192.0.2.10${ENTER}`);
  await second.answer('Networks that reach it', `${ANEW}192.0.2.0/24${ENTER}`);
  await second.answer('host name of the PBX', `192.0.2.1${ENTER}`);
  await second.answer('Our extension or account', `300${ENTER}`);
  await second.answer('The password of 300', `planted-word${ENTER}`);
  await second.answer('reaches us by', `300, +39061234${ENTER}`);
  await second.answer('go out over', ENTER);
  await second.answer('Are calls recorded', ENTER);
  await second.answer('another: say what it asks for', ENTER);
  await second.answer('Its code', ENTER);
  await second.answer('Where it stands', `Codice privacy, articolo 167${ENTER}`);
  await second.answer('ask at least', ENTER);
  await second.answer('How do callers consent', ENTER);
  await second.answer('Who answers for the data (controller) (Studio Verdi)', ENTER);
  await second.answer('Their postal address (Via Roma 4)', ENTER);
  await second.answer('about privacy', `privacy@verdi.example${ENTER}`);
  await second.answer('Supervisory authority', `Garante${ENTER}`);
  await second.answer('authority is reached', `garanteprivacy.it${ENTER}`);
  await second.answer('a machine answers', ENTER);
  await second.answer('cannot be finished', `y${ENTER}`);
  await second.answer('told of the recording', `y${ENTER}`);
  await second.answer('Who takes these duties on', `Anna Verdi, owner${ENTER}`);
  await second.answer('Show the recovery words', `n${ENTER}`);
  await second.answer('have it called once', `n${ENTER}`);
  t.equal(await second.ended(), 0, second.rest);
  t.match(second.rest, /vestibule keys recovery/u);
  t.notOk(existsSync(draft), 'what was kept meanwhile is gone');

  const text = readFileSync(configuration, 'utf8');
  t.match(checkConfiguration(text, configuration, {}), {
    understanding: {
      ...{ country: 'it', timeZone: 'Europe/Rome', holidays: [{ name: 'Natale' }] },
      hours: { monday: [{ from: 540, to: 1020 }], friday: [{ from: 540, to: 1020 }] },
    },
    dialogue: {
      consentMode: 'opt-in',
      transferTargets: [{ id: 'front-desk' }, { id: 'front-desk-2', extension: '202' }],
    },
    pbx: {
      country: 'de',
      sip: { bind: '192.0.2.10', localNetworks: ['192.0.2.0/24'] },
      trunks: [{ host: '192.0.2.1', user: '300', numbers: ['300', '+39061234'], outbound: true }],
    },
    privacy: { jurisdiction: 'IT', jurisdictions: { IT: { mode: 'opt-in' } } },
  });
  const password = join(home, 'trunk-password');
  t.equal(readFileSync(password, 'utf8'), 'planted-word\n');
  t.equal(statSync(password).mode & 0o077, 0);
  t.notMatch(`${text}${second.rest}`, 'planted-word', 'and it stands nowhere else');

  const shown = /--answers FILE:\s+(kind: [\s\S]*?)\r?\nNext:/u.exec(second.rest)?.[1] ?? '';
  const file = join(home, 'answers.yaml');
  writeFileSync(file, shown.replaceAll('\r', ''));
  t.match(parse(readFileSync(file, 'utf8')), { lines: { trunk: { passwordFile: password } } });
  const third = setUp('--answers', file, '--force');
  t.equal(await third.ended(), 0, third.rest);
  t.equal(readFileSync(configuration, 'utf8'), text, 'a file of the same answers makes the same');

  const fourth = setUp();
  t.equal(await fourth.ended(), 1, 'an office is not asked over before the first question');
  t.match(fourth.rest, /SETUP_CHANGED/u);
});
