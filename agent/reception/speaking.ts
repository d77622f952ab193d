import { samplesIn, type Pcm } from '../audio/frame.js';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import type { Line, Playback } from '../telephony/line.js';

/** Where the PCM of a text comes from: the cache of prompts, or the voice, clause by clause. */
export type Render = (text: string) => AsyncIterable<Pcm>;

/** How saying something ended. */
export interface Said {
  /** False when it was stopped before its end. */
  readonly whole: boolean;
  readonly heardMs: number;
}

/** After an interruption that was no speech, this much of what was heard is said again. */
const REWIND_MS = 400;

/**
 * Says texts on a line, one after the other. What is being said can be paused (somebody seems to
 * speak), and then goes on (it was a cough) or stops (it was words).
 */
export class Speaking {
  readonly #line: Line;
  readonly #render: Render;
  readonly #log: Log;
  #current: Saying | undefined;

  constructor(line: Line, render: Render, log: Log) {
    this.#line = line;
    this.#render = render;
    this.#log = log;
  }

  get busy(): boolean {
    return this.#current !== undefined;
  }

  /** Says `texts`; resolves when they have been heard, or were stopped. */
  async say(texts: readonly string[]): Promise<Said> {
    const saying = new Saying(this.#line);
    this.#current = saying;
    void this.#feed(saying, texts);
    const said = await saying.done;
    if (this.#current === saying) this.#current = undefined;
    return said;
  }

  /** Falls silent at once; `resume` or `stop` follows. */
  pause(): void {
    this.#current?.pause();
  }

  resume(): void {
    this.#current?.resume();
  }

  stop(): void {
    this.#current?.stop();
  }

  async #feed(saying: Saying, texts: readonly string[]): Promise<void> {
    try {
      for (const text of texts) {
        for await (const pcm of this.#render(text)) {
          if (saying.over) return;
          saying.add(pcm);
        }
      }
    } catch (error) {
      this.#log.error('a text could not be spoken', { reason: oneLine(error) });
    }
    saying.complete();
  }
}

/** One saying: all its PCM so far, and the playback that is at some point of it. */
class Saying {
  readonly done: Promise<Said>;
  readonly #line: Line;
  readonly #chunks: Pcm[] = [];
  #resolve: (said: Said) => void = () => undefined;
  #playback: Playback | undefined;
  /** Milliseconds heard in playbacks before the current one, less what is said again. */
  #heardBefore = 0;
  #complete = false;
  #pausing: Promise<void> | undefined;
  over = false;

  constructor(line: Line) {
    this.#line = line;
    this.done = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    this.#begin();
  }

  add(pcm: Pcm): void {
    this.#chunks.push(pcm);
    this.#playback?.write(pcm);
  }

  complete(): void {
    this.#complete = true;
    this.#playback?.end();
  }

  pause(): void {
    const playback = this.#playback;
    if (playback === undefined) return;
    this.#playback = undefined;
    this.#pausing = playback.stop().then(({ heardMs }) => {
      this.#heardBefore += heardMs;
    });
  }

  resume(): void {
    if (this.over || this.#pausing === undefined) return;
    const paused = this.#pausing;
    this.#pausing = undefined;
    void paused.then(() => {
      if (this.over) return;
      this.#heardBefore = Math.max(0, this.#heardBefore - REWIND_MS);
      this.#begin();
      let skip = samplesIn(this.#heardBefore);
      for (const chunk of this.#chunks) {
        if (skip < chunk.length) this.#playback?.write(chunk.subarray(skip));
        skip = Math.max(0, skip - chunk.length);
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

  #begin(): void {
    const playback = this.#line.play();
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
    this.#resolve({ whole, heardMs: this.#heardBefore });
  }
}
