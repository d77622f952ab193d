import { execFileSync, spawn } from 'node:child_process';
import type { Test } from 'tap';

const run = (...args: string[]): void => {
  execFileSync('ip', args, { stdio: 'pipe' });
};

/** A machine beside this one: a network namespace joined to ours by a cable of its own. */
export interface OtherMachine {
  /** Our address on the cable, and its. */
  readonly ours: string;
  readonly theirs: string;
  /** Runs a program there; resolves with what it printed. */
  run(command: string, args: readonly string[]): Promise<string>;
}

/** Needs root; undefined where no namespace can be made. */
export function otherMachine(t: Test): OtherMachine | undefined {
  const id = `vt${String(process.pid % 100_000)}`;
  const net = `10.${String(100 + (process.pid % 100))}.${String(process.pid % 250)}`;
  const [ours, theirs] = [`${net}.1`, `${net}.2`];
  try {
    run('netns', 'add', id);
  } catch {
    return undefined;
  }
  t.teardown(() => {
    run('netns', 'del', id);
  });
  run('link', 'add', `${id}a`, 'type', 'veth', 'peer', 'name', `${id}b`);
  run('link', 'set', `${id}b`, 'netns', id);
  run('addr', 'add', `${ours}/24`, 'dev', `${id}a`);
  run('link', 'set', `${id}a`, 'up');
  run('-n', id, 'addr', 'add', `${theirs}/24`, 'dev', `${id}b`);
  run('-n', id, 'link', 'set', `${id}b`, 'up');
  run('-n', id, 'link', 'set', 'lo', 'up');
  return {
    ...{ ours, theirs },
    run: (command, args) =>
      new Promise((resolve, reject) => {
        const child = spawn('ip', ['netns', 'exec', id, command, ...args], {
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        let said = '';
        let failed = '';
        child.stdout.on('data', (data: Buffer) => (said += data.toString('utf8')));
        child.stderr.on('data', (data: Buffer) => (failed += data.toString('utf8')));
        child.once('error', reject);
        child.once('close', (code) => {
          if (code === 0) resolve(said);
          else reject(new Error(`${command} ended with ${String(code)}: ${failed}`));
        });
      }),
  };
}
