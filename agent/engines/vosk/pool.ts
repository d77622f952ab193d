import { SAMPLE_RATE } from '../../audio/frame.js';
import type { Pcm } from '../../audio/frame.js';
import { engineErrors } from '../errors.js';
import type { VoskHandle, VoskModel } from './library.js';

/** A recogniser in the pool, and what must be known of it to lend it to the next utterance. */
export class PooledRecogniser {
  readonly handle: VoskHandle;
  grammar: string | undefined;
  /** Samples since it was made: its word times count from there. */
  #fed = 0;
  #state: 'fresh' | 'running' | 'endpoint' | 'final' = 'fresh';

  constructor(handle: VoskHandle, grammar: string | undefined) {
    this.handle = handle;
    this.grammar = grammar;
  }

  get secondsFed(): number {
    return this.#fed / SAMPLE_RATE;
  }

  accept(pcm: Pcm): Promise<boolean> {
    this.#fed += pcm.length;
    this.#state = 'running';
    return this.handle.accept(pcm);
  }

  result(): Promise<string> {
    this.#state = 'endpoint';
    return this.handle.result();
  }

  finalResult(): Promise<string> {
    if (this.#state === 'running') this.#state = 'final';
    return this.handle.finalResult();
  }

  /**
   * Makes it forget: only a final result gives up the feature pipeline, which has adapted to this
   * speaker and counts times. After an endpoint there is none until audio comes.
   */
  async forget(): Promise<void> {
    if (this.#state === 'endpoint') await this.accept(new Int16Array(SAMPLE_RATE / 100));
    if (this.#state === 'running') await this.finalResult();
    await this.handle.reset();
  }
}

/** What the pool tells of itself, for tests and benchmarks. */
export interface PoolFigures {
  readonly made: number;
  readonly idle: number;
  readonly lent: number;
}

/** What a busy hour leaves behind is given back: 140 MB each. */
const MOST_IDLE = 8;

/**
 * Recognisers are kept and lent again: a fresh one costs 2.4 to 6 times the CPU of a warm one, whose
 * search graph is there already. Each holds 90 to 140 MB.
 */
export class VoskPool {
  readonly #model: VoskModel;
  readonly #most: number;
  #idle: PooledRecogniser[] = [];
  #lent = 0;
  #made = 0;
  readonly #waiting: (() => void)[] = [];
  #open = true;

  constructor(model: VoskModel, most: number) {
    this.#model = model;
    this.#most = most;
  }

  get figures(): PoolFigures {
    return { made: this.#made, idle: this.#idle.length, lent: this.#lent };
  }

  /** Lends a recogniser with `grammar`; waits while all are lent. Give it back with `release`. */
  async take(grammar: string | undefined): Promise<PooledRecogniser> {
    while (this.#lent >= this.#most) {
      await new Promise<void>((go) => this.#waiting.push(go));
    }
    if (!this.#open) throw engineErrors.make('LEFT');
    this.#lent += 1;
    try {
      return await this.#choose(grammar);
    } catch (error) {
      this.#returned();
      throw error;
    }
  }

  /** Takes it back; one that `failed` is not used again. */
  async release(recogniser: PooledRecogniser, failed: boolean): Promise<void> {
    const usable =
      !failed &&
      (await recogniser.forget().then(
        () => true,
        () => false,
      ));
    if (usable && this.#open && this.#idle.length < MOST_IDLE) this.#idle.push(recogniser);
    else await recogniser.handle.close();
    this.#returned();
  }

  /** Frees the idle ones and waits for those that are lent. */
  async close(): Promise<void> {
    this.#open = false;
    for (const { handle } of this.#idle.splice(0)) await handle.close();
    while (this.#lent > 0) {
      await new Promise<void>((go) => this.#waiting.push(go));
    }
  }

  async #choose(grammar: string | undefined): Promise<PooledRecogniser> {
    const same = this.#idle.findLast((one) => one.grammar === grammar);
    if (same !== undefined) return this.#without(same);
    // The whole language is what takes long to warm up: a grammar's recogniser is given another first.
    const other = this.#idle.find((one) => one.grammar !== undefined) ?? this.#idle[0];
    const full = this.#idle.length + this.#lent > this.#most;
    if (other !== undefined && (full || other.grammar !== undefined)) {
      this.#without(other);
      if (this.#model.canSetGrammar) {
        await other.handle.setGrammar(grammar ?? '[]');
        other.grammar = grammar;
        return other;
      }
      await other.handle.close();
    }
    this.#made += 1;
    return new PooledRecogniser(await this.#model.recogniser(grammar), grammar);
  }

  #without(recogniser: PooledRecogniser): PooledRecogniser {
    this.#idle = this.#idle.filter((one) => one !== recogniser);
    return recogniser;
  }

  #returned(): void {
    this.#lent -= 1;
    for (const go of this.#waiting.splice(0)) go();
  }
}
