import { compact, isHangul } from './hangul.js';
import { plain } from './text.js';

/** Longest number of parts that are looked at: who says more wants to tell a story. */
const MOST = 4;
/** Fewest words of a part that can be a wish of its own. */
const LEAST_WORDS = 3;

/** The same of Korean, whose words hold more: in syllables. */
const LEAST_SYLLABLES = 5;

/** Words that join one wish to another, as `plain` writes them. The longest comes first. */
const JOINTS: Readonly<Record<string, RegExp>> = {
  en: / (?:and (?:then )?(?:also|another thing|while i'm at it)|and then|and i|and could you|and can you|and can i|and|also|plus|oh and|as well as|but also|but|another thing is|one more thing) /u,
  de: / (?:und (?:dann )?(?:auch|außerdem|noch)|und|außerdem|aber auch|aber|noch etwas) /u,
};
/** Said again at the beginning of a part that lost it: "book a visit and | i …". */
const CARRIED: Readonly<Record<string, RegExp>> = {
  en: /\b(?:i|could you|can you|can i)$/u,
  de: /^$/u,
};

/**
 * The parts of `text` that may each mean something of their own, as `plain` writes them; none where it is one part.
 * Sentences and words such as "and also" part them. Short parts, such as a name, only show that there are several.
 */
export function clausesOf(text: string, language: string): readonly string[] {
  const joint = JOINTS[language];
  const sentences = text.split(/[.?!;]+(?=\s|$)|(?<=\p{L}),(?=\s)/u).map(plain);
  const parts = sentences
    .flatMap((sentence) =>
      joint === undefined ? [sentence] : partsOf(sentence, joint, CARRIED[language]),
    )
    .filter((part) => part !== '');
  if (parts.length < 2) return [];
  return parts.filter(isLong).slice(0, MOST);
}

const isLong = (part: string): boolean =>
  isHangul(part) ? compact(part).length >= LEAST_SYLLABLES : part.split(' ').length >= LEAST_WORDS;

function partsOf(sentence: string, joint: RegExp, carried: RegExp | undefined): readonly string[] {
  const found = joint.exec(sentence);
  if (found === null) return [sentence];
  const before = sentence.slice(0, found.index);
  const kept = carried?.exec(found[0].trim())?.[0] ?? '';
  const after = `${kept} ${sentence.slice(found.index + found[0].length)}`.trim();
  return [before, ...partsOf(after, joint, carried)];
}
