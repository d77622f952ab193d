import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ProcessPlan } from './plan.js';

/** What a child tells its parent. */
export interface ChildListener {
  /** It runs, with this process id. */
  started(pid: number): void;
  /**
   * It ended, or could not be started (both null); `first` if this was its first life. It starts
   * again once the promise is kept, unless it is being ended.
   */
  ended(code: number | null, signal: NodeJS.Signals | null, first: boolean): Promise<void>;
  /** The daemon answers calls. */
  ready(): void;
}

/** Loading a model takes seconds before the first heartbeat. */
const FIRST_BEAT_MS = 60_000;
const RESTART_FIRST_MS = 250;
const RESTART_MOST_MS = 5_000;
/** A child that lived so long starts again without delay. */
const LIVED_MS = 30_000;

/**
 * One process: started again whenever it ends, killed when its heartbeat stops. The first restart
 * comes at once, further ones ever later.
 */
export class Child {
  readonly plan: ProcessPlan;
  readonly #listener: ChildListener;
  readonly #deadMs: number;
  #process: ChildProcess | undefined;
  #beatTimer: NodeJS.Timeout | undefined;
  #restartTimer: NodeJS.Timeout | undefined;
  #restartMs = 0;
  #startedAt = 0;
  #lives = 0;
  #ending = false;

  constructor(plan: ProcessPlan, deadMs: number, listener: ChildListener) {
    this.plan = plan;
    this.#deadMs = deadMs;
    this.#listener = listener;
  }

  start(): void {
    if (this.#process !== undefined || this.#ending) return;
    const { plan } = this;
    const beats = plan.kind !== 'asterisk';
    const output = openLog(plan.logFile);
    const child = spawn(plan.command, plan.args, {
      env: { ...process.env, ...plan.env },
      // Ctrl-C reaches us alone: we end the others in order.
      detached: true,
      // What the daemon says goes to our standard error: standard output is for `ready`.
      stdio: ['ignore', output ?? 2, output ?? 2, ...(beats ? (['ipc'] as const) : [])],
    });
    if (output !== undefined) closeSync(output);
    this.#process = child;
    this.#startedAt = performance.now();
    this.#lives += 1;
    if (child.pid !== undefined) this.#listener.started(child.pid);
    if (beats) this.#expectBeat(FIRST_BEAT_MS);
    child.on('message', (message: { beat?: number; ready?: boolean }) => {
      if (message.beat !== undefined) this.#expectBeat(this.#deadMs);
      if (message.ready === true && plan.kind === 'daemon') this.#listener.ready();
    });
    child.on('error', () => {
      // Also raised for a signal that could not be sent: only a child without an id never lived.
      if (child.pid === undefined) void this.#gone(null, null);
    });
    child.on('exit', (code, signal) => {
      void this.#gone(code, signal);
    });
  }

  /** Asks it to end, and kills it after `graceMs`. Resolves when it is gone. */
  end(graceMs: number): Promise<void> {
    this.#ending = true;
    clearTimeout(this.#restartTimer);
    clearTimeout(this.#beatTimer);
    const child = this.#process;
    if (child === undefined) return Promise.resolve();
    return new Promise((resolve) => {
      const kill = setTimeout(() => child.kill('SIGKILL'), graceMs);
      child.once('exit', () => {
        clearTimeout(kill);
        resolve();
      });
      child.kill('SIGTERM');
    });
  }

  #expectBeat(withinMs: number): void {
    clearTimeout(this.#beatTimer);
    this.#beatTimer = setTimeout(() => this.#process?.kill('SIGKILL'), withinMs);
  }

  async #gone(code: number | null, signal: NodeJS.Signals | null): Promise<void> {
    if (this.#process === undefined) return;
    this.#process = undefined;
    clearTimeout(this.#beatTimer);
    const lived = performance.now() - this.#startedAt;
    if (lived > LIVED_MS) this.#restartMs = 0;
    await this.#listener.ended(code, signal, this.#lives === 1);
    // The listener may have begun to end it.
    if (this.#isEnding()) return;
    this.#restartTimer = setTimeout(() => {
      this.start();
    }, this.#restartMs);
    this.#restartMs =
      this.#restartMs === 0 ? RESTART_FIRST_MS : Math.min(this.#restartMs * 2, RESTART_MOST_MS);
  }

  #isEnding(): boolean {
    return this.#ending;
  }
}

/** The log to append to; undefined, which means our standard error, if the disk refuses it. */
function openLog(path: string | undefined): number | undefined {
  if (path === undefined) return undefined;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return openSync(path, 'a', 0o600);
  } catch {
    return undefined;
  }
}
