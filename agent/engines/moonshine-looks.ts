import { samplesIn } from '../audio/frame.js';
import type { Pcm } from '../audio/frame.js';
import { rmsDbfs } from '../audio/level.js';

/** Speech that is never longer unseen, as long as the worker keeps up. */
const LOOK_MS = 1000;
/** In a pause a trial is about to decode all of it, which spares the look: it is waited for so long. */
const TRIAL_WITHIN_MS = 400;
const PAUSE_MS = 100;
/** A pause is so much quieter than the loudest moment, in dB. */
const PAUSE_DB = 20;
/** From a pause after so much on, what came before is not decoded again: a look must stay cheap. */
const SETTLED_MS = 4000;
/** The same where there is no pause, unless looks have to wait so long for one another. */
const SETTLED_ANYWAY_MS = 8000;
const CROWDED_MS = 300;
/** Before this nothing is said of an utterance. */
const LEAST_MS = 300;

/** What looking needs of its utterance. */
export interface LooksParts {
  /** Samples `from` to `to` of the utterance. */
  read(from: number, to: number): Pcm;
  /** Decodes when nothing more urgent waits; takes the audio, from sample `from` on, only then. */
  decode(pcm: () => Pcm, from: number): Promise<string>;
  /** Takes the text so far. */
  partial(text: string): void;
}

/**
 * Text of an utterance while it goes on, of an engine that only decodes whole pieces: once a second what
 * is not settled is decoded anew; one look at a time, so that the rate falls when the worker has much to do.
 */
export class Looks {
  readonly #parts: LooksParts;
  #end = 0;
  #looked = 0;
  #settled = 0;
  #settledText = '';
  #loudest = -Infinity;
  #underWay = false;
  #over = false;

  constructor(parts: LooksParts) {
    this.#parts = parts;
  }

  /** Told after each piece of audio; the utterance has `end` samples now. */
  heard(end: number): void {
    this.#end = end;
    if (this.#over || this.#underWay || end < samplesIn(LEAST_MS)) return;
    const pause = this.#atPause(end);
    const fresh = end - this.#looked;
    if (fresh >= samplesIn(pause ? LOOK_MS + TRIAL_WITHIN_MS : LOOK_MS)) void this.#look(pause);
  }

  /** All of the first `end` samples, up to a pause, was decoded for another reason, which spares a look. */
  seen(end: number, text: string): void {
    if (this.#over) return;
    this.#looked = Math.max(this.#looked, end);
    if (text === '') return;
    this.#settle(end, text, SETTLED_MS);
    this.#parts.partial(text);
  }

  /** Whether nobody wants to know any more what was said so far. */
  get isOver(): boolean {
    return this.#over;
  }

  /** The turn is over: no more is told. */
  stop(): void {
    this.#over = true;
  }

  /** What was heard up to `end` is not decoded again if it is as long as `leastMs`. */
  #settle(end: number, text: string, leastMs: number): void {
    if (end - this.#settled < samplesIn(leastMs)) return;
    this.#settled = end;
    this.#settledText = text;
  }

  #atPause(end: number): boolean {
    const level = rmsDbfs(this.#parts.read(end - samplesIn(PAUSE_MS), end));
    this.#loudest = Math.max(this.#loudest, level);
    return level < this.#loudest - PAUSE_DB;
  }

  async #look(pause: boolean): Promise<void> {
    this.#underWay = true;
    const asked = this.#end;
    const from = this.#settled;
    try {
      const text = await this.#parts.decode(() => {
        this.#looked = this.#end;
        return this.#parts.read(from, this.#end);
      }, from);
      // What was decoded for another reason meanwhile told more.
      if (this.#over || this.#settled !== from) return;
      const end = this.#looked;
      const all = [this.#settledText, text].filter((part) => part !== '').join(' ');
      const crowded = end - asked >= samplesIn(CROWDED_MS);
      const cut = (pause && end === asked) || crowded;
      this.#settle(end, all, cut ? SETTLED_MS : SETTLED_ANYWAY_MS);
      if (all !== '') this.#parts.partial(all);
    } catch {
      // The utterance ended while it waited; the final text says what was heard.
    } finally {
      this.#underWay = false;
    }
  }
}
