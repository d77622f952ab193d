import type { Configuration } from '../../agent/config/schema.js';
import type { DialogueEvent, Phrase } from '../../agent/dialogue/ports.js';
import { de } from '../../agent/dialogue/prompts/de.js';
import { en, type PromptLanguage } from '../../agent/dialogue/prompts/en.js';
import { ko } from '../../agent/dialogue/prompts/ko.js';
import { phoneWords } from '../../agent/dialogue/prompts/phone-words.js';
import { WEEKDAYS } from '../../agent/understanding/settings.js';

const LANGUAGES: Readonly<Record<string, PromptLanguage>> = { de, en, ko };

const codeOf = (language: PromptLanguage): string =>
  Object.keys(LANGUAGES).find((code) => LANGUAGES[code] === language) ?? 'en';

/** Fillings that repeat what the caller told. */
const CALLERS_OWN = new Set(['reason', 'value', 'number', 'last', 'letters']);

const wordsOf = (text: string): readonly string[] =>
  text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
const lettersOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Every string anywhere in `value`. */
function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}

/** All words with which a language tells days, times and numbers. */
function calendarWords(language: PromptLanguage): ReadonlySet<string> {
  const dates = Array.from({ length: 366 }, (_, day) =>
    new Date(Date.UTC(2028, 0, 1 + day)).toISOString().slice(0, 10),
  );
  const minutes = Array.from({ length: 1441 }, (_, minute) => minute);
  return new Set(
    [
      ...minutes.flatMap((minute) => [language.time(minute), language.moment('', minute)]),
      ...(['morning', 'afternoon', 'evening'] as const).map((part) => language.dayPart(part)),
      ...minutes.map((minute) => language.ranges(Array(2).fill({ from: minute, to: minute }))),
      ...WEEKDAYS.flatMap((day) => [
        language.onDay(day),
        language.dayName(day),
        ...WEEKDAYS.map((last) => language.dayRun(day, last)),
      ]),
      ...dates.flatMap((date) => [language.onDate('monday', date), language.date(date)]),
      ...[
        language.today,
        language.tomorrow,
        language.list(['', '', '']),
        language.either(['', '']),
        language.digits('0123456789'),
        ...Object.values<string>({ ...phoneWords(codeOf(language)) }),
      ],
    ].flatMap(wordsOf),
  );
}

/**
 * Where the words of a receptionist come from. What a phrase says must be a template of the language
 * or a text of the configuration, and what fills a template must stand in the configuration, be a
 * time, a date or a number, or be the caller's own.
 */
export class Origin {
  readonly #language: PromptLanguage;
  readonly #texts: ReadonlySet<string>;
  readonly #approved: ReadonlySet<string>;
  readonly #calendar: ReadonlySet<string>;
  /** What the caller said and keyed in the call that is looked at. */
  readonly #said: string[] = [];

  constructor({ understanding, dialogue }: Pick<Configuration, 'understanding' | 'dialogue'>) {
    const language = LANGUAGES[understanding.language];
    if (language === undefined) throw new Error(understanding.language);
    this.#language = language;
    const texts = stringsIn([understanding, dialogue]).map((text) => language.spoken(text));
    this.#texts = new Set(texts);
    this.#approved = new Set(texts.flatMap(wordsOf));
    this.#calendar = calendarWords(language);
  }

  /** A call begins. */
  begin(): void {
    this.#said.length = 0;
  }

  /** What happened may be said again. */
  take(event: DialogueEvent): void {
    if (event.kind === 'heard') this.#said.push(lettersOf(event.text));
  }

  /** What of `phrase` comes from nowhere; empty when all of it has its origin. */
  faults({ prompt, fill, text }: Phrase): readonly string[] {
    const templates: Readonly<Record<string, string | undefined>> = this.#language.templates;
    const template = templates[prompt];
    if (template === undefined) {
      return this.#texts.has(text) ? [] : [`${prompt}: ${text} is no text of the office`];
    }
    const filled = template.replace(/\{(\w+)\}/gu, (_, name: string) => fill[name] ?? '');
    if (this.#language.sentence(filled) !== text) return [`${prompt}: ${text} is not its template`];
    return Object.entries(fill)
      .filter(([name, value]) => !this.#hasOrigin(name, value))
      .map(([name, value]) => `${prompt}: ${name} is ${value}`);
  }

  /** Whether the caller said `text`, in one turn or in several that follow one another. */
  wasSaid(text: string): boolean {
    let rest = lettersOf(text);
    while (rest !== '') {
      if (this.#said.some((turn) => turn.includes(rest))) return true;
      const turns = this.#said.filter((turn) => turn !== '' && rest.startsWith(turn));
      if (turns.length === 0) return false;
      rest = rest.slice(Math.max(...turns.map(({ length }) => length)));
    }
    return true;
  }

  #hasOrigin(name: string, value: string): boolean {
    if (this.#texts.has(value)) return true;
    const words = wordsOf(value);
    if (words.every((word) => this.#approved.has(word) || this.#calendar.has(word))) return true;
    // A week or a month is told as it was told.
    if (name === 'when') return this.wasSaid(value);
    if (name !== 'name' && name !== 'service' && !CALLERS_OWN.has(name)) return false;
    // A name may be put together of what was said and what was corrected.
    const parts = name === 'letters' ? value.split('. ') : value.split(' ');
    if (name !== 'reason' && parts.every((part) => this.wasSaid(part))) return true;
    return this.wasSaid(value) || this.#isDate(words) || this.#isAddress(value);
  }

  /** A date of birth as it is read back: words of the calendar and a year of four figures. */
  #isDate(words: readonly string[]): boolean {
    return words.every(
      (word) => this.#calendar.has(word) || /^(?:\d{1,2}|(?:19|20)\d{2}년?)$/u.test(word),
    );
  }

  /** An address is read back with the words that its caller may have spelled otherwise. */
  #isAddress(value: string): boolean {
    const parts = wordsOf(value).filter((word) => this.#said.some((turn) => turn.includes(word)));
    return / (?:at|ät|골뱅이) /u.test(value) && parts.length >= wordsOf(value).length - 2;
  }
}
