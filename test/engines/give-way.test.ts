import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { getPriority } from 'node:os';
import { promisify } from 'node:util';
import t from 'tap';

const program = new URL('../../agent/engines/give-way.js', import.meta.url).href;

/** What a process that gives way as `worker` does finds its niceness and its session's to be. */
const script = (worker: string): string => `
  import { existsSync, readFileSync } from 'node:fs';
  import { getPriority } from 'node:os';
  import { giveWay } from ${JSON.stringify(program)};
  const group = () => existsSync('/proc/self/autogroup')
    ? Number(/nice (-?\\d+)/u.exec(readFileSync('/proc/self/autogroup', 'utf8'))?.[1]) : undefined;
  const before = group();
  giveWay(${JSON.stringify(worker)});
  process.stdout.write(JSON.stringify({ nice: getPriority(), before, after: group() }));`;

const args = (worker: string): string[] => ['--input-type=module', '-e', script(worker)];

interface Found {
  readonly nice: number;
  readonly before: number | undefined;
  readonly after: number | undefined;
}

async function detached(worker: string): Promise<Found> {
  const child = spawn(process.execPath, args(worker), { detached: true });
  let told = '';
  child.stdout.on('data', (piece) => {
    told += String(piece);
  });
  await once(child, 'close');
  return JSON.parse(told) as Found;
}

void t.test('recognition gives way to the voice, and that to all else', async (t) => {
  const ours = getPriority();
  const nice = (more: number): number => Math.min(19, ours + more);
  t.equal((await detached('vad')).nice, ours);
  t.equal((await detached('voice')).nice, nice(2));
  const found = await detached('recogniser');
  t.equal(found.nice, nice(5));
  if (!existsSync('/proc/self/autogroup')) return;
  t.equal(found.after, 5, 'as a session among sessions, too');
});

void t.test('the session of whoever started it keeps its share', async (t) => {
  const { stdout } = await promisify(execFile)(process.execPath, args('recogniser'));
  const found = JSON.parse(stdout) as Found;
  t.equal(found.after, found.before);
});
