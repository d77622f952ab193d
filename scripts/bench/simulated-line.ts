import { FRAME_MS, FRAME_SAMPLES, type Pcm } from '../../agent/audio/frame.js';
import type { Clock } from '../../agent/clock.js';
import type { Line, LineListener, Playback, Played } from '../../agent/telephony/line.js';

/** What was played is told so late, as the mouth of a call does. */
const TOLD_LATE_FRAMES = 4;
const SILENT_FRAME: Pcm = new Int16Array(FRAME_SAMPLES);

/** How our own voice comes back: taps in samples of the line, with their gains. */
export type EchoPath = readonly { readonly delay: number; readonly gain: number }[];

/** A line whose time passes frame by frame: what the caller says is given, and our voice may echo. */
export class SimulatedLine implements Line {
  readonly #listeners: LineListener[] = [];
  readonly #says: Pcm;
  readonly #echo: EchoPath;
  readonly #clock: Clock;
  readonly #heardByCaller: number[] = [];
  readonly #untold: { pcm: Pcm; atMs: number }[] = [];
  #playback: SimulatedPlayback | undefined;
  #frames = 0;
  /** For each frame whether something was played. */
  readonly playing: boolean[] = [];

  constructor(says: Pcm, echo: EchoPath, clock: Clock) {
    this.#says = says;
    this.#echo = echo;
    this.#clock = clock;
  }

  listen(listener: LineListener): void {
    this.#listeners.push(listener);
  }

  play(): Playback {
    void this.#playback?.stop();
    this.#playback = new SimulatedPlayback();
    return this.#playback;
  }

  close(): Promise<void> {
    void this.#playback?.stop();
    return Promise.resolve();
  }

  /** Lets one frame pass in both directions. */
  tick(): void {
    const atMs = this.#frames * FRAME_MS;
    const played = this.#playback?.take();
    this.playing.push(played !== undefined);
    this.#heardByCaller.push(...(played ?? SILENT_FRAME));
    if (played !== undefined) this.#untold.push({ pcm: played, atMs });
    while ((this.#untold[0]?.atMs ?? Infinity) <= atMs - TOLD_LATE_FRAMES * FRAME_MS) {
      const { pcm, atMs: playedAt } = this.#untold.shift() as { pcm: Pcm; atMs: number };
      for (const one of this.#listeners) one.played(pcm, playedAt);
    }
    const frame = this.#mixed(this.#frames * FRAME_SAMPLES);
    this.#frames += 1;
    for (const one of this.#listeners) one.frame(frame, atMs);
  }

  get atMs(): number {
    return this.#clock.monotonic();
  }

  #mixed(from: number): Pcm {
    const frame = new Int16Array(FRAME_SAMPLES);
    for (let i = 0; i < FRAME_SAMPLES; i += 1) {
      let sample = this.#says[from + i] ?? 0;
      for (const { delay, gain } of this.#echo) {
        sample += gain * (this.#heardByCaller[from + i - delay] ?? 0);
      }
      frame[i] = Math.max(-32_768, Math.min(32_767, Math.round(sample)));
    }
    return frame;
  }
}

class SimulatedPlayback implements Playback {
  readonly done: Promise<Played>;
  readonly #waiting: number[] = [];
  #taken = 0;
  #played = 0;
  #ended = false;
  #over = false;
  #resolve: (played: Played) => void = () => undefined;

  constructor() {
    this.done = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  write(pcm: Pcm): void {
    for (const sample of pcm) this.#waiting.push(sample);
  }

  end(): void {
    this.#ended = true;
  }

  stop(): Promise<Played> {
    this.#finish(false);
    return this.done;
  }

  take(): Pcm | undefined {
    if (this.#over) return undefined;
    if (this.#taken >= this.#waiting.length) {
      if (this.#ended) this.#finish(true);
      return undefined;
    }
    const frame = new Int16Array(FRAME_SAMPLES);
    frame.set(this.#waiting.slice(this.#taken, this.#taken + FRAME_SAMPLES));
    this.#taken += FRAME_SAMPLES;
    this.#played += 1;
    return frame;
  }

  #finish(whole: boolean): void {
    if (this.#over) return;
    this.#over = true;
    this.#resolve({ heardMs: this.#played * FRAME_MS, whole });
  }
}
