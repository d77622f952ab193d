import { samplesIn } from '../audio/frame.js';
import type { Pcm } from '../audio/frame.js';
import { systemClock } from '../clock.js';
import { engineErrors } from './errors.js';
import { Looks } from './moonshine-looks.js';
import { DecodingQueue } from './moonshine-queue.js';
import type { Likely, Memory, Moonshine } from './moonshine.js';
import { MOST_HELD_MS } from './recognition.js';
import type {
  HearListener,
  HeardResult,
  HeardUtterance,
  RecognitionEngine,
} from './recognition.js';

/** Moonshine as a recognition engine: one utterance at a time is decoded, all may send audio. */
export function moonshineEngine(moonshine: Moonshine): RecognitionEngine {
  const queue = new DecodingQueue(systemClock());
  return {
    engine: moonshine.engine,
    start: () => moonshine.start(),
    stop: () => moonshine.stop(),
    hear: (settings, listener) =>
      new HeldUtterance(
        { moonshine, queue, likely: settings },
        settings.partials === true ? listener.partial?.bind(listener) : undefined,
      ),
  };
}

interface HeldParts {
  readonly moonshine: Moonshine;
  readonly queue: DecodingQueue;
  readonly likely: Likely;
}

/** Holds the audio of one utterance and decodes all of it when asked. */
class HeldUtterance implements HeardUtterance {
  readonly #parts: HeldParts;
  readonly #looks: Looks | undefined;
  #pieces: Pcm[] = [];
  #held = 0;
  #length = 0;
  #open = true;
  /** By the sample at which the audio begins that was decoded. */
  readonly #memories = new Map<number, Memory>();
  /** The last decoding, reused if nothing came since it saw so much audio, or if it has yet to begin. */
  #decoded: Promise<HeardResult> | undefined;
  #seen = 0;
  #waits = false;

  /** `partial`, if given, hears the text so far. */
  constructor(parts: HeldParts, partial: HearListener['partial']) {
    this.#parts = parts;
    if (partial === undefined) return;
    // A look at a turn that is over must not cost others time, nor its own final text.
    const assertWanted = (): void => {
      if (looks.isOver) throw engineErrors.make('LEFT');
    };
    const looks = new Looks({
      read: (from, to) => this.#read(from, to),
      decode: (pcm, from) =>
        parts.queue.look(async () => {
          assertWanted();
          return parts.moonshine.glance(pcm(), this.#memoryFrom(from), async () => {
            await parts.queue.giveWay();
            assertWanted();
          });
        }),
      partial,
    });
    this.#looks = looks;
  }

  push(pcm: Pcm): void {
    this.#pieces.push(pcm);
    this.#length += pcm.length;
    this.#held += pcm.length;
    while (this.#held > samplesIn(MOST_HELD_MS)) {
      this.#held -= this.#pieces.shift()?.length ?? this.#held;
    }
    this.#looks?.heard(this.#length);
  }

  speculate(): Promise<HeardResult> {
    return this.#decode();
  }

  finish(): Promise<HeardResult> {
    this.#looks?.stop();
    return this.#decode();
  }

  cancel(): void {
    this.#open = false;
    this.#looks?.stop();
    this.#pieces = [];
    this.#held = 0;
  }

  #decode(): Promise<HeardResult> {
    const stands = this.#waits || this.#seen === this.#length;
    if (this.#decoded !== undefined && stands) return this.#decoded;
    this.#waits = true;
    this.#decoded = this.#parts.queue.take(() => this.#recognise());
    return this.#decoded;
  }

  async #recognise(): Promise<HeardResult> {
    this.#waits = false;
    this.#seen = this.#length;
    // Whoever left while others were decoded must not cost them more time.
    if (!this.#open) throw engineErrors.make('LEFT');
    const { moonshine, queue, likely } = this.#parts;
    const end = this.#seen;
    const pcm = this.#read(0, end);
    const result = await moonshine.recognise(pcm, likely, {
      hurried: queue.crowded,
      memory: this.#memoryFrom(0),
    });
    const { text, words, confidence } = result;
    this.#looks?.seen(end, text);
    return { ...result, alternatives: [{ text, words, confidence }] };
  }

  #memoryFrom(from: number): Memory {
    const memory = this.#memories.get(from) ?? { tokens: [] };
    this.#memories.set(from, memory);
    return memory;
  }

  /** Samples `from` to `to` of the utterance, as far as they are held. */
  #read(from: number, to: number): Pcm {
    const first = this.#length - this.#held;
    const start = Math.max(from, first);
    const pcm = new Int16Array(Math.max(0, to - start));
    let at = first;
    for (const piece of this.#pieces) {
      const skipped = Math.max(0, start - at);
      if (skipped < piece.length && at < to) {
        const part = piece.subarray(skipped, Math.min(piece.length, to - at));
        pcm.set(part, at + skipped - start);
      }
      at += piece.length;
    }
    return pcm;
  }
}
