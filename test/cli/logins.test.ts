import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import t, { type Test } from 'tap';
import { programOf, runProgram } from '../../agent/cli/program.js';
import type { House } from '../../agent/cli/house.js';
import { systemClock } from '../../agent/clock.js';
import { CommandLogins } from '../../agent/privacy/command-logins.js';
import { ReadingRoom } from '../../agent/privacy/reading-room.js';
import { wantsLogin } from '../../agent/privacy/rooms/method.js';
import { Counter, OwnRooms } from '../../agent/privacy/rooms/rooms.js';
import { METHODS, type AnyMethod } from '../../agent/privacy/rooms/table.js';
import type { Role } from '../../agent/privacy/roles.js';
import type { OpenRecords } from '../../agent/records/records.js';
import { anOffice, officeOver } from '../privacy/office.js';
import { plant } from '../privacy/planted.js';
import { codeOf } from '../web/house.js';

const PASSWORD = 'seven lanterns over Brienz';

/** What the commands ask for content, and with what. Files are made in the folder of the test. */
const BEHIND: Readonly<Record<string, string>> = {
  ...{ 'calls list': '', 'calls show': 'nora-1', 'calls reveal': 'nora-1 --why test' },
  ...{ 'calls export': 'nora-1 FOLDER/a.wav', explain: 'nora-1', replay: 'nora-1' },
  ...{ search: 'Zwiebelkuchen', 'messages list': '', 'messages show': 'nora-1-1' },
  ...{ 'messages done': 'nora-1-1', 'call-back': 'nora-1-1 --extension 201' },
  ...{ 'contacts list': '', 'contacts show': 'x', 'contacts merge': 'x y' },
  ...{ 'contacts keep-apart': 'nora-1-1', 'handling list': '', 'handling away': 'x --until 12:00' },
  ...{ 'handling set': '+442079460142 --do block', 'handling remove': '+442079460142' },
  ...{ 'handling test': '+442079460142', 'handling staff': '', 'handling back': 'x' },
  ...{ 'audit verify': '', 'audit list': '', 'audit head': '', 'audit export': 'FOLDER/a.jsonl' },
  'privacy erase': '--number +442079460142 --identity seen',
  'privacy replay': '',
  'privacy report': '--number +442079460142 --identity seen --to FOLDER/a.zip',
  'privacy import': 'FOLDER/file',
  'privacy correct': 'nora-1 utterance:1 words',
  'privacy restrict place': '--call nora-1 --why test',
  'privacy restrict lift': '1 --why test',
  'privacy restrict list': '',
  'privacy hold place': '--call nora-1 --why test',
  'privacy hold lift': '1 --why test',
  'privacy hold list': '',
  'privacy guardian agrees': 'nora-1 --who Ada --how seen',
  'privacy guardian refuses': 'nora-1 --who Ada --how seen',
  'privacy guardian list': '',
  'privacy object add': '+442079460142 --kind no-record',
  'privacy object remove': '+442079460142 --kind no-record',
  'privacy object list': '',
  'privacy requests list': '',
  'privacy requests take': '--kind access --number +442079460142',
  'privacy requests kind': '1 --kind access',
  'privacy requests code': '1',
  'privacy requests verify': '1 123456',
  'privacy requests vouch': '1 --how seen',
  'privacy requests extend': '1 --why test',
  'privacy requests close': '1 --outcome done',
  'privacy retention run': '',
  ...{ 'accounts list': '', 'accounts add': 'mallory', 'accounts password': 'anna' },
  ...{ 'accounts role': 'anna owner', 'accounts remove': 'anna' },
};

/** What needs none, because nothing that a caller said or did is shown or changed by it. */
const FREE: Readonly<Record<string, string>> = {
  ...{ login: 'the way in', logout: 'ends it', dashboard: 'an address; its own login' },
  ...{ setup: 'before there is anything', 'support-bundle': 'redacted; held by its own test' },
  ...{ 'profile list': 'kinds of office', 'profile new': 'kinds of office' },
  ...{ run: 'the daemon', reload: 'the configuration', drain: 'the daemon', live: 'ids of calls' },
  ...{ check: 'the configuration', 'config versions': 'the configuration' },
  ...{ 'config show': 'the configuration', 'config diff': 'the configuration' },
  ...{ 'config rollback': 'the configuration', 'asterisk render': 'Asterisk' },
  ...{ 'asterisk bans': 'addresses that are shut out', 'asterisk pardon': 'the same' },
  ...{ 'asterisk update': 'Asterisk', 'asterisk enable': 'Asterisk' },
  ...{ 'asterisk status': 'Asterisk', 'asterisk disable': 'Asterisk' },
  ...{ 'models list': 'models', 'models fetch': 'models', 'models verify': 'models' },
  ...{ 'intents train': 'written examples', 'intents test': 'a file of whoever runs it' },
  ...{ 'keys status': 'no secret', 'keys recover': 'by words that open all anyway' },
  ...{ 'privacy verify-receipt': 'a file of whoever holds it', 'privacy register': 'the schema' },
  ...{ 'privacy notice': 'the public notice', 'privacy retention status': 'times of a job' },
  ...{ 'privacy retention counts': 'counts', 'handling counts': 'counts' },
  ...{ converse: 'a made-up call', rehearse: 'a made-up call', 'self-test': 'its own call' },
  ...{ transcribe: 'a file of whoever runs it', talk: 'whoever sits at the desk' },
  ...{ 'prompts list': 'our own words', 'prompts record': 'our own words' },
  ...{ 'prompts play': 'our own words', 'prompts remove': 'our own words' },
  ...{ doctor: 'the machine', backup: 'sealed', 'backup identity': 'a new key' },
  ...{ 'backup drill': 'counts', restore: 'sealed before and after', slot: 'words given to it' },
  ...{ 'service install': 'a unit', 'service uninstall': 'a unit' },
  ...{ 'speech certificates': 'certificates', 'speech serve': 'workers' },
  ...{ understand: 'words given to it', update: 'the program' },
  ...{ completion: 'the shell', complete: 'the shell' },
};

/** Behind the login where the key lies in no file; asked before anything else is done. */
const KEYS = ['keys recovery', 'keys passphrase', 'keys rotate'];

const commandsOf = (command: Command, path: readonly string[] = []): readonly string[] => {
  const here = path.length > 0 && command.commands.length === 0 ? [path.join(' ')] : [];
  // `backup` and others are commands themselves beside those below them.
  const { _actionHandler: acts } = command as unknown as { _actionHandler: unknown };
  const own = here.length === 0 && path.length > 0 && Boolean(acts) ? [path.join(' ')] : here;
  return [...own, ...command.commands.flatMap((one) => commandsOf(one, [...path, one.name()]))];
};

const nothing = (): Promise<never> => Promise.reject(new Error('not asked for'));

/** A store with three calls, and the counter of a house whose root key lies in no file. */
async function sealedHouse(t: Test, demanded = true) {
  const { records, clock } = await anOffice(t);
  await plant(records, Date.now() - 9 * 86_400_000);
  const room = new ReadingRoom(records, systemClock());
  const logins = new CommandLogins({
    ...{ accounts: room.accounts, audit: records.reading.audit, demanded },
  });
  const counter = new Counter({
    ...{ records, room, logins, office: officeOver(records, clock) },
    configuration: {} as never,
    backup: () => ({}) as never,
  });
  const as = (token?: string) =>
    new OwnRooms(counter, { who: 'cli:root', role: 'owner', here: true, token });
  return { records, room, logins, counter, as };
}

/** An account that is wholly set up, and a code that its authenticator shows next. */
async function accountOf(room: ReadingRoom, name: string, role: Role) {
  const { account, password } = await room.accounts.add(name, role, 'test');
  await room.accounts.changePassword(account.id, password, PASSWORD);
  const { secret } = await room.accounts.offerTotp(account.id);
  await room.accounts.enrolTotp(account.id, secret, codeOf(secret, Date.now() - 30_000));
  return { account, code: () => codeOf(secret) };
}

const rowsOf = (records: OpenRecords) =>
  records.reading.audit.list({ limit: 200, subject: undefined, by: undefined });

void t.test('every command is free of content, or behind the login', async (t) => {
  const { records, as } = await sealedHouse(t);
  const program = programOf('0', nothing as never, nothing, nothing as never, () => undefined);
  const known = [...Object.keys(FREE), ...Object.keys(BEHIND), ...KEYS, 'calls watch'];
  t.same(
    [...commandsOf(program)].sort(),
    known.sort(),
    'a new command belongs in one of the lists',
  );

  const folder = t.testdir({ file: 'x' });
  const plan = { number: (raw: string) => ({ raw, e164: raw, standing: 'valid' }) };
  const house = new Proxy({} as House, {
    get: (_, name) => {
      if (name === 'rooms') return (use: (rooms: OwnRooms) => unknown) => use(as());
      if (name === 'facts') return { now: () => Date.now(), timeZone: 'UTC', country: 'gb' };
      if (name === 'handling')
        return { isDestination: () => true, staff: () => [{ id: 'x' }], plan, planFor: () => plan };
      if (name === 'language') return 'en';
      return nothing;
    },
  });
  for (const [command, more] of Object.entries(BEHIND)) {
    const argv = `${command} ${more}`.replaceAll('FOLDER', folder).trim().split(' ');
    const streams = [process.stderr, process.stdout].map((one) =>
      t.capture(one, 'write', () => true),
    );
    const code = await runProgram(argv, '0', () => house, nothing, nothing as never);
    // Before anything is told: the report of the test goes the same way.
    for (const { restore } of streams) restore();
    const [said, shown] = streams.map((one) =>
      one()
        .map(({ args }) => args[0])
        .join(''),
    );
    t.match(said, /PRIVACY_LOGIN_NEEDED/u, command);
    t.equal(code, 1, command);
    t.equal(shown, '', `${command} shows nothing`);
  }
  const refused = (await rowsOf(records)).filter(({ what }) => what.endsWith('.refused'));
  t.ok(refused.length >= Object.keys(BEHIND).length, 'each refusal is in the audit log');
  t.match(refused[0], { who: 'cli:root', why: 'no login' });
});

void t.test('what may be asked without a login is listed, and is nothing of a caller', (t) => {
  const free = Object.entries<AnyMethod>(METHODS).filter(([, method]) => !wantsLogin(method));
  t.same(free.map(([name]) => name).sort(), [
    ...['accounts.first', 'backup.run', 'backup.run-to', 'configuration.change'],
    ...['configuration.diff', 'configuration.noticed', 'configuration.now'],
    ...['configuration.preview', 'configuration.rollback', 'configuration.version'],
    ...['configuration.versions', 'handling.counts', 'keys.note', 'login.begin', 'login.end'],
    ...['receipts.verify', 'requests.pressing', 'retention.counts', 'retention.status'],
    'self-test.calls',
  ]);
  t.end();
});

void t.test('a login by password and authenticator opens what the role may, by name', async (t) => {
  const { records, room, as, counter } = await sealedHouse(t);
  const { code } = await accountOf(room, 'anna', 'reception');
  const wish = { name: 'anna', password: PASSWORD, hours: 8 };
  t.same(await as().ask('login.begin', wish), { state: 'code' });
  await t.rejects(as().ask('login.begin', { ...wish, code: '000000' }), {
    code: 'PRIVACY_LOGIN_REFUSED',
  });
  const login = await as().ask('login.begin', { ...wish, code: code() });
  if (login.state !== 'in') throw new Error('not logged in');
  t.ok(login.until > Date.now() + 7.9 * 3_600_000 && login.until < Date.now() + 8.1 * 3_600_000);
  const anna = as(login.token);
  t.match(await anna.ask('calls.show', { id: 'nora-1' }), { callerNumber: '+442079460142' });
  await t.rejects(
    anna.fetch('calls.recording', { id: 'nora-1' }, join(t.testdir(), 'a.wav')),
    { code: 'PRIVACY_NOT_ALLOWED', message: /reception has no right calls.listen/u },
    'the shell of root is no owner',
  );
  t.ok(
    (await rowsOf(records)).some(
      ({ who, what }) => who === 'cli:root:anna' && what === 'calls.show',
    ),
    'the audit log names the user and the account',
  );
  // What is watched goes by the same door.
  const root = { who: 'cli:root', role: 'owner' as const, here: true };
  await t.rejects(counter.admit('calls.watch', 'calls.list', root), {
    code: 'PRIVACY_LOGIN_NEEDED',
  });
  await counter.admit('calls.watch', 'calls.list', { ...root, token: login.token });

  await as().ask('login.end', { token: login.token });
  await t.rejects(anna.ask('calls.list', { limit: 1 }), { code: 'PRIVACY_NO_TOKEN' });
});

void t.test('a token has no more than its scopes, and ends with its account', async (t) => {
  const { room, as } = await sealedHouse(t);
  const { account } = await accountOf(room, 'petra', 'privacy');
  const { token } = await room.accounts.tokens.make(account, {
    ...{ name: 'report', scopes: ['calls.list'], days: 1 },
  });
  const petra = as(token);
  t.equal((await petra.ask('calls.list', { limit: 9 })).length, 3);
  const beyond: readonly (() => Promise<unknown>)[] = [
    () => petra.ask('calls.show', { id: 'nora-1' }),
    () => petra.ask('calls.reveal', { id: 'nora-1', why: 'test' }),
  ];
  for (const asked of beyond)
    await t.rejects(asked(), { code: 'PRIVACY_NOT_ALLOWED', message: /the token has no right/u });
  await room.accounts.reset('petra', 'test');
  await t.rejects(petra.ask('calls.list', { limit: 9 }), { code: 'PRIVACY_NO_TOKEN' });
});

void t.test('who has no authenticator, or a first password, does not come in', async (t) => {
  const { room, as } = await sealedHouse(t);
  const { account, password } = await room.accounts.add('bert', 'owner', 'test');
  const wish = { name: 'bert', password, hours: 1 };
  for (const code of [undefined, '123456'])
    await t.rejects(as().ask('login.begin', { ...wish, code }), {
      code: 'PRIVACY_LOGIN_UNFINISHED',
    });
  const { token } = await room.accounts.tokens.make(account, {
    ...{ name: 'early', scopes: ['calls.list'], days: 1 },
  });
  await t.rejects(as(token).ask('calls.list', { limit: 1 }), {
    ...{ code: 'PRIVACY_LOGIN_UNFINISHED', message: /password, second factor/u },
  });
  await t.rejects(as('vst_nonsense').ask('calls.list', { limit: 1 }), { code: 'PRIVACY_NO_TOKEN' });
});

void t.test('with the key in a file a shell that can read it needs none', async (t) => {
  const { as } = await sealedHouse(t, false);
  t.equal((await as().ask('calls.list', { limit: 9 })).length, 3);
});

void t.test('no new way to the key without a login', async (t) => {
  const { KeyRoom } = await import('../../agent/privacy/key-room.js');
  const { recordsSettings } = await import('../../agent/records/settings.js');
  const { as } = await sealedHouse(t);
  const home = join(t.testdir({ keys: {} }), 'home');
  const secret = join(home, '..', 'secret');
  writeFileSync(secret, 'correct horse battery staple\n', { mode: 0o600 });
  const keys = new KeyRoom({
    ...{ home, audit: nothing, admit: () => as().ask('keys.admit', {}) },
    settings: recordsSettings.parse({ keySource: 'passphrase', passphraseFile: secret }),
  });
  const ways: readonly (() => Promise<unknown>)[] = [
    () => keys.makeRecovery(),
    () => keys.setPassphrase('another passphrase of ours'),
    () => keys.rotate(),
  ];
  for (const made of ways) await t.rejects(made(), { code: 'PRIVACY_LOGIN_NEEDED' });
});
