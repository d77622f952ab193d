import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Test } from 'tap';
import type { Listens, Plan, ProcessKind } from '../../agent/supervisor/plan.js';
import { startTimeOf } from '../../agent/supervisor/pid-file.js';

const MAIN = fileURLToPath(new URL('../../agent/supervisor/main.js', import.meta.url));
const PROGRAM = fileURLToPath(new URL('./child-program.js', import.meta.url));
const LOOK_MS = 20;

/** Resolves once `fits` holds; a test that waits in vain ends by tap's own limit. */
export async function until(fits: () => boolean): Promise<void> {
  while (!fits()) await sleep(LOOK_MS);
}

/** A supervisor that was started. */
export interface Running {
  readonly process: ChildProcess;
  /** What it printed and what it said, so far. */
  readonly text: { out: string; said: string };
  /** Resolves with its exit code, or the signal that ended it. */
  readonly over: Promise<number | string | null>;
}

/** A folder with a plan in it, and the means to run it. */
export class Stage {
  readonly folder: string;
  readonly plan: Plan;

  constructor(t: Test, kinds: Readonly<Record<string, ProcessKind>>, more: Partial<Plan> = {}) {
    // Of its own, so that two runs of the same test do not meet.
    this.folder = mkdtempSync(join(tmpdir(), 'vt-supervisor-'));
    writeFileSync(join(this.folder, 'ari-password'), 'none');
    this.plan = {
      processes: Object.entries(kinds).map(([name, kind]) => ({
        ...{ name, kind, command: process.execPath, env: {} },
        args: [PROGRAM, this.folder, name, kind],
        logFile: join(this.folder, 'log', `${name}.log`),
      })),
      // Nobody answers there; tests of the rescue give their own.
      ari: {
        ...{ url: 'http://127.0.0.1:1', user: 'u', app: 'vestibule' },
        passwordFile: join(this.folder, 'ari-password'),
      },
      pidFile: join(this.folder, 'run', 'pids.json'),
      heartbeatMs: 50,
      deadMs: 1_000,
      ...more,
    };
    // Whatever went wrong, nothing outlives the test.
    t.teardown(() => {
      for (const { name, pid } of this.lives()) {
        if (startTimeOf(pid) === undefined) continue;
        if (
          readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').includes(
            `${PROGRAM}\0${this.folder}\0${name}`,
          )
        ) {
          process.kill(pid, 'SIGKILL');
        }
      }
      rmSync(this.folder, { recursive: true, force: true });
    });
  }

  /** Makes the processes of the plan listen on `listens`, as far as it says so. */
  withListens(listens: readonly Listens[]): void {
    const [first, ...rest] = this.plan.processes;
    if (first === undefined) throw new Error('no process in the plan');
    Object.assign(this.plan, { processes: [{ ...first, listens }, ...rest] });
  }

  run(t: Test): Running {
    const path = join(this.folder, 'plan.json');
    writeFileSync(path, JSON.stringify(this.plan));
    const child = spawn(process.execPath, [MAIN, path], { stdio: ['ignore', 'pipe', 'pipe'] });
    const text = { out: '', said: '' };
    child.stdout.on('data', (data: Buffer) => (text.out += data.toString('utf8')));
    child.stderr.on('data', (data: Buffer) => (text.said += data.toString('utf8')));
    const over = once(child, 'close').then(
      ([code, signal]) => (code as number | null) ?? (signal as string | null),
    );
    t.teardown(() => {
      child.kill('SIGKILL');
    });
    return { process: child, text, over };
  }

  /** Resolves once it has said `ready` and every child has noted that it lives, `times` over. */
  async standing(run: Running, times = 1): Promise<void> {
    const all = this.plan.processes.length * times;
    await until(() => run.text.out !== '' && this.lives().length >= all);
  }

  /** Tells a child what to do. */
  tell(
    name: string,
    command: string,
    file: 'do' | 'first' | 'deaf' | 'slow' | 'heavy' = 'do',
  ): void {
    // In one step, so that no half command is read.
    writeFileSync(join(this.folder, `${name}.new`), command);
    renameSync(join(this.folder, `${name}.new`), join(this.folder, `${name}.${file}`));
  }

  /** The journal's lines without process ids. */
  journal(): readonly string[] {
    return this.#lines().map((line) => line.split(' ').slice(0, 2).join(' '));
  }

  /** The lives of the children, in order. */
  lives(): readonly { name: string; pid: number }[] {
    return this.#lines()
      .filter((line) => line.startsWith('start '))
      .map((line) => line.split(' '))
      .map(([, name = '', pid]) => ({ name, pid: Number(pid) }));
  }

  livesOf(name: string): readonly number[] {
    return this.lives()
      .filter((one) => one.name === name)
      .map(({ pid }) => pid);
  }

  #lines(): readonly string[] {
    const path = join(this.folder, 'journal');
    return existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [];
  }
}
