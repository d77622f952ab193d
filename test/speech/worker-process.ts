import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modelPlaces } from '../../agent/speech/models.js';
import type { WorkerKind } from '../../agent/speech/settings.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { checkHealth } from '../../agent/wire/health.js';

/** Whether the models are on this machine; scripts/test fetches them. */
export const haveModels = existsSync(
  join(modelPlaces().models, 'all-MiniLM-L6-v2', 'encoder-batch.onnx'),
);
/** For tap: runs only with models. */
export const withModels = haveModels ? {} : { skip: 'no models: run scripts/fetch-models' };

const PROGRAM = join(checkoutRoot, 'build', 'agent', 'engines', 'main.js');

/** A real worker process. */
export class WorkerProcess {
  readonly socket: string;
  readonly #kind: WorkerKind;
  readonly #models: string;
  readonly #more: readonly string[];
  #child: ChildProcess | undefined;
  readonly beats: number[] = [];
  errors = '';

  /** `more` are further arguments, such as `--model NAME`. */
  constructor(
    kind: WorkerKind,
    socket: string,
    models = modelPlaces().models,
    more: readonly string[] = [],
  ) {
    this.#more = more;
    this.#kind = kind;
    this.socket = socket;
    this.#models = models;
  }

  spawn(): void {
    const which = ['--worker', this.#kind, '--socket', this.socket, '--models', this.#models];
    const args = [...which, ...this.#more];
    const child = spawn(process.execPath, [PROGRAM, ...args], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.errors += text;
    });
    child.on('message', (message: { beat?: number }) => {
      if (message.beat !== undefined) this.beats.push(message.beat);
    });
    this.#child = child;
  }

  /** Waits until the worker serves; throws what it said when it ends instead. */
  async serves(): Promise<void> {
    while (!(await checkHealth(`unix:${this.socket}`, 1000))) {
      if (this.#child?.exitCode !== null) throw new Error(this.errors);
      await new Promise((go) => setTimeout(go, 20));
    }
  }

  /** Ends the worker and waits for its exit; resolves to its exit code. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    const child = this.#child;
    if (child === undefined) return null;
    this.#child = undefined;
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    }
    return child.exitCode;
  }

  /** Cuts the IPC channel, as the death of the supervisor would, and waits for the exit. */
  async orphan(): Promise<number | null> {
    const child = this.#child;
    if (child === undefined) return null;
    this.#child = undefined;
    const gone = once(child, 'exit');
    child.disconnect();
    await gone;
    return child.exitCode;
  }

  /** Waits until the worker ends by itself; resolves to its exit code. */
  async ended(): Promise<number | null> {
    const child = this.#child;
    if (child === undefined) return null;
    if (child.exitCode === null) await once(child, 'close');
    return child.exitCode;
  }
}

/** A new empty folder with a short path, for sockets and files of a test. */
export async function scratchFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'vst-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
