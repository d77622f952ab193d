import { findSlots } from '../understanding/slots/slots.js';
import type { SlotContext } from '../understanding/slots/value.js';
import { standingOf } from '../understanding/slots/phone-rules.js';
import { digitRuns, type DigitRun } from './redaction-digits.js';
import { STILL_ASKED, ToldGroups, withoutGroups } from './redaction-groups.js';
import * as numbers from './redaction-numbers.js';
import type { RedactionSettings, SecretKind } from './redaction-settings.js';
import { announcements, ASKED, type Announced } from './redaction-words.js';

/** A part of a text that may not be stored in the open. */
export interface Hidden {
  readonly kind: SecretKind;
  /** Half-open range of UTF-16 units in the text as it was heard. */
  readonly start: number;
  readonly end: number;
}

/** Which of them are destroyed, and which are hidden but kept for those who may reveal them. */
export const isDestroyed = (kind: SecretKind): boolean =>
  kind !== 'dob' && kind !== 'email' && kind !== 'phone';

/** What stands where something was hidden. */
const MARKS: Readonly<Record<SecretKind, string>> = {
  card: '[card number]',
  insurance: '[insurance number]',
  'national-id': '[identity number]',
  bank: '[account number]',
  dob: '[date of birth]',
  email: '[e-mail address]',
  phone: '[telephone number]',
};

/** What stands in the place of a card number. */
export const CARD_MARK = MARKS.card;

/** Replaces what is hidden by marks. */
export function withMarks(text: string, hidden: readonly Hidden[]): string {
  return [...hidden]
    .sort((one, other) => other.start - one.start)
    .reduce(
      (whole, { kind, start, end }) => `${whole.slice(0, start)}${MARKS[kind]}${whole.slice(end)}`,
      text,
    );
}

/** Digits of less than this are hidden only where the words announce them. */
const LEAST_ANNOUNCED = 3;
/** So many turns after the words that announce digits the digits may still come. */
const TURNS = 2;
/** So many digits of a text that still grows are no number that has to be hidden. */
const SHOWN_DIGITS = 4;
/** With its area code a telephone number has at least as many digits, and without it as many. */
const LEAST_WHOLE_PHONE = 10;
const LEAST_PHONE = 7;

const SSN = /(?<!\d)\d{3}[- ]\d{2}[- ]\d{4}(?!\d)/gu;
const NINO = /(?<!\p{L})[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D](?!\p{L})/giu;
const IBAN = /(?<![\p{L}\d])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}/giu;
const EMAIL = /[^\s@,;]+@[^\s@,;]+\.\p{L}{2,}/giu;
const DOB_WRITTEN =
  /(?<!\d)\d{1,2}\. ?(?:\d{1,2}\.|\p{L}+) ?(?:19|20)\d{2}(?!\d)|(?:19|20)?\d{2}년 ?\d{1,2}월 ?\d{1,2}일/giu;

/** Finds what one caller says or keys that may not be stored; remembers what was announced. */
export class Redactor {
  readonly #settings: RedactionSettings;
  readonly #context: () => SlotContext;
  #announced: { readonly kind: Announced; readonly turns: number } | undefined;
  readonly #groups = new ToldGroups();

  constructor(settings: RedactionSettings, context: () => SlotContext) {
    this.#settings = settings;
    this.#context = context;
  }

  /** A question was asked: `card_number`, `phone`, …. */
  asked(question: string): void {
    const kind = ASKED[question];
    this.#groups.asked(question);
    if (kind !== undefined) this.#announced = { kind, turns: TURNS };
    else if (!STILL_ASKED.has(question)) this.#announced = undefined;
  }

  /** Whether nothing may be recorded while the answer to `question` is given. */
  pausesFor(question: string): boolean {
    return this.#settings.pauseWhileAsking.includes(question);
  }

  /** What of a turn may not be stored. Pure but for what later turns have to do with it. */
  turn(text: string): readonly Hidden[] {
    const found = this.look(text);
    const { country, language } = this.#context();
    const card = found.find(({ kind }) => kind === 'card');
    this.#groups.turn(
      text,
      digitRuns(text, language),
      card,
      (digits) => standingOf(digits, false, country) === 'valid',
    );
    const last = announcements(text, this.#context().language).at(-1)?.kind;
    if (last !== undefined)
      this.#announced = last === 'phone' ? undefined : { kind: last, turns: TURNS };
    else if (this.#announced !== undefined) this.#age(this.#announced);
    return found;
  }

  /** Texts of earlier turns that turned out, by the latest, to be the beginning of a card number. */
  get reached(): readonly string[] {
    return this.#groups.reached;
  }

  /** Whether turns before may still turn out to be the beginning of a number. */
  get waits(): boolean {
    return this.#groups.open.length > 0;
  }

  /** Whether the latest turn, of this text, is one of them. */
  mayContinue(text: string): boolean {
    return this.#groups.open.at(-1) === text;
  }

  /** They cannot any more: it is too long ago. */
  forget(): void {
    this.#groups.forget();
  }

  /** `text` with `mark` in the place of digits that were told as `groups` in turns of their own. */
  without(text: string, groups: readonly string[], mark: string): string {
    return withoutGroups(text, groups, mark, this.#context().language);
  }

  /** The same for a text that stands alone or goes on growing: nothing is remembered. */
  look(text: string): readonly Hidden[] {
    return merged([...this.#find(text, this.#announced?.kind), ...this.#continued(text)]);
  }

  /** A text that still grows, for people who watch: digits wait until it is known what they are. */
  growing(text: string): string {
    const hidden = this.look(text);
    const waiting = digitRuns(text, this.#context().language)
      .filter(({ digits }) => digits.length > SHOWN_DIGITS)
      .filter((run) => !hidden.some(({ start, end }) => run.start < end && run.end > start));
    const parts = [
      ...hidden.map(({ kind, start, end }) => ({ start, end, mark: MARKS[kind] })),
      ...waiting.map(({ start, end }) => ({ start, end, mark: '…' })),
    ].sort((one, other) => other.start - one.start);
    return parts.reduce(
      (whole, { start, end, mark }) => `${whole.slice(0, start)}${mark}${whole.slice(end)}`,
      text,
    );
  }

  /** The text without what is always destroyed, whatever was announced before. */
  destroyed(text: string): string {
    return withMarks(
      text,
      this.#find(text, undefined).filter(({ kind }) => isDestroyed(kind)),
    );
  }

  /** Whether the policy hides more than what is always destroyed. */
  get hidesMore(): boolean {
    return this.#settings.hide.length > 0;
  }

  /** Whether keyed digits may be stored. */
  keys(digits: string): SecretKind | undefined {
    if (this.#announced !== undefined && digits.length >= LEAST_ANNOUNCED)
      return this.#announced.kind;
    const run = { digits, start: 0, end: digits.length, letter: '' };
    return ofDigits(run, this.#context().country);
  }

  #continued(text: string): readonly Hidden[] {
    const range = this.#groups.continued(text, digitRuns(text, this.#context().language));
    return range === undefined ? [] : [{ kind: 'card', ...range }];
  }

  #age({ kind, turns }: { readonly kind: Announced; readonly turns: number }): void {
    this.#announced = turns > 1 ? { kind, turns: turns - 1 } : undefined;
  }

  #find(text: string, before: Announced | undefined): readonly Hidden[] {
    const context = this.#context();
    const said = announcements(text, context.language);
    const announcedAt = (place: number): Announced | undefined => {
      const last = said.findLast(({ at }) => at < place)?.kind ?? before;
      return last === 'phone' ? undefined : last;
    };
    const runs = digitRuns(text, context.language);
    const always = runs.flatMap((run): Hidden[] => {
      const kind = ofDigits(run, context.country) ?? ofWords(run, announcedAt(run.start), context);
      const start = run.letter === '' || kind !== 'insurance' ? run.start : run.start - 2;
      return kind === undefined ? [] : [{ kind, start: Math.max(0, start), end: run.end }];
    });
    return merged([
      ...always,
      ...matches(text, SSN, 'national-id'),
      ...matches(text, NINO, 'national-id'),
      ...matches(text, IBAN, 'bank').filter(({ start, end }) =>
        numbers.isIban(text.slice(start, end)),
      ),
      ...this.#byPolicy(text, context, runs),
    ]);
  }

  #byPolicy(text: string, context: SlotContext, runs: readonly DigitRun[]): readonly Hidden[] {
    const { hide } = this.#settings;
    if (hide.length === 0) return [];
    const slots = findSlots(text, context);
    const found: Hidden[] = [];
    for (const kind of hide) {
      const heard = slots[kind]?.heard;
      const start = heard === undefined ? -1 : text.indexOf(heard);
      if (heard !== undefined && start >= 0) found.push({ kind, start, end: start + heard.length });
    }
    if (hide.includes('email')) found.push(...matches(text, EMAIL, 'email'));
    if (hide.includes('dob')) found.push(...matches(text, DOB_WRITTEN, 'dob'));
    if (hide.includes('phone')) {
      const numbersSaid = runs.filter(({ digits }) => digits.length >= LEAST_PHONE);
      found.push(...numbersSaid.map(({ start, end }) => ({ kind: 'phone' as const, start, end })));
    }
    return found;
  }
}

/** What a run of digits is because the words before it say so. */
function ofWords(
  { digits }: DigitRun,
  announced: Announced | undefined,
  { country }: SlotContext,
): Announced | undefined {
  if (announced === undefined || digits.length < LEAST_ANNOUNCED) return undefined;
  // A card has more digits: this is where to call back about it.
  const phone = announced === 'card' && digits.length >= LEAST_WHOLE_PHONE;
  return phone && standingOf(digits, false, country) === 'valid' ? undefined : announced;
}

/** What a run of digits is by itself. */
function ofDigits({ digits, letter }: DigitRun, country: string): SecretKind | undefined {
  if (numbers.isRrn(digits)) return 'national-id';
  if (numbers.isCard(digits)) return 'card';
  if (letter !== '' && numbers.isKvnr(letter, digits)) return 'insurance';
  // Numbers that are dialled in Germany begin with a nought.
  if (country.toUpperCase() === 'DE' && numbers.isSteuerId(digits)) return 'national-id';
  return undefined;
}

const matches = (text: string, pattern: RegExp, kind: SecretKind): readonly Hidden[] =>
  [...text.matchAll(pattern)].map(({ index, 0: { length } }) => ({
    ...{ kind, start: index },
    end: index + length,
  }));

/** Ranges that overlap become one, of the kind that is destroyed if either is. */
function merged(found: readonly Hidden[]): readonly Hidden[] {
  const sorted = [...found].sort((one, other) => one.start - other.start || other.end - one.end);
  const whole: Hidden[] = [];
  for (const one of sorted) {
    const last = whole.at(-1);
    if (last === undefined || one.start >= last.end) {
      whole.push(one);
      continue;
    }
    const kind = isDestroyed(last.kind) || !isDestroyed(one.kind) ? last.kind : one.kind;
    whole[whole.length - 1] = { kind, start: last.start, end: Math.max(last.end, one.end) };
  }
  return whole;
}

/** Applies `change` to every text in plain data. */
export function inEveryText<Value>(value: Value, change: (text: string) => string): Value {
  if (typeof value === 'string') return change(value) as Value;
  if (Array.isArray(value)) return value.map((one) => inEveryText<unknown>(one, change)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [
    key,
    inEveryText<unknown>(one, change),
  ]);
  return Object.fromEntries(entries) as Value;
}
