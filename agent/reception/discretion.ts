import { isDestroyed, withMarks, type Hidden, type Redactor } from '../privacy/redaction.js';
import type { SecretKind } from '../privacy/redaction-settings.js';
import type { Recognised, Word } from '../speech/ports.js';
import type { HiddenSound, Side } from './held-sound.js';
import type { Recorder } from './recorder.js';

/** What is recorded of a call, as far as discretion touches it. */
export type Sound = Pick<Recorder, 'hide' | 'pause' | 'turnBegan' | 'turnDecided' | 'turnDropped'>;

/** A conversation of which no sound is kept. */
export const NO_SOUND: Sound = {
  hide: () => () => undefined,
  pause: () => undefined,
  turnBegan: () => undefined,
  turnDecided: () => undefined,
  turnDropped: () => undefined,
};

/** Where something was hidden: of that nothing is kept but kind, place and time. */
export type HidingPlace = 'text' | 'keys' | 'sound' | 'message';

/** A turn of the caller; times in milliseconds of the call. */
export interface Turn {
  readonly recognised: Recognised;
  readonly fromMs: number;
  readonly toMs: number;
}

/** A turn as it may be used and as it may be stored. */
export interface DiscreetTurn {
  /** What the conversation may know: without what is destroyed. */
  readonly known: Recognised;
  /** What may be stored in the open. */
  readonly stored: Recognised;
  /** JSON of what the policy hides and some may reveal; undefined when that is nothing. */
  readonly hidden: string | undefined;
}

/** The recogniser's audio begins so long before the turn does. */
const PREROLL_MS = 320;
/** Word times are that far off. */
const PAD_MS = 300;
/** What is played is heard a little later than it is sent. */
const TAIL_MS = 500;

/** Sees to it in one call that what may not be stored never is: in texts, keys and sound. */
export class Discretion {
  readonly #redactor: Redactor;
  readonly #sound: Sound;
  readonly #note: (kind: SecretKind, place: HidingPlace, atMs: number) => void;
  readonly #side: Side;
  /** Where the turn began that is being heard, until it ends or was none. */
  #open: number | undefined;
  /** Whether nothing may be recorded now. */
  #paused = false;

  constructor(
    redactor: Redactor,
    sound: Sound,
    note: (kind: SecretKind, place: HidingPlace, atMs: number) => void,
    side: Side = 'caller',
  ) {
    this.#side = side;
    this.#redactor = redactor;
    this.#sound = sound;
    this.#note = note;
  }

  /** The same for somebody on our side of the call, whose turns come between the caller's. */
  beside(): Discretion {
    return new Discretion(this.#redactor, this.#sound, this.#note, 'agent');
  }

  began(atMs: number): void {
    this.#open = atMs;
    this.#sound.turnBegan(atMs);
  }

  /** What was taken for a turn was none. */
  dropped(): void {
    if (this.#open !== undefined) this.#sound.turnDropped(this.#open);
    this.#open = undefined;
  }

  /** A text that still grows, as the conversation may know it. */
  partial(text: string): string {
    return withMarks(text, this.#redactor.look(text).filter(destroyed));
  }

  /** The same for people who watch; nothing while what is asked for may not be recorded. */
  growing(text: string): string {
    return this.#paused ? '' : this.#redactor.growing(text);
  }

  /** A turn is over: decides what of it is known, stored and heard again. */
  heard({ recognised, fromMs, toMs }: Turn): DiscreetTurn {
    const { text, words } = recognised;
    this.#open = undefined;
    const hidden = this.#redactor.turn(text);
    if (hidden.length === 0) {
      this.#sound.turnDecided(fromMs, []);
      return { known: recognised, stored: recognised, hidden: undefined };
    }
    const turn = { recognised, fromMs, toMs };
    this.#sound.turnDecided(fromMs, soundOf(turn, hidden, this.#side));
    for (const { kind } of hidden) {
      this.#note(kind, 'text', fromMs);
      this.#note(kind, 'sound', fromMs);
    }
    const gone = hidden.filter(destroyed);
    const kept = hidden.filter((one) => !destroyed(one));
    return {
      known: { ...recognised, text: withMarks(text, gone), words: outside(words, text, gone) },
      stored: { ...recognised, text: withMarks(text, hidden), words: outside(words, text, hidden) },
      hidden:
        kept.length === 0
          ? undefined
          : JSON.stringify(
              kept.map(({ kind, start, end }) => ({ kind, text: text.slice(start, end) })),
            ),
    };
  }

  /** A question is about to be put. */
  asks(question: string): void {
    this.#redactor.asked(question);
    this.#paused = this.#redactor.pausesFor(question);
    this.#sound.pause(this.#paused);
  }

  /**
   * We say `text` from `atMs` on. Returns what of it may be stored, and the function to tell when it
   * was heard.
   */
  says(
    text: string,
    atMs: number,
  ): { readonly stored: string; readonly heard: (endMs: number) => void } {
    const hidden = this.#redactor.look(text);
    if (hidden.length === 0) return { stored: text, heard: () => undefined };
    const end = this.#sound.hide('agent', atMs);
    for (const { kind } of hidden) this.#note(kind, 'sound', atMs);
    return {
      stored: withMarks(text, hidden),
      heard: (endMs) => {
        end(endMs + TAIL_MS);
      },
    };
  }

  /** A run of keys: whether its digits may be stored. */
  keys(digits: string, atMs: number): boolean {
    const kind = this.#redactor.keys(digits);
    if (kind !== undefined) this.#note(kind, 'keys', atMs);
    return kind === undefined;
  }

  /** How every text of the journal is to be stored; undefined for as it is. */
  get inJournal(): ((text: string) => string) | undefined {
    return this.#redactor.hidesMore
      ? (text) => withMarks(text, this.#redactor.look(text))
      : undefined;
  }

  /** A text of a message: only what is always destroyed goes, for the office needs the rest. */
  inMessage(text: string, atMs: number): string {
    const safe = this.#redactor.destroyed(text);
    if (safe !== text) this.#note('card', 'message', atMs);
    return safe;
  }
}

const destroyed = ({ kind }: Hidden): boolean => isDestroyed(kind);

type Place = Pick<Hidden, 'start' | 'end'>;

/** Where each word stands in the text; undefined when words and text do not agree. */
function placed(words: readonly Word[], text: string): readonly Place[] | undefined {
  const plain = text.toLowerCase();
  let at = 0;
  const found: Place[] = [];
  for (const { word } of words) {
    const start = plain.indexOf(word.toLowerCase(), at);
    if (start < 0) return undefined;
    at = start + word.length;
    found.push({ start, end: at });
  }
  return found;
}

const overlaps = (one: Place, other: Place): boolean =>
  one.start < other.end && one.end > other.start;

/** The words that are not hidden; none where it is not sure which they are. */
function outside(words: readonly Word[], text: string, hidden: readonly Hidden[]): readonly Word[] {
  const places = placed(words, text);
  if (places === undefined) return [];
  return words.filter((_, index) => {
    const place = places[index];
    return place !== undefined && !hidden.some((one) => overlaps(place, one));
  });
}

/** The sound of what is hidden; of the whole turn where the times of its words are not known. */
function soundOf(
  { recognised: { text, words }, fromMs, toMs }: Turn,
  hidden: readonly Hidden[],
  side: Side,
): readonly HiddenSound[] {
  const whole = [{ side, fromMs: fromMs - PREROLL_MS, toMs: toMs + PAD_MS }];
  const places = placed(words, text);
  if (
    places === undefined ||
    words.length === 0 ||
    words.some(({ estimated }) => estimated === true)
  )
    return whole;
  const start = fromMs - PREROLL_MS;
  return hidden.flatMap((one): readonly HiddenSound[] => {
    const inside = words.filter((_, index) => {
      const place = places[index];
      return place !== undefined && overlaps(place, one);
    });
    const [first, last] = [inside[0], inside.at(-1)];
    if (first === undefined || last === undefined) return whole;
    const fromWord = start + first.start * 1000 - PAD_MS;
    return [{ side, fromMs: fromWord, toMs: start + last.end * 1000 + PAD_MS }];
  });
}
