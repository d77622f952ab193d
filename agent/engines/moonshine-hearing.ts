import { samplesIn } from '../audio/frame.js';
import type { Pcm } from '../audio/frame.js';
import { engineErrors } from './errors.js';
import type { Likely, Moonshine } from './moonshine.js';
import { MOST_HELD_MS } from './recognition.js';
import type { HeardResult, HeardUtterance, RecognitionEngine } from './recognition.js';
import { Turns } from './service.js';

/** Moonshine as a recognition engine: one utterance at a time is decoded, all may send audio. */
export function moonshineEngine(moonshine: Moonshine): RecognitionEngine {
  const turns = new Turns();
  return {
    engine: moonshine.engine,
    start: () => moonshine.start(),
    stop: () => moonshine.stop(),
    hear: (settings) => new HeldUtterance(moonshine, turns, settings),
  };
}

/** Holds the audio of one utterance and decodes all of it when asked. */
class HeldUtterance implements HeardUtterance {
  readonly #moonshine: Moonshine;
  readonly #turns: Turns;
  readonly #likely: Likely;
  #pieces: Pcm[] = [];
  #held = 0;
  #length = 0;
  #open = true;
  /** The last decoding and how much audio it saw; reused if nothing came since. */
  #decoded: { length: number; result: Promise<HeardResult> } | undefined;

  constructor(moonshine: Moonshine, turns: Turns, likely: Likely) {
    this.#moonshine = moonshine;
    this.#turns = turns;
    this.#likely = likely;
  }

  push(pcm: Pcm): void {
    this.#pieces.push(pcm);
    this.#length += pcm.length;
    this.#held += pcm.length;
    while (this.#held > samplesIn(MOST_HELD_MS)) {
      this.#held -= this.#pieces.shift()?.length ?? this.#held;
    }
  }

  speculate(): Promise<HeardResult> {
    return this.#decode();
  }

  finish(): Promise<HeardResult> {
    return this.#decode();
  }

  cancel(): void {
    this.#open = false;
    this.#pieces = [];
  }

  #decode(): Promise<HeardResult> {
    if (this.#decoded?.length !== this.#length) {
      const result = this.#turns.take(() => this.#recognise());
      this.#decoded = { length: this.#length, result };
    }
    return this.#decoded.result;
  }

  async #recognise(): Promise<HeardResult> {
    // Whoever left while others were decoded must not cost them more time.
    if (!this.#open) throw engineErrors.make('LEFT');
    const pcm = new Int16Array(this.#held);
    let at = 0;
    for (const piece of this.#pieces) {
      pcm.set(piece, at);
      at += piece.length;
    }
    const result = await this.#moonshine.recognise(pcm, this.#likely);
    const { text, words, confidence } = result;
    return { ...result, alternatives: [{ text, words, confidence }] };
  }
}
