import type { Expectation } from '../../speech/expectations.js';
import type { Recognised, Word } from '../../speech/ports.js';
import { shareOfKnown } from './known-names.js';
import { vocabularyOf } from './languages.js';
import { likeness } from './likeness.js';
import { findSlot, type SlotContext, type SlotKind } from './slots.js';

/** What an answer to each question holds. */
const HOLDS: Readonly<Partial<Record<Expectation, SlotKind>>> = {
  number: 'phone',
  time: 'date_time',
  choice: 'date_time',
  person: 'person_name',
  birth: 'dob',
  email: 'email',
};

/** From this confidence on what was heard first is as good as any other reading. */
const ENOUGH: Readonly<Record<SlotKind, number>> = {
  phone: 0.95,
  date_time: 0.6,
  person_name: 0.4,
  dob: 0.8,
  email: 0.9,
};

/**
 * Facts of a fixed form, after which nothing better is sought if they are whole. "Tomorrow at five passed two"
 * holds a time, too, but a search finds "past".
 */
const SETTLED: ReadonlySet<SlotKind> = new Set<SlotKind>(['phone', 'dob', 'email']);

/**
 * What was heard, or another reading of the same sounds: where the first holds nothing of what was asked, or
 * nothing whole, and another does: a number that the country has, a day of the calendar, an address. What is
 * whole is not provisional any more.
 */
export function answerAmong(
  heard: Recognised,
  asked: Expectation | undefined,
  context: SlotContext,
): Recognised {
  const kind = asked === undefined ? undefined : HOLDS[asked];
  const { text: first, readings = [] } = heard;
  if (kind === undefined) return heard;
  const text = likeliestAmong(kind, [first, ...readings], context);
  const taken = text === first ? heard : { ...heard, text, words: wordsAcross(text, heard) };
  if (heard.provisional !== true) return taken;
  const isSettled = SETTLED.has(kind) && isWhole(kind, graded(kind, text, context));
  return isSettled ? { ...taken, provisional: false } : taken;
}

/** What a reading counts for. */
interface Grade {
  readonly text: string;
  /** Confidence in its fact, 0..1; 0 where it holds none. */
  readonly sure: number;
  /** How much of it is names and domains that many have, 0..1. */
  readonly known: number;
}

/** A name of this confidence was spelled: it is what the letters say, however rare. */
const SPELLED = 0.95;

/** So much confidence is made up for by words that are all known. */
const KNOWN_COUNTS = 0.2;

const countOf = ({ sure, known }: Grade): number => (sure === 0 ? 0 : sure + KNOWN_COUNTS * known);

/** Whether nothing better is to be found. */
const isWhole = (kind: SlotKind, { sure, known }: Grade): boolean =>
  sure >= ENOUGH[kind] && (known === 1 || (kind === 'person_name' && sure >= SPELLED));

/**
 * Of `texts`, likeliest first, the one that holds the surest fact of the kind; the first if that is whole.
 * Among names and addresses those win whose words are names of many people.
 */
export function likeliestAmong(
  kind: SlotKind,
  texts: readonly string[],
  context: SlotContext,
): string {
  const [first = '', ...others] = texts;
  let best = graded(kind, first, context);
  // What was not believed at all counts only if it is whole.
  const least = first === '' ? ENOUGH[kind] : 0;
  if (others.length === 0 || isWhole(kind, best)) return first;
  const more = kind === 'email' ? texts.flatMap((text) => withProviders(text, context)) : others;
  for (const text of more) {
    const grade = graded(kind, text, context);
    if (grade.sure >= least && countOf(grade) > countOf(best)) best = grade;
  }
  return best.text;
}

function graded(kind: SlotKind, text: string, context: SlotContext): Grade {
  const found = text === '' ? undefined : findSlot(kind, text, context);
  if (found === undefined) return { text, sure: 0, known: 0 };
  return { text, sure: found.confidence, known: knownShare(kind, found.value, context) };
}

function knownShare(kind: SlotKind, value: string, { language }: SlotContext): number {
  if (kind === 'person_name') return shareOfKnown(value, language);
  // A day with its time says more than the day.
  if (kind === 'date_time') return /[T ]/u.test(value) ? 1 : 0.5;
  if (kind !== 'email') return 1;
  const domain = value.split('@')[1] ?? '';
  const provider = domainsOf(language).has(domain) ? 1 : 0;
  return (shareOfKnown(value, language) + provider) / 2;
}

/** Domains at which many have their addresses. */
const domainsOf = (language: string): ReadonlySet<string> =>
  new Set(vocabularyOf(language)?.email.providers.values() ?? []);

/** A domain this like one at which many have addresses is more likely that one. */
const SAME_DOMAIN = 0.65;

/** A text, and before it the same with the provider that its domain sounds like: "mail.com" is "gmail.com". */
function withProviders(text: string, { language }: SlotContext): readonly string[] {
  const found = /(?<=@|\bat )([a-z]+)(?=(?:\.| dot )com\b)/iu.exec(text)?.[0] ?? '';
  const said = found.toLowerCase();
  const alike = [...domainsOf(language)]
    .map((domain) => domain.replace(/\.com$/u, ''))
    .map((name) => ({ name, like: likeness(name, said) }))
    .filter(({ like }) => like >= SAME_DOMAIN && like < 1)
    .toSorted((a, b) => b.like - a.like)[0];
  return said === '' || alike === undefined ? [text] : [text.replace(found, alike.name), text];
}

/** The words of a text, in the time that another reading of it took, by their letters. */
function wordsAcross(
  text: string,
  { words, confidence, secondsAudio }: Recognised,
): readonly Word[] {
  const start = words[0]?.start ?? 0;
  const span = (words.at(-1)?.end ?? secondsAudio) - start;
  const parts = text.split(' ');
  let said = 0;
  return parts.map((word) => {
    const from = start + (span * said) / text.length;
    said += word.length + 1;
    const end = start + (span * Math.min(said, text.length)) / text.length;
    return { word, start: from, end, confidence, estimated: true };
  });
}
