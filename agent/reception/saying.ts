import { clauseStarts } from '../audio/clauses.js';
import { SAMPLE_RATE, millisecondsOf, samplesIn, type Pcm } from '../audio/frame.js';
import type { Clock } from '../clock.js';
import type { Line, Playback } from '../telephony/line.js';

/** How saying something ended. */
export interface Said {
  /** False when it was stopped before its end. */
  readonly whole: boolean;
  readonly heardMs: number;
  /** What there is of it was heard, and the rest could not be made. */
  readonly failed?: true;
}

/** `here`: nothing was missed. `clause`: somebody made a noise, so what was being said is said again. */
export type ResumeFrom = 'here' | 'clause';

/** A clause is said again at most so often: somebody who coughs on and on must hear the rest. */
const MOST_REPEATS = 2;
/** A clause of which less than this was heard tells nothing: the one before it is said again too. */
const TOO_LITTLE_MS = 120;

interface Chunk {
  readonly pcm: Pcm;
  readonly text: string;
  /** Where it begins in the saying. */
  readonly startSample: number;
}

/** One saying: all its PCM so far, and the playback that is at some point of it. */
export class Saying {
  readonly done: Promise<Said>;
  readonly #line: Line;
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #chunks: Chunk[] = [];
  #samples = 0;
  #resolve: (said: Said) => void = () => undefined;
  #playback: Playback | undefined;
  /** Milliseconds heard in playbacks before the current one, less what is said again. */
  #heardBefore = 0;
  #complete = false;
  #failed = false;
  /** When all that was added will have been heard, unless it is paused. */
  #heardUntil = 0;
  #pausing: Promise<void> | undefined;
  /** How to go on, once it is known what was heard; a new pause takes it back. */
  #resuming: ResumeFrom | undefined;
  #repeated = { sample: -1, times: 0 };
  over = false;

  constructor(line: Line, clock: Pick<Clock, 'monotonic'>) {
    this.#line = line;
    this.#clock = clock;
    this.done = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    this.#begin();
  }

  /** Appends PCM, which says something of `text`. */
  add(pcm: Pcm, text: string): void {
    this.#chunks.push({ pcm, text, startSample: this.#samples });
    this.#samples += pcm.length;
    this.#heardUntil = Math.max(this.#clock.monotonic(), this.#heardUntil) + millisecondsOf(pcm);
    this.#playback?.write(pcm);
  }

  /** Length of all that was added, in milliseconds. */
  get lengthMs(): number {
    return (this.#samples * 1000) / SAMPLE_RATE;
  }

  /** When all that was added so far will have been heard, monotonic; undefined while it is paused. */
  get heardUntil(): number | undefined {
    return this.paused ? undefined : this.#heardUntil;
  }

  /** Nothing more comes, though something should. */
  fail(): void {
    this.#failed = true;
    this.complete();
  }

  complete(): void {
    this.#complete = true;
    this.#playback?.end();
  }

  /** The text that was being said when it was last paused, or the first. */
  get text(): string {
    return this.#chunkAt(samplesIn(this.#heardBefore))?.text ?? '';
  }

  /** Whether it fell silent before its end. */
  get paused(): boolean {
    return !this.over && this.#playback === undefined;
  }

  pause(): void {
    this.#resuming = undefined;
    const playback = this.#playback;
    if (playback === undefined) return;
    this.#playback = undefined;
    this.#pausing = playback.stop().then(({ heardMs }) => {
      this.#heardBefore += heardMs;
    });
  }

  resume(from: ResumeFrom): void {
    const paused = this.#pausing;
    if (this.over || paused === undefined) return;
    this.#resuming = from;
    void paused.then(() => {
      const how = this.#resuming;
      if (this.over || how === undefined || this.#pausing !== paused) return;
      this.#resuming = undefined;
      this.#pausing = undefined;
      if (how === 'clause') this.#rewind();
      this.#begin();
      let skip = samplesIn(this.#heardBefore);
      for (const { pcm } of this.#chunks) {
        if (skip < pcm.length) this.#playback?.write(pcm.subarray(skip));
        skip = Math.max(0, skip - pcm.length);
      }
      if (this.#complete) this.#playback?.end();
    });
  }

  stop(): void {
    if (this.over) return;
    this.pause();
    const paused = this.#pausing ?? Promise.resolve();
    void paused.then(() => {
      this.#finish(false);
    });
  }

  /** Back to the start of the clause that was being heard. */
  #rewind(): void {
    const heard = samplesIn(this.#heardBefore);
    const chunk = this.#chunkAt(heard);
    if (chunk === undefined) return;
    const latest = heard - samplesIn(TOO_LITTLE_MS) - chunk.startSample;
    const clause = clauseStarts(chunk.pcm).findLast((start) => start <= latest) ?? 0;
    const sample = chunk.startSample + clause;
    const times = this.#repeated.sample === sample ? this.#repeated.times + 1 : 1;
    this.#repeated = { sample, times };
    if (times <= MOST_REPEATS) this.#heardBefore = (sample * 1000) / SAMPLE_RATE;
  }

  #chunkAt(sample: number): Chunk | undefined {
    return this.#chunks.findLast(({ startSample }) => startSample <= sample);
  }

  #begin(): void {
    const playback = this.#line.play();
    this.#heardUntil = this.#clock.monotonic() + this.lengthMs - this.#heardBefore;
    this.#playback = playback;
    void playback.done.then(({ heardMs, whole }) => {
      // A pause has taken this playback away; what follows is up to resume or stop.
      if (this.#playback !== playback) return;
      this.#heardBefore += heardMs;
      this.#finish(whole);
    });
  }

  #finish(whole: boolean): void {
    if (this.over) return;
    this.over = true;
    this.#playback = undefined;
    const heardMs = this.#heardBefore;
    this.#resolve(
      whole && this.#failed ? { whole: false, heardMs, failed: true } : { whole, heardMs },
    );
  }
}
