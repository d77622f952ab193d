import type { TakenMessage, Told } from '../ports.js';
import type { Wish } from './journal.js';
import type { Urgency } from './record.js';
import { asPeopleWrite } from './when.js';
import { summaryWords, type SummaryWords } from './words.js';

/** What a summary is made of. */
export interface SummaryParts {
  readonly wishes: readonly Wish[];
  readonly messages: readonly TakenMessage[];
  readonly slots: Readonly<Record<string, Told>>;
  readonly urgency: Urgency;
  /** The office's own questions by the id of their answer; their ids say nothing to people. */
  readonly questions: Readonly<Record<string, string>>;
}

/** Sentences of the caller that a summary quotes. */
const MOST_QUOTES = 3;
/** A longer sentence is quoted up to here, in characters. */
const LONGEST_QUOTE = 240;
/** Slots that have a place of their own in a summary, or none. */
const PLACED = new Set(['name', 'phone', 'reason', 'callback_time', 'day']);

/**
 * A summary for people: what the caller said, word for word, and the details that were told. It
 * adds nothing but labels, so that nothing in it can be invented.
 */
export function summaryOf(parts: SummaryParts, language: string): string {
  const words = summaryWords(language);
  const { slots, urgency, questions } = parts;
  const quoted = quotes(parts);
  const written = (told: Told, id = ''): Told =>
    told.value === null
      ? told
      : { ...told, value: asPeopleWrite(told.value, language, words, id !== 'dob') };
  const labelled = (label: string, told: Told | undefined): readonly string[] =>
    told === undefined ? [] : [`${asLabel(label)} ${shown(told, words)}`];
  return [
    ...quoted.map((text) => words.quote(text)),
    ...labelled(words.name, slots.name),
    ...labelled(words.phone, slots.phone),
    ...Object.entries(slots).flatMap(([id, told]) =>
      // A question that is the matter itself is quoted already.
      PLACED.has(id) || quoted.includes(told.value ?? told.heard.trim())
        ? []
        : labelled(labelOf(id, questions, words), written(told, id)),
    ),
    ...labelled(
      words.callbackTime,
      slots.callback_time && withWords(written(slots.callback_time), words),
    ),
    words.urgency[urgency],
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** A question of the office's own, without what is said behind it; of one that was not asked, its id in words. */
function labelOf(
  id: string,
  questions: Readonly<Record<string, string>>,
  { details }: SummaryWords,
): string {
  const question = questions[id];
  if (question !== undefined) return /^.*?[?？]/su.exec(question)?.[0] ?? question;
  const words = id.replaceAll('_', ' ');
  return details[id] ?? words.charAt(0).toUpperCase() + words.slice(1);
}

/** With a colon, unless it is a question or has one. */
const asLabel = (label: string): string => (/[?:？：]$/u.test(label) ? label : `${label}:`);

/** What the caller said it is about: the messages' reasons first, then the wishes, each once. */
function quotes({ messages, wishes }: SummaryParts): readonly string[] {
  const reasons = messages.flatMap(({ reason }) => (reason === null ? [] : [reason.heard]));
  const said = [...reasons, ...wishes.map(({ text }) => text)].map((text) => text.trim());
  const distinct = said.filter(
    (text, at) =>
      text !== '' &&
      // What is part of something quoted already says nothing new.
      !said.slice(0, at).some((before) => before.toLowerCase().includes(text.toLowerCase())),
  );
  return distinct.slice(0, MOST_QUOTES).map(shortened);
}

function shortened(text: string): string {
  if (text.length <= LONGEST_QUOTE) return text;
  const cut = text.slice(0, LONGEST_QUOTE);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 1))} …`;
}

/** A time with the words around it: "after five" is not "at five". */
function withWords(told: Told, words: SummaryWords): Told {
  if (told.value === null || told.by === 'keys') return told;
  return { ...told, value: `${told.value} (${words.quote(told.heard)})` };
}

/** As understood; as heard, and marked so, where nothing was. */
const shown = (told: Told, words: SummaryWords): string => told.value ?? words.quote(told.heard);
