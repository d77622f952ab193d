import { isDestroyed, withMarks, type Hidden, type Redactor } from '../privacy/redaction.js';
import { STILL_ASKED } from '../privacy/redaction-groups.js';
import type { SecretKind } from '../privacy/redaction-settings.js';
import type { Recognised, Word } from '../speech/ports.js';
import type { HiddenSound, Side } from './held-sound.js';
import type { Recorder } from './recorder.js';
import { Undecided, type Settled } from './undecided.js';

/** What is recorded of a call, as far as discretion touches it. */
export type Sound = Pick<
  Recorder,
  'hide' | 'pause' | 'turnBegan' | 'turnDecided' | 'turnDropped' | 'turnWaits'
>;

/** A conversation of which no sound is kept. */
export const NO_SOUND: Sound = {
  hide: () => () => undefined,
  pause: () => undefined,
  turnBegan: () => undefined,
  turnDecided: () => undefined,
  turnDropped: () => undefined,
  turnWaits: () => undefined,
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
  /**
   * Only where it may be the beginning of a number that is told over several turns: nothing of it is
   * stored before the function given is told what may be.
   */
  readonly settled?: ((then: (kept: Kept) => void) => void) | undefined;
}

/** What may be stored of a turn. */
export type Kept = Pick<DiscreetTurn, 'stored' | 'hidden'>;

/** What we say, as it may be stored. */
export interface DiscreetSaying {
  readonly stored: string;
  /** To be told when it was heard. */
  readonly heard: (endMs: number) => void;
  /** As with a turn: where it says again what is not decided yet. */
  readonly settled?: ((then: (stored: string) => void) => void) | undefined;
}

/** The recogniser's audio begins so long before the turn does. */
export const PREROLL_MS = 320;
/** Word times are that far off. */
export const PAD_MS = 300;
/** What is played is heard a little later than it is sent. */
const TAIL_MS = 500;

/** Sees to it in one call that what may not be stored never is: in texts, keys and sound. */
export class Discretion {
  readonly #redactor: Redactor;
  readonly #sound: Sound;
  readonly #note: (kind: SecretKind, place: HidingPlace, atMs: number) => void;
  readonly #side: Side;
  readonly #undecided: Undecided;
  /** Where the turn began that is being heard, until it ends or was none. */
  #open: number | undefined;
  /** Whether nothing may be recorded now. */
  #paused = false;

  constructor(
    redactor: Redactor,
    sound: Sound,
    note: (kind: SecretKind, place: HidingPlace, atMs: number) => void,
    side: Side = 'caller',
    undecided = new Undecided(redactor),
  ) {
    this.#side = side;
    this.#undecided = undecided;
    this.#redactor = redactor;
    this.#sound = sound;
    this.#note = note;
  }

  /** The same for somebody on our side of the call, whose turns come between the caller's. */
  beside(): Discretion {
    return new Discretion(this.#redactor, this.#sound, this.#note, 'agent', this.#undecided);
  }

  began(atMs: number): void {
    this.#open = atMs;
    this.#sound.turnBegan(atMs, this.#side);
  }

  /** What was taken for a turn was none. */
  dropped(): void {
    if (this.#open !== undefined) this.#sound.turnDropped(this.#open, this.#side);
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

  /** Whether something was said of which it is not known yet whether it may be kept. */
  get waits(): boolean {
    return this.#undecided.waits;
  }

  /** Whether the caller is speaking: what is said may decide it. */
  get listens(): boolean {
    return this.#open !== undefined;
  }

  /** Has `settled` told when that is known. */
  whenSettled(settled: Settled): void {
    this.#undecided.then(settled);
  }

  /** Nothing more came: what waits is no part of a number. */
  giveUp(): void {
    this.#redactor.forget();
    this.#undecided.settle(false);
  }

  /** The call is over. Resolves when all who waited have stored what they held. */
  close(): Promise<void> {
    this.giveUp();
    return this.#undecided.done();
  }

  /** A turn is over: decides what of it is known, stored and heard again. */
  heard(turn: Turn): DiscreetTurn {
    const { recognised, fromMs } = turn;
    this.#open = undefined;
    const hidden = this.#redactor.turn(recognised.text);
    if (this.#redactor.reached.length > 0) this.#undecided.settle(true);
    if (!this.#redactor.waits) this.#undecided.settle(false);
    if (!this.#redactor.mayContinue(recognised.text)) return this.#decide(turn, hidden);
    this.#sound.turnWaits(fromMs, this.#side);
    const known = { ...recognised, text: withMarks(recognised.text, hidden.filter(destroyed)) };
    let kept: Kept | undefined;
    let then: ((kept: Kept) => void) | undefined;
    this.#undecided.hold(recognised.text, (card) => {
      kept = card ? this.#destroy(turn) : this.#decide(turn, hidden);
      then?.(kept);
    });
    return {
      ...{ known, hidden: undefined },
      stored: { ...recognised, text: this.#undecided.hide(recognised.text), words: [] },
      settled: (told) => {
        if (kept === undefined) then = told;
        else told(kept);
      },
    };
  }

  /** What is hidden in a turn that stands for itself. */
  #decide(turn: Turn, hidden: readonly Hidden[]): DiscreetTurn {
    const { recognised, fromMs } = turn;
    const { text, words } = recognised;
    const sound = hidden.length === 0 ? [] : soundOf(turn, hidden, this.#side);
    this.#sound.turnDecided(fromMs, sound, this.#side);
    if (hidden.length === 0) return { known: recognised, stored: recognised, hidden: undefined };
    this.#noteAll(hidden, fromMs);
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

  /** A turn that turned out to be a part of a card number: nothing of it is left, nor of its sound. */
  #destroy({ recognised, fromMs, toMs }: Turn): Kept {
    const side = this.#side;
    const hidden = [{ side, fromMs: fromMs - PREROLL_MS, toMs: toMs + PAD_MS }];
    this.#sound.turnDecided(fromMs, hidden, side);
    this.#noteAll([{ kind: 'card' }], fromMs);
    const text = this.#undecided.hide(recognised.text);
    return { stored: { ...recognised, text, words: [] }, hidden: undefined };
  }

  #noteAll(hidden: readonly Pick<Hidden, 'kind'>[], atMs: number): void {
    for (const { kind } of hidden) {
      this.#note(kind, 'text', atMs);
      this.#note(kind, 'sound', atMs);
    }
  }

  /** A question is about to be put. */
  asks(question: string): void {
    this.#redactor.asked(question);
    // Whoever is waited for answers the question before it, of which nothing may be recorded.
    if (STILL_ASKED.has(question)) return;
    this.#paused = this.#redactor.pausesFor(question);
    this.#sound.pause(this.#paused);
  }

  /** We say `text` from `atMs` on. */
  says(text: string, atMs: number): DiscreetSaying {
    const hidden = this.#redactor.look(text);
    const stored = withMarks(text, hidden);
    if (hidden.length === 0) return this.#repeats(text, atMs);
    const end = this.#sound.hide('agent', atMs);
    for (const { kind } of hidden) this.#note(kind, 'sound', atMs);
    return {
      stored: this.#undecided.hide(stored),
      heard: (endMs) => {
        end(endMs + TAIL_MS);
      },
    };
  }

  /** What we say may be what the caller said, which may be hidden yet. */
  #repeats(text: string, atMs: number): DiscreetSaying {
    const stored = this.#undecided.hide(text);
    if (stored === text) return { stored, heard: () => undefined };
    let endMs: number | undefined;
    let end: ((toMs: number) => void) | undefined;
    this.#undecided.then((card) => {
      if (!card) return;
      end = this.#sound.hide('agent', atMs);
      if (endMs !== undefined) end(endMs);
      this.#note('card', 'sound', atMs);
    });
    return {
      stored,
      heard: (toMs) => {
        endMs = toMs + TAIL_MS;
        end?.(endMs);
      },
      settled: (then) => {
        this.#undecided.then(() => {
          then(this.#undecided.hide(text));
        });
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
    const { hidesMore } = this.#redactor;
    if (!hidesMore && !this.#undecided.knows) return undefined;
    return (text) =>
      this.#undecided.hide(hidesMore ? withMarks(text, this.#redactor.look(text)) : text);
  }

  /** A text of a message: only what is always destroyed goes, for the office needs the rest. */
  inMessage(text: string, atMs: number): string {
    const safe = this.#redactor.destroyed(text);
    if (safe !== text) this.#note('card', 'message', atMs);
    return this.#undecided.hide(safe);
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
export function soundOf(
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
