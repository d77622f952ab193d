import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import { openLog, show } from './output.js';
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
const FIRST_BEAT_MS = 30_000;
const RESTART_FIRST_MS = 250;
const RESTART_MOST_MS = 5_000;
/** How many times the limit a child may be silent at most, once it was killed for silence again and again. */
const MOST_PATIENCE = 16;
/** A child that lived so long starts again without delay. */
const LIVED_MS = 30_000;

/**
 * One process: started again whenever it ends, killed when its heartbeat stops. The first restart
 * comes at once, further ones ever later. Who is killed for silence may be silent for twice as long the next
 * time: on a machine that is too busy to load a model in time, killing it once more helps nobody.
 */
export class Child {
  readonly plan: ProcessPlan;
  readonly #listener: ChildListener;
  readonly #deadMs: number;
  #process: ChildProcess | undefined;
  #beatTimer: NodeJS.Timeout | undefined;
  #restartTimer: NodeJS.Timeout | undefined;
  #restartMs = 0;
  /** How many times the limit it may be silent. */
  #patience = 1;
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
    const log = plan.kind === 'daemon' ? undefined : openLog(plan.logFile);
    this.#startedAt = performance.now();
    this.#lives += 1;
    const child = spawnOf(plan, log);
    if (log !== undefined) {
      // None either if there were no file descriptors left.
      if (child?.stderr) show(child, child.stderr, log, plan.name);
      else closeSync(log);
    }
    if (child === undefined) {
      void this.#restart(null, null);
      return;
    }
    this.#process = child;
    if (child.pid !== undefined) this.#listener.started(child.pid);
    if (beats(plan)) this.#expectBeat(FIRST_BEAT_MS);
    child.on('message', (message: { beat?: number; ready?: boolean }) => {
      // Neither the last beat of one that is gone nor that of one being ended starts a limit anew.
      if (this.#process !== child || this.#ending) return;
      if (message.beat !== undefined) this.#expectBeat(this.#deadMs * this.#patience);
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
    this.#beatTimer = setTimeout(() => {
      this.#patience = Math.min(this.#patience * 2, MOST_PATIENCE);
      this.#process?.kill('SIGKILL');
    }, withinMs);
  }

  async #gone(code: number | null, signal: NodeJS.Signals | null): Promise<void> {
    if (this.#process === undefined) return;
    this.#process = undefined;
    clearTimeout(this.#beatTimer);
    await this.#restart(code, signal);
  }

  async #restart(code: number | null, signal: NodeJS.Signals | null): Promise<void> {
    const lived = performance.now() - this.#startedAt;
    if (lived > LIVED_MS) {
      this.#restartMs = 0;
      this.#patience = 1;
    }
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

const beats = ({ kind }: ProcessPlan): boolean => kind !== 'asterisk';

/** The process, its output appended to `log`; undefined if the system refuses it at once. */
function spawnOf(plan: ProcessPlan, log: number | undefined): ChildProcess | undefined {
  const { command, args, env, cwd, kind } = plan;
  // What the daemon says goes to our standard error: standard output is for `ready`.
  const output = log ?? 2;
  // What a worker says is read by us, to be both shown and logged.
  const said = kind === 'worker' && log !== undefined ? 'pipe' : output;
  try {
    return spawn(command, args, {
      env: { ...process.env, ...env },
      ...(cwd === undefined ? {} : { cwd }),
      // Ctrl-C reaches us alone: we end the others in order.
      detached: true,
      stdio: ['ignore', output, said, ...(beats(plan) ? (['ipc'] as const) : [])],
    });
  } catch {
    return undefined;
  }
}
