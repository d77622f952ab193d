import { distance } from '../../../speech/edit-distance.js';
import { isHangul } from '../../../understanding/hangul.js';
import { wordsOf } from '../../../understanding/text.js';
import type { Visit } from '../../appointment-settings.js';
import type { Office } from '../../office.js';
import { appointmentsOf } from './plan.js';

/** Words shorter than this must be heard exactly; longer ones may differ in one letter. */
const FORGIVING_LENGTH = 5;
/** Before a name, and no part of it. */
const ARTICLES = new Set('a an the eine ein einen einer my'.split(' '));

/** Letters from which a single word of a name tells which visit type is meant. */
const TELLING_LENGTH = 4;

/**
 * The visit type that `text` names; the longest name wins, and a tie is nobody's. As the answer to our
 * question, `asked`, a word of a name will do.
 */
export function visitIn(office: Office, text: string, asked: boolean): Visit | undefined {
  const words = wordsOf(text);
  const { visits } = appointmentsOf(office);
  const longest = (measure: (words: readonly string[], name: readonly string[]) => number) => {
    const [best, next] = visits
      .map((visit) => ({
        visit,
        length: Math.max(...namesOf(visit).map((name) => measure(words, name))),
      }))
      .sort((a, b) => b.length - a.length);
    return best === undefined || best.length === 0 || best.length === next?.length
      ? undefined
      : best.visit;
  };
  return longest(whole) ?? (asked ? longest(inPart) : undefined);
}

/** Names of all visit types, to choose from. */
export const visitNames = (office: Office): readonly string[] =>
  appointmentsOf(office).visits.map(({ name }) => office.prompts.language.spoken(name));

/** What a visit type is called, in words. */
const namesOf = ({ name, aliases }: Visit): readonly (readonly string[])[] =>
  [name, ...aliases].map((one) => wordsOf(one).filter((word, at) => at > 0 || !ARTICLES.has(word)));

/** Letters of `name` if all of it is said, in one word or several: "checkup", "check up". */
function whole(words: readonly string[], name: readonly string[]): number {
  const letters = name.join('');
  if (letters === '') return 0;
  const said = words.some((_, at) => {
    if (name.every((word, offset) => alike(words[at + offset] ?? '', word))) return true;
    return letters.length >= FORGIVING_LENGTH && startsJoined(words.slice(at), letters);
  });
  return said ? letters.length : 0;
}

/** Whether the first of `words`, written together, are `letters`. */
function startsJoined(words: readonly string[], letters: string): boolean {
  let joined = '';
  for (const word of words) {
    joined += word;
    if (joined.length >= letters.length) return joined === letters;
  }
  return false;
}

/** Letters of the words of `name` that are said. */
const inPart = (words: readonly string[], name: readonly string[]): number =>
  name
    .filter((word) => word.length >= TELLING_LENGTH || isHangul(word))
    .filter((word) => words.some((heard) => alike(heard, word)))
    .join('').length;

function alike(heard: string, wanted: string): boolean {
  if (isHangul(wanted)) return heard.startsWith(wanted);
  return heard === wanted || (wanted.length >= FORGIVING_LENGTH && distance(heard, wanted) <= 1);
}
