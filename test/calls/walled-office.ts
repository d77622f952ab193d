// One office behind a wall, from its start to its end: walled-office.js FOLDER. Prints one line of JSON.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { asteriskCall, asteriskTree } from '../../agent/telephony/pbx/program.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { Office } from './office.js';
import { Wall } from './walled.js';

/** A Tuesday, 10:00: open. */
const NOW = '2026-11-24T10:00:00Z';
const HOOK = 'https://198.51.100.7/hook';
const STRANGER = '203.0.113.9';
const run = promisify(execFile);

/** What one office behind a wall did. */
export interface Walled {
  /** Where packets went: before anything was to be told, at the end, and after a packet to STRANGER. */
  readonly places: Readonly<Record<'before' | 'after' | 'control', readonly string[]>>;
  readonly stranger: string;
  readonly hook: string;
  /** Statuses of the dashboard's answers, by path. */
  readonly answers: Readonly<Record<string, number>>;
  /** What each command of the CLI ended with. */
  readonly jobs: Readonly<Record<string, number>>;
  /** Asterisk's own records of calls that came in, in milliseconds, by their number. */
  readonly counted: Readonly<
    Record<string, { readonly wholeMs: number; readonly spokenMs: number }>
  >;
  /** Ours, of the same. */
  readonly stored: Walled['counted'];
  /** Digests of what understands callers, by file. */
  readonly heads: Readonly<Record<'before' | 'after', Readonly<Record<string, string>>>>;
  readonly outcome: string | undefined;
}

const [, , folder = ''] = process.argv;

/** Asterisk's own bookkeeping, which an installation never has: it would write numbers in the open. */
async function keepBooks(home: string): Promise<() => Walled['counted']> {
  const etc = join(home, 'asterisk', 'etc');
  mkdirSync(join(home, 'asterisk', 'log', 'cdr-csv'), { recursive: true });
  writeFileSync(join(etc, 'cdr.conf'), '[general]\nenable = yes\n[csv]\nloguniqueid = yes\n');
  const tree = asteriskTree(join(checkoutRoot, '.vestibule', 'asterisk', 'current'));
  for (const order of ['module reload cdr', 'module load cdr_csv.so']) {
    const own = ['-C', join(etc, 'asterisk.conf'), '-rx', order];
    const { command, args, env } = asteriskCall(tree, own);
    await run(command, [...args], { env: { ...process.env, ...env } });
  }
  return () => {
    const books = readFileSync(join(home, 'asterisk', 'log', 'cdr-csv', 'Master.csv'), 'utf8');
    const counted: Record<string, { wholeMs: number; spokenMs: number }> = {};
    for (const line of books.split('\n').filter(Boolean)) {
      const [, from = '', , , , channel = '', , , , , , , whole, spoken] = line
        .split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/u)
        .map((cell) => cell.replaceAll('"', ''));
      if (!channel.startsWith('PJSIP/')) continue;
      const before = counted[from] ?? { wholeMs: 0, spokenMs: 0 };
      counted[from] = {
        wholeMs: before.wholeMs + Number(whole) * 1000,
        spokenMs: before.spokenMs + Number(spoken) * 1000,
      };
    }
    return counted;
  };
}

function digests(home: string): Readonly<Record<string, string>> {
  const inUse = join(home, 'run', 'heads');
  return Object.fromEntries(
    readdirSync(inUse).map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(inUse, name)))
        .digest('hex'),
    ]),
  );
}

const statusOf = (url: string): Promise<number> =>
  new Promise((resolve, reject) => {
    get(url, { rejectUnauthorized: false }, (answer) => {
      answer.resume();
      answer.once('end', () => {
        resolve(answer.statusCode ?? 0);
      });
    }).once('error', reject);
  });

async function job(home: string, args: string): Promise<number> {
  const program = join(checkoutRoot, 'build', 'agent', 'main.js');
  const env = { ...process.env, VESTIBULE_HOME: home, VESTIBULE_NOW: NOW };
  try {
    await run(process.execPath, [program, ...args.split(' ')], { env });
    return 0;
  } catch (error) {
    return (error as { code?: number }).code ?? -1;
  }
}

async function untilThere(wall: Wall, place: string): Promise<readonly string[]> {
  for (let tries = 0; tries < 40; tries += 1) {
    if ((await wall.places()).includes(place)) break;
    await sleep(200);
  }
  return wall.places();
}

const wall = await Wall.build(folder);
const secretFile = join(folder, 'secret');
writeFileSync(secretFile, 's'.repeat(40), { mode: 0o600 });
const webhooks = [{ url: HOOK, secretFile }];
const office = await Office.open(
  { VESTIBULE_NOW: NOW },
  undefined,
  {},
  {},
  { notify: { webhooks } },
);
try {
  const { home } = office;
  const books = await keepBooks(home);
  const heads = { before: digests(home), after: {} };
  await office.call('hang-up-2-greeting');
  const answers: Record<string, number> = {};
  for (const path of ['/', '/live', '/ready', '/metrics', '/openapi.json', '/api/session'])
    answers[path] = await statusOf(`${office.dashboard}${path}`);
  const jobs: Record<string, number> = {};
  for (const line of ['privacy retention run', 'audit verify', 'calls list', 'privacy register'])
    jobs[line] = await job(home, line);
  const before = await wall.places();
  await office.call('message-abandoned');
  const { outcome } = await office.closedCall();
  const after = await untilThere(wall, '198.51.100.7');
  heads.after = digests(home);
  await office.untilEmpty();

  const socket = createSocket('udp4');
  await new Promise((resolve) => {
    socket.send('x', 9, STRANGER, resolve);
  });
  socket.close();
  const control = await untilThere(wall, STRANGER);
  const calls = await office.stored();
  const stored = Object.fromEntries(
    calls.map(({ callerNumber, startedAt, answeredAt, endedAt }) => [
      callerNumber ?? '',
      {
        wholeMs: (endedAt ?? 0) - startedAt,
        spokenMs: answeredAt === undefined ? 0 : (endedAt ?? 0) - answeredAt,
      },
    ]),
  );
  const done: Walled = {
    ...{ places: { before, after, control }, stranger: STRANGER, hook: '198.51.100.7' },
    ...{ answers, jobs, counted: books(), stored, heads, outcome },
  };
  process.stdout.write(`${JSON.stringify(done)}\n`);
} finally {
  await office.close();
  wall.close();
}
