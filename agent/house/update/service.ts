import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../clock.js';
import type { Paths } from '../../config/paths.js';
import { liveCallsIn } from '../../reception/live-calls.js';
import { askedToDrain } from '../drain.js';
import { processesOf } from '../processes.js';
import type { Commands } from './commands.js';
import { updateErrors } from './errors.js';

const UNIT = 'vestibule.service';
const LOOK_MS = 200;
/** From a start until calls are answered, prompts rendered. */
const BACK_WITHIN_MS = 180_000;

/** The service that an update stops and starts. */
export class Service {
  readonly #paths: Paths;
  readonly #clock: Clock;
  readonly #commands: Commands;
  /** Whether systemd runs this machine. */
  readonly #systemd: boolean;

  constructor(
    paths: Paths,
    clock: Clock,
    commands: Commands,
    systemd = existsSync('/run/systemd/system'),
  ) {
    this.#paths = paths;
    this.#clock = clock;
    this.#commands = commands;
    this.#systemd = systemd;
  }

  /** Whether it runs. @throws UPDATE_RUNNING if it does and systemd does not run it */
  async running(): Promise<boolean> {
    if (this.#systemd && (await this.#active())) return true;
    if (this.#daemon() !== undefined) {
      throw updateErrors.make('RUNNING', { place: this.#paths.home });
    }
    return false;
  }

  /**
   * Has new calls go to the office's phones, and waits up to `withinMs` until none is held any more. The
   * supervisor would then start the daemon anew: stop it at once.
   */
  async drain(withinMs: number, tell: (line: string) => void): Promise<void> {
    const daemon = this.#daemon();
    if (daemon === undefined) return;
    askedToDrain(this.#paths, withinMs);
    process.kill(daemon, 'SIGUSR2');
    let held: number | undefined;
    const until = this.#clock.monotonic() + withinMs;
    while (this.#clock.monotonic() < until) {
      const live = liveCallsIn(join(this.#paths.run, 'live-calls.json'));
      if (this.#daemon() !== daemon) return;
      if (live?.pid === daemon && live.state === 'draining') {
        if (live.calls.length === 0) return;
        if (live.calls.length !== held) tell(`${String(live.calls.length)} calls are still held`);
        held = live.calls.length;
      }
      await this.#clock.sleep(LOOK_MS);
    }
  }

  async stop(): Promise<void> {
    await this.#commands.run('systemctl', 'stop', UNIT);
  }

  async start(): Promise<void> {
    await this.#commands.run('systemctl', 'daemon-reload');
    await this.#commands.run('systemctl', 'start', UNIT);
  }

  /** Resolves when calls are answered. @throws UPDATE_STEP if they are not within three minutes */
  async answering(): Promise<void> {
    const until = this.#clock.monotonic() + BACK_WITHIN_MS;
    while (this.#clock.monotonic() < until) {
      const live = liveCallsIn(join(this.#paths.run, 'live-calls.json'));
      if (live?.state === 'answering' && live.pid === this.#daemon()) return;
      // systemd gives up on a start that fails again and again.
      if (!(await this.#active())) break;
      await this.#clock.sleep(LOOK_MS);
    }
    throw updateErrors.make('STEP', { place: UNIT, detail: 'calls are not answered' });
  }

  async #active(): Promise<boolean> {
    const said = await this.#commands
      .run('systemctl', 'show', '--property=ActiveState', '--value', UNIT)
      .catch(() => '');
    return /^(?:active|activating|reloading)$/mu.test(said);
  }

  #daemon(): number | undefined {
    return processesOf(this.#paths).find(({ name }) => name === 'daemon')?.pid;
  }
}
