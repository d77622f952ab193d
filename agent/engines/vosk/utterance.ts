import { SAMPLE_RATE, samplesIn } from '../../audio/frame.js';
import type { Pcm } from '../../audio/frame.js';
import type { RecognizeResult } from '../../speech/protocol.js';
import { engineErrors } from '../errors.js';
import { MOST_HELD_MS } from '../recognition.js';
import type { Alternative, HearListener, HeardResult, HeardUtterance } from '../recognition.js';
import { Turns } from '../service.js';
import type { CpuShares, Share } from './cpu-shares.js';
import { isMadeOf, isNamed, namedSentences } from './grammar.js';
import type { PooledRecogniser, VoskPool } from './pool.js';
import { meanConfidence, readResult } from './results.js';
import { UpperBand } from './upper-band.js';

/**
 * libvosk decodes 200 ms at a time. In just these pieces the text does not depend on how the audio
 * came, and what is asked meanwhile does not wait long.
 */
const PIECE_SAMPLES = samplesIn(200);
/** What is said of a text that only the partial result had. */
const UNSURE = 0.5;
/** Texts of the small grammar that are looked at. */
const CANDIDATES = 5;

const NOTHING: readonly [Alternative] = [{ text: '', words: [], confidence: 0 }];

type Alternatives = readonly [Alternative, ...Alternative[]];

/** What an utterance needs of its engine. */
export interface UtteranceParts {
  readonly engine: string;
  readonly pool: VoskPool;
  readonly cpu: CpuShares;
  /** What is likely to be said; empty when nothing is expected. */
  readonly phrases: readonly string[];
  /** Names that are likely anywhere in what is said. */
  readonly names: readonly string[];
  /** A grammar of the phrases and one text more; undefined when the model knows none of them. */
  readonly grammarWith: (text: string) => string | undefined;
  /** Alternatives to give; 0 for one with word confidences. */
  readonly alternatives: number;
}

/** One utterance on one recogniser of the pool, decoded as it comes. */
export class VoskUtterance implements HeardUtterance {
  readonly #parts: UtteranceParts;
  readonly #listener: HearListener;
  /** Lent with the first audio that is decoded. */
  #recogniser: Promise<PooledRecogniser> | undefined;
  readonly #turns = new Turns();
  readonly #band = new UpperBand();
  readonly #share: Share = { seconds: 0 };
  #queue: Pcm[] = [];
  #queued = 0;
  /** Where something is expected: what was decoded so far. */
  readonly #held: Pcm[] = [];
  #decoded = 0;
  #since = 0;
  #partial = '';
  #over = false;
  #failed = false;
  #final: Promise<HeardResult> | undefined;

  constructor(parts: UtteranceParts, listener: HearListener) {
    this.#parts = parts;
    this.#listener = listener;
  }

  push(pcm: Pcm): void {
    if (this.#over || this.#final !== undefined) return;
    this.#queue.push(pcm);
    this.#queued += pcm.length;
    while (this.#queued > samplesIn(MOST_HELD_MS)) {
      this.#queued -= this.#queue.shift()?.length ?? this.#queued;
    }
    if (this.#queued >= PIECE_SAMPLES) void this.#turn(() => this.#decode(PIECE_SAMPLES));
  }

  /** The text is up to date; the words, where there are any yet, lag behind it. */
  speculate(): Promise<RecognizeResult> {
    if (this.#final !== undefined) return this.#final;
    return this.#asked(async () => {
      await this.#decode(1);
      const recogniser = await this.#recogniser;
      if (recogniser === undefined) return { ...this.#resultOf(NOTHING), provisional: true };
      const [best] = await this.#read(recogniser.handle.partial(false));
      const [{ words }] = await this.#read(recogniser.handle.partial(true));
      const confidence = best.text === '' ? 0 : meanConfidence(words) || UNSURE;
      return { ...this.#resultOf([{ text: best.text, words, confidence }]), provisional: true };
    });
  }

  finish(): Promise<HeardResult> {
    this.#final ??= this.#asked(async () => {
      await this.#decode(1);
      const recogniser = await this.#recogniser;
      if (recogniser === undefined) return this.#resultOf(NOTHING);
      const read = await this.#read(recogniser.finalResult());
      const free = this.#saved(read);
      if (!this.#helped) return this.#resultOf(free);
      // Whoever waits for a second recogniser must not hold a first one: all might do so at once.
      this.#recogniser = undefined;
      await this.#parts.pool.release(recogniser, false);
      const expected = await this.#expected(free[0].text).catch(() => undefined);
      return this.#resultOf(expected === undefined ? free : [expected, ...free]);
    }).finally(() => {
      this.#end();
    });
    return this.#final;
  }

  cancel(): void {
    this.#queue = [];
    this.#queued = 0;
    this.#end();
  }

  /** Whether anything is expected. */
  get #helped(): boolean {
    const { phrases, names } = this.#parts;
    return phrases.length > 0 || names.length > 0;
  }

  async #take(): Promise<PooledRecogniser> {
    const recogniser = await this.#parts.pool.take(undefined);
    this.#since = recogniser.secondsFed;
    await recogniser.handle.setAlternatives(this.#parts.alternatives);
    return recogniser;
  }

  /** Runs `job` in its turn; what fails is remembered for whoever asks. */
  #turn(job: () => Promise<void>): Promise<void> {
    return this.#turns.take(job).catch(() => {
      this.#failed = true;
    });
  }

  #asked<Result>(job: () => Promise<Result>): Promise<Result> {
    return this.#turns.take(async () => {
      if (this.#over) throw engineErrors.make('LEFT');
      if (this.#failed) throw engineErrors.make('DECODING');
      try {
        return await job();
      } catch (error) {
        this.#failed = true;
        throw error;
      }
    });
  }

  /** Decodes what is queued, while that is at least `least` samples. */
  async #decode(least: number): Promise<void> {
    while (this.#queued >= least && !this.#over) {
      this.#recogniser ??= this.#take();
      const recogniser = await this.#recogniser;
      // Cancelled while it waited for a recogniser.
      if (this.#queued === 0) return;
      const pcm = this.#band.fill(this.#next());
      this.#decoded += pcm.length;
      if (this.#helped) this.#held.push(pcm);
      const ended = await this.#charge(recogniser.accept(pcm));
      if (ended && this.#listener.segment !== undefined) {
        const read = await this.#read(recogniser.result());
        this.#partial = '';
        if (read[0].text !== '') this.#listener.segment(this.#resultOf(read));
      } else {
        const [{ text }] = await this.#read(recogniser.handle.partial(false));
        this.#partial = text;
        this.#listener.partial?.(text);
      }
    }
  }

  async #read(json: Promise<string>): Promise<Alternatives> {
    const text = await this.#charge(json);
    return readResult(text, { since: this.#since, unknown: false });
  }

  /**
   * A lattice that was pruned away leaves an empty final result after good partial ones. A single
   * word is not good: noise and silence bring such and rightly lose them.
   */
  #saved(read: Alternatives): Alternatives {
    if (read[0].text !== '' || !this.#partial.includes(' ')) return read;
    return [{ text: this.#partial, words: [], confidence: UNSURE }];
  }

  /**
   * The expected phrases that were said, if some are nearly as likely as the text that was heard freely:
   * both compete in one small grammar, and what stays within the lattice's beam is near enough. A
   * grammar of expected phrases alone cannot tell that something else was said: the Korean model's
   * unknown word hardly ever wins, and a sentence becomes a confident "no".
   */
  async #expected(heard: string): Promise<Alternative | undefined> {
    const { pool, phrases, names, grammarWith, cpu } = this.#parts;
    const fits = (text: string): boolean => isMadeOf(text, phrases) || isNamed(text, heard, names);
    if (heard === '' || fits(heard)) return undefined;
    // Most sentences have nothing that is like a name: they are not decoded again.
    if (phrases.length === 0 && namedSentences(heard, names).length === 0) return undefined;
    const grammar = grammarWith(heard);
    if (grammar === undefined) return undefined;
    const recogniser = await pool.take(grammar);
    let failed = true;
    try {
      const since = recogniser.secondsFed;
      const json = await cpu.charge(this.#share, async () => {
        await recogniser.handle.setAlternatives(CANDIDATES);
        for (const pcm of this.#held) await recogniser.accept(pcm);
        return recogniser.finalResult();
      });
      failed = false;
      const candidates = readResult(json, { since, unknown: true });
      const said = candidates.find(({ text }) => fits(text));
      return said === undefined ? undefined : { ...said, confidence: UNSURE };
    } finally {
      void pool.release(recogniser, failed);
    }
  }

  #resultOf(alternatives: readonly Alternative[]): HeardResult {
    const [best] = alternatives;
    return {
      text: best?.text ?? '',
      words: best?.words ?? [],
      confidence: best === undefined || best.text === '' ? 0 : Math.min(1, best.confidence),
      engine: this.#parts.engine,
      secondsAudio: this.#decoded / SAMPLE_RATE,
      secondsCpu: this.#share.seconds,
      alternatives,
    };
  }

  #charge<Result>(job: Promise<Result>): Promise<Result> {
    return this.#parts.cpu.charge(this.#share, () => job);
  }

  /** Gives the recogniser back once what is under way has ended. */
  #end(): void {
    if (this.#over) return;
    this.#over = true;
    void this.#turn(async () => {
      const recogniser = await this.#recogniser;
      if (recogniser !== undefined) await this.#parts.pool.release(recogniser, this.#failed);
    });
  }

  #next(): Pcm {
    const pcm = new Int16Array(Math.min(this.#queued, PIECE_SAMPLES));
    for (let at = 0; at < pcm.length;) {
      const piece = this.#queue[0] ?? new Int16Array(0);
      const part = piece.subarray(0, pcm.length - at);
      pcm.set(part, at);
      at += part.length;
      if (part.length === piece.length) this.#queue.shift();
      else this.#queue[0] = piece.subarray(part.length);
    }
    this.#queued -= pcm.length;
    return pcm;
  }
}
