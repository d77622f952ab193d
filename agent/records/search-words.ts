/** What is looked for; what is left out does not matter. */
export interface SearchQuery {
  /** Words that the caller said or that a message holds, all of them; "…" for words in that order. */
  readonly words?: string;
  /** A telephone number or its end, at least four digits. */
  readonly number?: string;
  /** Of whoever left a message. */
  readonly name?: string;
  /** An intent, or the part before its dot. */
  readonly intent?: string;
  readonly outcome?: string;
  /** When the call began: half-open, milliseconds since 1970. */
  readonly from?: number;
  readonly to?: number;
  readonly limit: number;
}

const WORD = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}\p{N}]+)*/gu;
const LEAST_DIGITS = 4;
/** A number without its country has as many at least. */
const LEAST_WHOLE = 7;

/** One word of the index that stands for a code such as an intent. */
export const codeWord = (kind: 'intent' | 'outcome', code: string): string =>
  `q${kind === 'intent' ? 'i' : 'o'}${code.toLowerCase().replace(/[^a-z0-9]/gu, '')}`;

/** A number from its end on, so that its beginning need not be known. */
export const numberWord = (number: string): string =>
  `qn${Array.from(number.replace(/\D/gu, '')).reverse().join('')}`;

/** The index's words for codes and numbers of a call. */
export function factWords(facts: {
  readonly outcome: string | undefined;
  readonly intents: readonly string[];
  readonly numbers: readonly string[];
}): string {
  const intents = facts.intents.flatMap((intent) => [intent, intent.split('.')[0] ?? intent]);
  return [
    ...(facts.outcome === undefined ? [] : [codeWord('outcome', facts.outcome)]),
    ...new Set(intents.map((intent) => codeWord('intent', intent))),
    ...new Set(facts.numbers.filter((one) => /\d{4}/u.test(one)).map(numberWord)),
  ].join(' ');
}

/** Each phrase that was asked for: what stands in quotes in that order, every other word alone. */
export function phrasesOf(text: string): readonly (readonly string[])[] {
  const phrases: (readonly string[])[] = [];
  for (const [, quoted, rest] of text.matchAll(/"([^"]*)"?|([^"]+)/gu)) {
    const words = [...(quoted ?? rest ?? '').matchAll(WORD)].map(([word]) => word);
    if (quoted === undefined) phrases.push(...words.map((word) => [word]));
    else if (words.length > 0) phrases.push(words);
  }
  return phrases;
}

/** Korean words carry their endings: what is asked for is their beginning. */
const ending = (words: readonly string[]): string =>
  /\p{Script=Hangul}$/u.test(words.at(-1) ?? '') ? '*' : '';

const quoted = (words: readonly string[]): string =>
  `"${words.join(' ').replaceAll('"', '')}"${ending(words)}`;

/** A number or its end; one that is dialled inside a country may be stored with the country's code. */
function numbersLike(number: string): string {
  const digits = number.replace(/\D/gu, '');
  // Fewer would fit everybody.
  if (digits.length < LEAST_DIGITS) return '"qnone"';
  const abroad = digits.replace(/^0+/u, '');
  const ways = abroad.length >= LEAST_WHOLE ? new Set([digits, abroad]) : [digits];
  return [...ways].map((one) => `"${numberWord(one)}"*`).join(' OR ');
}

/** The query in the language of FTS5; undefined when it asks for nothing that the index knows. */
export function matchOf(query: SearchQuery): string | undefined {
  const parts: string[] = [];
  for (const words of phrasesOf(query.words ?? '')) parts.push(`{said told} : ${quoted(words)}`);
  for (const words of phrasesOf(query.name ?? '')) parts.push(`told : ${quoted(words)}`);
  if (query.number !== undefined) parts.push(`facts : (${numbersLike(query.number)})`);
  if (query.intent !== undefined) parts.push(`facts : "${codeWord('intent', query.intent)}"`);
  if (query.outcome !== undefined) parts.push(`facts : "${codeWord('outcome', query.outcome)}"`);
  return parts.length === 0 ? undefined : parts.map((part) => `(${part})`).join(' AND ');
}
