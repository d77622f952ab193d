import lpcm16, { type Recording } from 'node-record-lpcm16';
import type { Clock } from '../clock.js';
import { audioErrors } from './errors.js';
import { FRAME_BYTES, SAMPLE_RATE, pcmFromBytes, type Pcm } from './frame.js';
import { LastLine, onPath } from './programs.js';

/** The programs that record, in the order in which they are tried. */
export const RECORDERS = ['sox', 'rec', 'arecord'] as const;
export type RecorderName = (typeof RECORDERS)[number];

export interface MicrophoneSettings {
  /** The program that records; the first one on PATH if absent. */
  readonly recorder?: RecorderName | undefined;
  /** As the program names it: an ALSA device for arecord, an AUDIODEV for sox. */
  readonly device?: string | undefined;
}

export interface MicrophoneListener {
  /** 20 ms of PCM. */
  frame(pcm: Pcm): void;
  /** The microphone was lost. Called once, and never after `stop`. */
  lost(error: Error): void;
}

/** How long a device may take to give its first sound, in milliseconds. */
const FIRST_WITHIN_MS = 5_000;
/** How long the recorder may take to end by itself, in milliseconds. */
const END_WITHIN_MS = 1_000;

/** PulseAudio hands a recorder two seconds at a time, and sox a quarter, unless told otherwise. */
const QUICK = { PULSE_LATENCY_MSEC: '30', SOX_OPTS: '--buffer 1024' } as const;

/**
 * A microphone as frames of 20 ms, recorded by sox or arecord through node-record-lpcm16. The
 * library lets a program that cannot be started, or that fails, throw in nobody's hands; all its
 * ways to fail end here, as `lost` or as a rejected `start`.
 */
export class Microphone {
  readonly #settings: MicrophoneSettings;
  readonly #listener: MicrophoneListener;
  readonly #clock: Clock;
  readonly #env: NodeJS.ProcessEnv;
  readonly #said = new LastLine();
  #recording: Recording | undefined;
  #rest: Buffer = Buffer.alloc(0);
  #starting: Promise<void> | undefined;
  #ended: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(
    settings: MicrophoneSettings,
    listener: MicrophoneListener,
    clock: Clock,
    env: NodeJS.ProcessEnv = process.env,
  ) {
    this.#settings = settings;
    this.#listener = listener;
    this.#clock = clock;
    this.#env = env;
  }

  /** Resolves with the first sound. May be called twice. @throws AUDIO_NO_RECORDER, AUDIO_MICROPHONE */
  start(): Promise<void> {
    this.#starting ??= this.#begin();
    return this.#starting;
  }

  /** Ends the recorder; resolves when it is gone. May be called twice. */
  async stop(): Promise<void> {
    this.#stopped = true;
    const child = this.#recording?.process;
    if (child?.exitCode === null && child.signalCode === null) {
      this.#recording?.stop();
      const cancel = this.#clock.after(END_WITHIN_MS, () => child.kill('SIGKILL'));
      await this.#ended;
      cancel();
    }
  }

  async #begin(): Promise<void> {
    const recorder = recorderOf(this.#settings.recorder, this.#env);
    const recording = this.#spawn(recorder);
    this.#recording = recording;
    const failure = (cause?: unknown): Error =>
      audioErrors.make('MICROPHONE', { place: recorder, cause, ...this.#said.detail });
    await new Promise<void>((resolve, reject) => {
      let begun = false;
      const cancel = this.#clock.after(FIRST_WITHIN_MS, () => {
        fail(failure());
        void this.stop();
      });
      const fail = (error: Error): void => {
        cancel();
        reject(error);
        if (begun && !this.#stopped) this.#listener.lost(error);
        this.#stopped = true;
      };
      this.#ended = new Promise((ended) => {
        recording.process.once('close', () => {
          // The library tells of an exit code after us; its reason stands in the error output.
          fail(failure());
          ended();
        });
        recording.process.once('error', (cause) => {
          fail(failure(cause));
          ended();
        });
      });
      recording.process.stderr?.on('data', (bytes: Buffer) => {
        this.#said.hear(bytes);
      });
      const stream = recording.stream();
      // The library raises here what the process's end tells already.
      stream.on('error', () => undefined);
      stream.on('data', (bytes: Buffer) => {
        begun = true;
        cancel();
        resolve();
        this.#take(bytes);
      });
    });
  }

  #spawn(recorder: RecorderName): Recording {
    const { device } = this.#settings;
    // The library gives its child this process's environment, as it is at this moment.
    const before = { ...process.env };
    const wanted = { ...QUICK, ...this.#env };
    Object.assign(process.env, wanted);
    try {
      return lpcm16.record({
        sampleRate: SAMPLE_RATE,
        channels: 1,
        audioType: 'raw',
        recorder,
        ...(device === undefined ? {} : { device }),
      });
    } finally {
      for (const name of Object.keys(wanted)) {
        const value = before[name];
        if (value === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = value;
      }
    }
  }

  #take(bytes: Buffer): void {
    if (this.#stopped) return;
    const all = Buffer.concat([this.#rest, bytes]);
    let at = 0;
    for (; at + FRAME_BYTES <= all.length; at += FRAME_BYTES) {
      this.#listener.frame(pcmFromBytes(all.subarray(at, at + FRAME_BYTES)));
    }
    this.#rest = all.subarray(at);
  }
}

function recorderOf(wanted: RecorderName | undefined, env: NodeJS.ProcessEnv): RecorderName {
  const found = (wanted === undefined ? RECORDERS : [wanted]).find((one) => onPath(one, env));
  if (found === undefined) {
    throw audioErrors.make('NO_RECORDER', { place: wanted ?? RECORDERS.join(', ') });
  }
  return found;
}
