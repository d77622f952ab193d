import { FRAME_MS, type Pcm } from '../audio/frame.js';
import type { Log } from '../log.js';
import type { Recognised, Recogniser, Utterance } from '../speech/ports.js';
import type { Completeness } from '../speech/completeness.js';
import { likelyFor, type Expectation } from '../speech/expectations.js';
import { completenessOfTrial } from '../speech/trial.js';
import { oneLine } from '../errors.js';

/** What was heard, or another reading of it that answers what was asked. */
export type Choose = (heard: Recognised, asked: Expectation | undefined) => Recognised;

/** A frame of the line, and the line time at which it starts. */
export interface PlacedFrame {
  readonly pcm: Pcm;
  readonly atMs: number;
}

export interface SpokenTurnParts {
  readonly recogniser: Recogniser;
  readonly language: string;
  /** Names of the office's directory. */
  readonly names?: readonly string[] | undefined;
  /** Chooses among what a turn may have been, by what was asked. */
  readonly choose?: Choose | undefined;
  readonly log: Log;
  /** The last frames of the line, the newest last. */
  readonly recent: readonly PlacedFrame[];
  /** What is asked at this moment. */
  readonly asked: () => Expectation | undefined;
  /** What has been said so far, while the caller goes on. */
  readonly partial: (text: string) => void;
}

/** What a turn came to. */
export interface TurnText {
  readonly recognised: Recognised;
  /** Recognition failed: what was said is not known. */
  readonly failed: boolean;
}

/** What is said piece by piece. */
const PIECEMEAL: ReadonlySet<Expectation | undefined> = new Set<Expectation>([
  ...(['number', 'birth', 'email', 'person'] as const),
]);

/** Audio kept from before speech is noticed, so that no first syllable is lost. */
export const PREROLL_MS = 320;
/** So long after the caller begins our own voice is still heard: we fall silent, and its echo comes late. */
const OVERLAP_MS = 320;
/** A turn of less than this has nothing behind the overlap. */
const AGAIN_MS = 640;

/** The words of one turn: its sound goes to the recogniser, is tried in pauses, and is a text at its end. */
export class SpokenTurn {
  readonly #parts: SpokenTurnParts;
  /** Line time at which the caller began. */
  readonly fromMs: number;
  /** Line time at which the caller went on last. */
  #resumedMs: number;
  /** Line time up to which the recogniser has been given audio. */
  #givenToMs: number;
  /** Silence that follows is held back, so that a trial's result still stands at the end. */
  #trailing = false;
  /** What the last trial made of the turn so far. */
  #trial: Recognised | undefined;
  /** The last trial, if it holds all that was asked, so that nothing better need be sought at the turn's end. */
  #whole: Recognised | undefined;
  #utterance: Utterance | undefined;

  constructor(parts: SpokenTurnParts, fromMs: number, prerollMs: number) {
    this.#parts = parts;
    this.fromMs = fromMs;
    this.#resumedMs = fromMs;
    this.#givenToMs = Math.max(0, fromMs - prerollMs);
    this.#utterance = this.#listen();
    this.#give();
  }

  /** There is a new frame in the line's last ones. */
  follow(): void {
    if (!this.#trailing) this.#give();
  }

  /** The caller goes on at `fromMs`, after a pause. */
  resume(fromMs: number): void {
    this.#trailing = false;
    this.#resumedMs = fromMs;
    this.#whole = undefined;
    if (this.#trial !== undefined && isEmpty(this.#trial)) this.#startAfresh(fromMs);
    this.#give();
  }

  /**
   * The caller pauses: what has been said so far, and how complete that is. Undefined if the caller went on, or the
   * turn ended, before it was known. `now` tells of the line at that moment: whether what is heard may be an echo,
   * and the line time at which the caller spoke last.
   */
  async tried(
    now: () => { readonly mayEcho: boolean; readonly lastSpeechMs: number },
  ): Promise<{ readonly text: string; readonly completeness: Completeness } | undefined> {
    this.#trailing = true;
    const utterance = this.#utterance;
    const resumedMs = this.#resumedMs;
    if (utterance === undefined) return undefined;
    try {
      const heard = await utterance.speculate();
      const trial = this.#chosen(heard);
      if (this.#utterance !== utterance || !this.#isTrailing()) return undefined;
      const { mayEcho, lastSpeechMs } = now();
      const completeness = completenessOfTrial({
        ...{ trial, before: this.#trial, asked: this.#parts.asked(), mayEcho },
        spokenMs: lastSpeechMs - this.#resumedMs,
      });
      if (!isEmpty(trial) || this.#trial === undefined) this.#trial = trial;
      // A trial that comes late may lack what was said since.
      const stands = resumedMs === this.#resumedMs;
      if (stands && heard.provisional === true && trial.provisional === false) this.#whole = trial;
      return { text: trial.text, completeness };
    } catch (error) {
      this.#parts.log.warn('trial decoding failed', { reason: oneLine(error) });
      return undefined;
    }
  }

  /** The turn is over at `toMs`: its text. `echoes` says whether our own voice comes back on this line now. */
  async finish(toMs: number, echoes: () => boolean): Promise<TurnText> {
    const utterance = this.#utterance;
    this.#utterance = undefined;
    const { recognised, failed } = await this.#text(utterance, toMs, echoes);
    // A sound at the end ("uh") can make the whole unclear, and a busy recogniser come too late.
    if (!isEmpty(recognised) || this.#trial === undefined || isEmpty(this.#trial)) {
      return { recognised, failed };
    }
    return { recognised: this.#trial, failed: false };
  }

  /** The line is gone in the middle of the turn: what was said of it. Undefined if that is not known. */
  async last(): Promise<{ recognised: Recognised; fromMs: number; toMs: number } | undefined> {
    const utterance = this.#utterance;
    this.#utterance = undefined;
    if (utterance === undefined) return undefined;
    const times = { fromMs: this.fromMs, toMs: this.#givenToMs };
    try {
      return { recognised: await utterance.finish(), ...times };
    } catch (error) {
      this.#failed(error);
      return undefined;
    }
  }

  /** It was no turn: nothing is told of it any more. */
  cancel(): void {
    this.#utterance?.cancel();
    this.#utterance = undefined;
  }

  async #text(
    utterance: Utterance | undefined,
    toMs: number,
    echoes: () => boolean,
  ): Promise<TurnText> {
    let recognised: Recognised = NO_WORDS;
    try {
      if (this.#whole !== undefined) {
        recognised = this.#whole;
        utterance?.cancel();
      } else if (utterance !== undefined) recognised = this.#chosen(await utterance.finish());
      const again = isEmpty(recognised) && echoes() && Math.round(toMs - this.fromMs) >= AGAIN_MS;
      return {
        recognised: again ? await this.#again(this.fromMs + OVERLAP_MS) : recognised,
        failed: false,
      };
    } catch (error) {
      this.#failed(error);
      return { recognised, failed: true };
    }
  }

  #listen(): Utterance {
    const { recogniser, language, names, asked, partial } = this.#parts;
    const settings = { language, ...likelyFor(language, asked(), names) };
    const utterance = recogniser.listen(settings, (text) => {
      if (this.#utterance === utterance) partial(text);
    });
    return utterance;
  }

  /** What came before was no words ("um"), and would only make the words that come unclear. */
  #startAfresh(fromMs: number): void {
    // Digits and letters that were not understood may be, with those that follow.
    if (PIECEMEAL.has(this.#parts.asked())) return;
    this.#utterance?.cancel();
    this.#givenToMs = fromMs - PREROLL_MS;
    this.#utterance = this.#listen();
  }

  /** Gives the utterance every frame it has not had yet. */
  #give(): void {
    const { recent } = this.#parts;
    // From behind: of six seconds of frames mostly one is new.
    const given = recent.findLastIndex(({ atMs }) => atMs < this.#givenToMs);
    for (const { pcm, atMs } of recent.slice(given + 1)) {
      this.#utterance?.push(pcm);
      this.#givenToMs = atMs + FRAME_MS;
    }
  }

  /** Hears what is kept from `fromMs` on once more, without what was mixed with our own voice. */
  async #again(fromMs: number): Promise<Recognised> {
    this.#parts.log.debug('a turn is heard again', { reason: 'echo' });
    const utterance = this.#listen();
    for (const { pcm, atMs } of this.#parts.recent) if (atMs >= fromMs) utterance.push(pcm);
    return this.#chosen(await utterance.finish());
  }

  #chosen(heard: Recognised): Recognised {
    const { choose, asked } = this.#parts;
    return choose?.(heard, asked()) ?? heard;
  }

  #failed(error: unknown): void {
    this.#parts.log.warn('recognition failed', { reason: oneLine(error) });
  }

  #isTrailing(): boolean {
    return this.#trailing;
  }
}

export const isEmpty = ({ text }: Recognised): boolean => text.trim() === '';

export const NO_WORDS: Recognised = {
  text: '',
  words: [],
  confidence: 0,
  engine: 'none',
  secondsAudio: 0,
  secondsCpu: 0,
};
