/** A piece of text up to a punctuation mark. */
export interface Phrase {
  readonly text: string;
  /** `,` `;` `:` `.` `!` `?`, or empty at the end of a text without one. */
  readonly mark: string;
}

/** What is synthesised at once: phrases that sound better together. */
export interface Clause {
  readonly phrases: readonly Phrase[];
  /** Silence after it in milliseconds. */
  readonly pause: number;
}

const ENDS_SENTENCE = /[.!?]/u;
/** Full stops after these end no sentence. */
const ABBREVIATION = /(?:^|\s)(?:dr|mr|mrs|ms|st|no|prof|jr|sr|ave|ext|approx|vs|[a-z])$/iu;
/** Fewer words than this are joined to what follows: alone they sound clipped. */
const LEAST_WORDS = 2;
const COMMA_PAUSE = 60;
const SENTENCE_PAUSE = 220;

function* phrasesOf(text: string): Generator<Phrase> {
  const clean = text.replaceAll(/\s+/gu, ' ').trim();
  let from = 0;
  for (const found of clean.matchAll(/([.,;:!?]+)["')\]]*(?=\s|$)/gu)) {
    const piece = clean.slice(from, found.index);
    const mark = (found[1] ?? '').slice(0, 1);
    if (mark === '.' && found[1] === '.' && ABBREVIATION.test(piece)) {
      const rest = clean.slice(found.index + found[0].length);
      if (rest.trim() !== '') continue;
    }
    from = found.index + found[0].length;
    if (/[\p{L}\p{N}]/u.test(piece)) yield { text: piece.trim(), mark };
  }
  const rest = clean.slice(from).trim();
  if (/[\p{L}\p{N}]/u.test(rest)) yield { text: rest, mark: '' };
}

/**
 * Splits a text into clauses to be synthesised one after the other, so that the first is heard while
 * the others are being made. A clause ends with a sentence, or at a comma after two words or more.
 */
export function clausesOf(text: string): readonly Clause[] {
  const clauses: Clause[] = [];
  let open: Phrase[] = [];
  const close = (pause: number): void => {
    if (open.length > 0) clauses.push({ phrases: open, pause });
    open = [];
  };
  for (const phrase of phrasesOf(text)) {
    open.push(phrase);
    const words = open.reduce((sum, { text: part }) => sum + part.split(' ').length, 0);
    if (ENDS_SENTENCE.test(phrase.mark)) close(SENTENCE_PAUSE);
    else if (phrase.mark !== '' && words >= LEAST_WORDS) close(COMMA_PAUSE);
  }
  close(0);
  const last = clauses.at(-1);
  return last === undefined ? [] : [...clauses.slice(0, -1), { ...last, pause: 0 }];
}
