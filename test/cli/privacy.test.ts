import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { runProgram } from '../../agent/cli/program.js';
import { systemClock } from '../../agent/clock.js';
import { pathsOf } from '../../agent/config/paths.js';
import { createHouse } from '../../agent/house.js';
import { silentLog } from '../../agent/log.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { NORA, plant } from '../privacy/planted.js';
import { aDecision } from '../records/canary.js';
import { storeOf, temporaryHome } from '../records/store.js';

const example = readFileSync(join(checkoutRoot, 'agent/config/example-office.yaml'), 'utf8');

/** Runs a command line in this process; what it wrote is caught. */
async function vestibule(home: string, ...args: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const { stdout, stderr } = process;
  const real = [stdout.write.bind(stdout), stderr.write.bind(stderr)] as const;
  const into = (lines: string[]) => (text: unknown) => {
    lines.push(String(text));
    return true;
  };
  Object.assign(stdout, { write: into(out) });
  Object.assign(stderr, { write: into(err) });
  try {
    const env = { ...process.env, VESTIBULE_HOME: home };
    const house = () => createHouse(pathsOf(env), env, systemClock(), silentLog);
    const examine = () => Promise.reject(new Error('nobody is examined here'));
    const status = await runProgram(args, '0', house, examine, () => ({
      ...{ setUp: examine, surroundings: examine, tryCall: examine },
      fromCheckout: true,
      takeConfiguration: examine,
      refuseChanged: () => undefined,
      setUpDraft: { read: () => ({}), keep: () => undefined, drop: () => undefined },
      supportBundle: examine,
      profiles: {
        list: () => [],
        ownKinds: () => [],
        create: () => ({ intents: '', office: '', texts: 'en' }),
      },
      updater: {
        ...{ plan: examine, apply: examine, back: examine },
        migrateConfiguration: () => ({ from: 1, to: 1, steps: [] }),
      },
    }));
    return { status, stdout: out.join(''), stderr: err.join('') };
  } finally {
    Object.assign(stdout, { write: real[0] });
    Object.assign(stderr, { write: real[1] });
  }
}

await t.test('6 access, download, delete: end to end by commands', async (t) => {
  const home = temporaryHome(t);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  writeFileSync(join(home, 'vestibule.yaml'), example);
  const records = storeOf(home);
  await records.start();
  await plant(records, Date.now() - 5 * 86_400_000);
  const nothing = { actions: '[]', reason: 'ignored.taking' };
  await records.decisions.add({ ...aDecision('nora-1', 950, NORA.word), ...nothing });
  await records.stop();
  const run = (...args: readonly string[]) => vestibule(home, ...args);
  const whom = ['--number', '020 7946 0142'];

  const taken = await run('privacy', 'requests', 'take', '--kind', 'erasure', ...whom, '--json');
  t.strictSame(JSON.parse(taken.stdout), { request: 1 });
  t.match(await run('privacy', 'erase', ...whom, '--request', '1'), {
    status: 1,
    stderr: /PRIVACY_NO_IDENTITY.*request 1/u,
  });
  const made = await run('privacy', 'requests', 'code', '1', '--json');
  const { code, numbers } = JSON.parse(made.stdout) as { code: string; numbers: string[] };
  t.strictSame(numbers, [NORA.number]);
  t.match(await run('privacy', 'requests', 'verify', '1', code), { status: 0, stdout: /right/u });

  const archive = join(home, '..', 'nora.zip');
  const report = await run('privacy', 'report', ...whom, '--request', '1', '--to', archive);
  t.match(report, { status: 0, stdout: /2 calls, 7 files[^]*spoken of in call ida-1/u });
  t.equal(readFileSync(archive).subarray(0, 2).toString(), 'PK');

  await run('privacy', 'correct', 'nora-1', 'utterance:1', 'I need a cake');
  await run('privacy', 'correct', 'nora-1', 'message:1:phone', '020 7946 0177');
  const shown = (await run('calls', 'show', 'nora-1')).stdout;
  t.match(shown, /^ +1 .* caller .*\n +corrected by \S+: I need a cake$/mu);
  t.match(shown, /decided info\.hours/u);
  t.notMatch(shown, /decided ignored/u, 'what was no decision is none');
  t.match(
    (await run('messages', 'show', 'nora-1-1')).stdout,
    /^ +corrected +phone reads “020 7946 0177”/mu,
  );

  t.match(await run('privacy', 'erase', ...whom, '--dry-run'), {
    status: 0,
    stdout: /would be erased: 2 calls \(2 utterances, 1 messages, 1 recordings\), 1 contacts/u,
  });
  const receipt = join(home, '..', 'receipt.json');
  const erased = await run('privacy', 'erase', ...whom, '--request', '1', '--receipt', receipt);
  t.match(erased, { status: 0, stdout: /was erased: 2 calls[^]*kept: audit log[^]*receipt / });
  t.match(await run('privacy', 'verify-receipt', receipt), {
    status: 0,
    stdout: /signature is right/u,
  });
  const changed = join(home, '..', 'changed.json');
  writeFileSync(changed, readFileSync(receipt, 'utf8').replace('nora-1', 'nora-9'));
  const wrong = await run('privacy', 'verify-receipt', changed);
  t.match(wrong, { status: 1, stderr: /PRIVACY_SIGNATURE_WRONG/u });
  t.match(await run('privacy', 'replay'), { status: 0, stdout: /1 erasures.*: 0 keys, 0 files/u });
  t.match(await run('calls', 'show', 'nora-1'), { status: 1, stderr: /PRIVACY_NO_CALL/u });
  t.match(await run('privacy', 'requests', 'close', '1', '--outcome', 'erased'), { status: 0 });

  t.match(await run('audit', 'verify'), { status: 0, stdout: /whole: \d+ rows/u });
  t.match(await run('audit', 'list', '--limit', '50'), {
    stdout: /privacy\.erase {2}\S+ {2}\(request 1: call-back code\)/u,
  });
  writeFileSync(join(home, 'ledger', 'audit-heads.jsonl'), '{"row":99999,"link":"x"}\n');
  t.match(await run('audit', 'verify'), { status: 1, stdout: /head outside .* damaged/u });
});

await t.test('what needs no store, and who may not', async (t) => {
  const home = join(t.testdir({ home: { 'vestibule.yaml': example } }), 'home');
  const german = await vestibule(home, 'privacy', 'notice', '--language', 'de', '--spoken');
  t.match(german, { status: 0, stdout: /Anrufe werden aufgezeichnet/u });
  t.match(await vestibule(home, 'privacy', 'register'), {
    status: 0,
    stdout: /<h2>Processing<\/h2>/u,
  });
  t.match(await vestibule(home, 'privacy', 'retention', 'status'), {
    status: 1,
    stdout: /never run/u,
  });
  t.match(await vestibule(home, 'privacy', 'erase'), { status: 1, stderr: /PRIVACY_NO_/u });
  t.match(await vestibule(home, 'privacy', 'requests', 'code', 'x'), {
    status: 2,
    stderr: /whole number/u,
  });
  t.match(await vestibule(home, 'audit', 'verify', '--head', 'x'), {
    status: 2,
    stderr: /audit head/u,
  });
  const people = '  people: [{ user: nobody-here, role: privacy }]\n';
  writeFileSync(join(home, 'vestibule.yaml'), `${example}${people}`);
  t.match(await vestibule(home, 'audit', 'list'), { status: 1, stderr: /PRIVACY_NOT_ALLOWED/u });
});
