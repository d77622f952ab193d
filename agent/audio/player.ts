import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { audioErrors } from './errors.js';
import { SAMPLE_RATE, bytesOfPcm, type Pcm } from './frame.js';
import { LastLine, onPath } from './programs.js';

export const PLAYERS = ['paplay', 'play', 'aplay'] as const;
export type PlayerName = (typeof PLAYERS)[number];

/** What the sound system holds back before it plays, in milliseconds: short, for quick answers. */
export const PLAYER_LATENCY_MS = 80;

const RATE = String(SAMPLE_RATE);
const ARGUMENTS: Readonly<Record<PlayerName, readonly string[]>> = {
  paplay: [
    ...['--raw', `--rate=${RATE}`, '--format=s16le', '--channels=1'],
    `--latency-msec=${String(PLAYER_LATENCY_MS)}`,
  ],
  // prettier-ignore
  play: ['-q', '--buffer', '1024', '-t', 'raw', '-r', RATE, '-e', 'signed-integer', '-b', '16', '-c', '1', '-'],
  // prettier-ignore
  aplay: ['-q', '-t', 'raw', '-f', 'S16_LE', '-r', RATE, '-c', '1', `--buffer-time=${String(PLAYER_LATENCY_MS * 1000)}`, '-'],
};

export interface PlayerSettings {
  /** The program that plays; one that fits this machine if absent. */
  readonly player?: PlayerName | undefined;
}

/** Called when a sound could not be played. */
export type PlayerLost = (error: Error) => void;

/**
 * Plays PCM through the system's player: one process for each sound, so that killing it silences it
 * at once, whatever the sound system still holds.
 */
export class Player {
  readonly #settings: PlayerSettings;
  readonly #lost: PlayerLost;
  readonly #env: NodeJS.ProcessEnv;
  #child: ChildProcess | undefined;

  constructor(settings: PlayerSettings, lost: PlayerLost, env: NodeJS.ProcessEnv = process.env) {
    this.#settings = settings;
    this.#lost = lost;
    this.#env = env;
  }

  /** Plays 100 ms of nothing. @throws AUDIO_NO_PLAYER, AUDIO_PLAYER when it cannot be heard */
  async check(): Promise<void> {
    await this.play(new Int16Array(SAMPLE_RATE / 10));
  }

  /** Plays `pcm`; resolves when it was heard. @throws AUDIO_NO_PLAYER, AUDIO_PLAYER */
  async play(pcm: Pcm): Promise<void> {
    const { child, over } = this.#spawn();
    child.stdin?.end(bytesOfPcm(pcm));
    const failure = await over;
    if (failure !== undefined) throw failure;
  }

  /** Appends to the sound that plays, or begins one. */
  write(bytes: Uint8Array): void {
    if (this.#child === undefined) {
      const { child, over } = this.#spawn();
      this.#child = child;
      void over.then((failure) => {
        // One that was told to fall silent is no longer ours.
        if (this.#child !== child || failure === undefined) return;
        this.#child = undefined;
        this.#lost(failure);
      });
    }
    this.#child.stdin?.write(bytes);
  }

  /** Ends the sound that plays; resolves when it was heard to its end. */
  async end(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    const gone = closed(child);
    child.stdin?.end();
    await gone;
    if (this.#child === child) this.#child = undefined;
  }

  /** Silences what plays at once. */
  silence(): void {
    const child = this.#child;
    this.#child = undefined;
    child?.kill('SIGKILL');
  }

  #spawn(): { readonly child: ChildProcess; readonly over: Promise<Error | undefined> } {
    const player = playerOf(this.#settings.player, this.#env);
    const child = spawn(player, ARGUMENTS[player], {
      stdio: ['pipe', 'ignore', 'pipe'],
      // sox has no option for it, and PulseAudio's own choice is two seconds.
      env: { PULSE_LATENCY_MSEC: String(PLAYER_LATENCY_MS), ...this.#env },
    });
    const said = new LastLine();
    child.stderr.on('data', (bytes: Buffer) => {
      said.hear(bytes);
    });
    // A player that ended early is told of by its exit code.
    child.stdin.on('error', () => undefined);
    const over = new Promise<Error | undefined>((resolve) => {
      const failure = (cause?: unknown): Error =>
        audioErrors.make('PLAYER', { place: player, cause, ...said.detail });
      child.once('error', (cause) => {
        resolve(failure(cause));
      });
      child.once('close', (code) => {
        resolve(code === 0 ? undefined : failure());
      });
    });
    return { child, over };
  }
}

const closed = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once('close', () => {
      resolve();
    });
    if (child.exitCode !== null || child.signalCode !== null) resolve();
  });

/** paplay only where a PulseAudio or PipeWire server is to be expected; else it would just fail. */
function playerOf(wanted: PlayerName | undefined, env: NodeJS.ProcessEnv): PlayerName {
  const server =
    env.PULSE_SERVER !== undefined ||
    existsSync(join(env.XDG_RUNTIME_DIR ?? '/nowhere', 'pulse', 'native'));
  const candidates = PLAYERS.filter((one) => one !== 'paplay' || server);
  const found = (wanted === undefined ? candidates : [wanted]).find((one) => onPath(one, env));
  if (found === undefined) {
    throw audioErrors.make('NO_PLAYER', { place: wanted ?? PLAYERS.join(', ') });
  }
  return found;
}
