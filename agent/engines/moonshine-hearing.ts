import { samplesIn } from '../audio/frame.js';
import type { Pcm } from '../audio/frame.js';
import { systemClock, type Clock } from '../clock.js';
import { engineErrors } from './errors.js';
import { Looks } from './moonshine-looks.js';
import { DecodingQueue } from './moonshine-queue.js';
import type { Likely, Memory } from './moonshine-task.js';
import type { Moonshine } from './moonshine.js';
import { MOST_HELD_MS } from './recognition.js';
import type {
  HearListener,
  HeardResult,
  HeardUtterance,
  RecognitionEngine,
} from './recognition.js';

/** Moonshine as a recognition engine: one utterance at a time is decoded, all may send audio. */
export function moonshineEngine(
  moonshine: Moonshine,
  clock: Clock = systemClock(),
): RecognitionEngine {
  const queue = new DecodingQueue(clock);
  return {
    engine: moonshine.engine,
    start: () => moonshine.start(),
    stop: () => moonshine.stop(),
    hear: (settings, listener) =>
      new HeldUtterance(
        { moonshine, queue, clock, likely: settings },
        settings.partials === true ? listener.partial?.bind(listener) : undefined,
      ),
  };
}

/**
 * What a trial was too hurried to look for is sought when its pause has lasted so much longer, in milliseconds:
 * most pauses within a turn are over by then, and most turns are not yet.
 */
const MORE_AFTER_MS = 200;

interface HeldParts {
  readonly moonshine: Moonshine;
  readonly queue: DecodingQueue;
  readonly clock: Clock;
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
  /** The same without hurry, once that has begun. */
  #thorough: Promise<HeardResult> | undefined;
  #cancelMore: (() => void) | undefined;

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
    this.#forgetTrial();
    while (this.#held > samplesIn(MOST_HELD_MS)) {
      this.#held -= this.#pieces.shift()?.length ?? this.#held;
      // What is remembered is of another beginning.
      this.#memories.clear();
    }
    this.#looks?.heard(this.#length);
  }

  async speculate(): Promise<HeardResult> {
    const trial = await this.#decode(true);
    if (trial.provisional === true) this.#seekMore();
    return trial;
  }

  async finish(): Promise<HeardResult> {
    this.#looks?.stop();
    this.#cancelMore?.();
    const { queue } = this.#parts;
    let heard = this.#thorough;
    if (heard === undefined) {
      const trial = await this.#decode(false);
      const enough = trial.provisional !== true || queue.crowded;
      heard = enough ? Promise.resolve(trial) : queue.take(() => this.#unhurried());
    }
    return { ...(await heard), provisional: false };
  }

  cancel(): void {
    this.#open = false;
    this.#forgetTrial();
    this.#looks?.stop();
    this.#pieces = [];
    this.#held = 0;
  }

  /** The caller goes on, or has left. */
  #forgetTrial(): void {
    this.#cancelMore?.();
    this.#cancelMore = undefined;
    this.#thorough = undefined;
    const memory = this.#memories.get(0);
    if (memory !== undefined) memory.heard = undefined;
  }

  #decode(hurried: boolean): Promise<HeardResult> {
    const stands = this.#waits || this.#seen === this.#length;
    if (this.#decoded !== undefined && stands) return this.#decoded;
    this.#waits = true;
    this.#decoded = this.#parts.queue.take(() => this.#recognise(hurried));
    return this.#decoded;
  }

  /** Seeks what the trial did not, if the pause lasts; when nothing more urgent waits. */
  #seekMore(): void {
    const { clock, queue } = this.#parts;
    const length = this.#length;
    this.#cancelMore?.();
    this.#cancelMore = clock.after(MORE_AFTER_MS, () => {
      const more = async (): Promise<void> => {
        if (this.#open && this.#length === length) await this.#unhurried();
      };
      // Whoever wants the final text is told of a failure.
      queue.look(more).catch(() => undefined);
    });
  }

  #unhurried(): Promise<HeardResult> {
    this.#thorough ??= this.#recognise(false);
    return this.#thorough;
  }

  async #recognise(hurried: boolean): Promise<HeardResult> {
    this.#waits = false;
    this.#seen = this.#length;
    // Whoever left while others were decoded must not cost them more time.
    if (!this.#open) throw engineErrors.make('LEFT');
    const { moonshine, queue, clock, likely } = this.#parts;
    const end = this.#seen;
    const pcm = this.#read(0, end);
    const from = clock.monotonic();
    const result = await moonshine.recognise(pcm, likely, {
      hurried: hurried || queue.crowded,
      memory: this.#memoryFrom(0),
    });
    const { text, words, confidence } = result;
    this.#looks?.seen(end, text);
    const secondsWorking = (clock.monotonic() - from) / 1000;
    return { ...result, secondsWorking, alternatives: [{ text, words, confidence }] };
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
