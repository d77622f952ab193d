import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { systemClock } from '../../agent/clock.js';
import { pathsOf } from '../../agent/config/paths.js';
import { StoreLock } from '../../agent/records/store-lock.js';
import { NORA } from '../privacy/planted.js';
import { daemonIn, officeHome, vestibule } from './house.js';

void t.test(
  'commands beside a daemon ask it, and answer as they do alone',
  { timeout: 240_000 },
  async (t) => {
    const home = officeHome(t);
    const house = await daemonIn(t, home);
    const { records } = house;
    const run = (...args: readonly string[]) => vestibule(home, ...args);
    const json = async (...args: readonly string[]): Promise<unknown> => {
      const { status, stdout, stderr } = await run(...args, '--json');
      t.equal(status, 0, `${args.join(' ')}: ${stderr}`);
      return JSON.parse(stdout);
    };

    // The same words, asked of the store by its own rooms.
    const { ReadingRoom } = await import('../../agent/privacy/reading-room.js');
    const room = new ReadingRoom(records, systemClock());
    const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
    t.strictSame(await json('calls', 'show', 'last'), plain(await room.showCall('ida-1', 't')));
    t.match(await json('search', NORA.word), [
      ...[{ id: 'ida-1' }, { id: 'nora-2' }, { id: 'nora-1' }],
    ]);

    const wav = join(home, '..', 'nora.wav');
    t.match(await json('calls', 'export', 'nora-1', wav), { call: 'nora-1', file: wav });
    const beside = join(home, '..', 'beside.wav');
    await room.exportRecording('nora-1', beside, 't');
    t.ok(readFileSync(wav).equals(readFileSync(beside)), 'the same bytes');
    t.equal(statSync(wav).mode & 0o777, 0o600);

    const archive = join(home, '..', 'nora.zip');
    const whom = ['--number', '020 7946 0142', '--identity', 'came in person'];
    t.match(await json('privacy', 'report', ...whom, '--to', archive), {
      ...{ file: archive, calls: 2, files: { length: 7 } },
      mentions: [{ call: 'ida-1' }, {}],
    });
    t.equal(readFileSync(archive).toString('latin1', 0, 2), 'PK');

    const receipt = join(home, '..', 'receipt.json');
    t.match(await json('privacy', 'erase', ...whom, '--receipt', receipt), {
      document: 'vestibule erasure receipt',
      calls: ['nora-1', 'nora-2'],
    });
    t.match(await json('privacy', 'verify-receipt', receipt), { valid: true });
    t.match(await run('calls', 'show', 'nora-1'), {
      status: 1,
      stderr: /^vestibule: PRIVACY_NO_CALL/u,
    });
    t.match(await run('calls', 'export', 'nora-1', join(home, '..', 'none.wav')), {
      ...{ status: 1, stderr: /PRIVACY_NO_RECORDING/u },
    });
    t.throws(() => statSync(join(home, '..', 'none.wav')), 'who is refused leaves no file');
    t.match(await json('privacy', 'import', archive), { calls: 0, erased: 2 });

    const ring = setInterval(() => {
      house.events.emit('call', { id: 'nora-9', what: 'began' });
      house.events.emit('call', { id: 'nora-9', what: 'ended' });
    }, 20);
    const watched = await run('calls', 'watch', '--json', '--first', '2');
    clearInterval(ring);
    t.equal(watched.status, 0, watched.stderr);
    const told = watched.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    t.match(told, [{ id: 'nora-9', at: /^\d{4}-/u }, { id: 'nora-9' }]);
    t.equal(told.length, 2);

    const log = join(home, '..', 'audit.jsonl');
    const { rows } = (await json('audit', 'export', log)) as { rows: number };
    t.equal(readFileSync(log, 'utf8').trimEnd().split('\n').length, rows + 1);

    const { password } = (await json('dashboard', '--first-account')) as { password: string };
    t.match(password, /\S{8}/u);
    t.match(await json('config', 'versions'), [{ number: 1 }]);
    const who = await records.reading.audit.list({ limit: 200, subject: undefined, by: undefined });
    t.ok(
      who.filter(({ who: name }) => name.startsWith('cli:')).length > 8,
      'each is audited as whoever ran it',
    );
  },
);

void t.test(
  'while the daemon has the store, no command opens it',
  { timeout: 120_000 },
  async (t) => {
    const home = officeHome(t);
    await daemonIn(t, home);
    const identity = join(home, '..', 'identity');
    t.match(await vestibule(home, 'backup', 'identity', identity), { status: 0 });
    t.match(await vestibule(home, 'restore', '/nowhere', '--identity', identity), {
      status: 1,
      stderr: new RegExp(
        `RECORDS_STORE_IN_USE.*Vestibule itself, process ${String(process.pid)}, has it open`,
        'u',
      ),
    });
    const words = await vestibule(home, 'keys', 'rotate');
    t.match(words, { status: 1, stderr: /RECORDS_STORE_IN_USE/u });
    t.match(await vestibule(home, 'doctor', '--offline', '--json'), {
      stdout: /"id":"privacy\.requests","title":"[^"]*","status":"ok"/u,
    });
  },
);

void t.test('a command that has the store is named to the next one', async (t) => {
  const home = officeHome(t);
  const { run } = pathsOf({ VESTIBULE_HOME: home });
  mkdirSync(run, { recursive: true, mode: 0o700 });
  const lock = new StoreLock(run, systemClock());
  t.equal(lock.tryTake('vestibule backup'), true);
  t.equal(lock.tryTake('vestibule backup'), true, 'this process has it already');
  const refused = vestibule(home, 'restore', '/nowhere', '--identity', '/nowhere');
  t.match(await refused, { status: 1, stderr: /vestibule backup, process \d+, has it open/u });
  lock.release();
  const waits = vestibule(home, 'calls', 'list', '--json');
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  lock.release();
  t.match(await waits, { status: 0, stdout: '[]\n' }, 'who waits is let in when it is free');
});
