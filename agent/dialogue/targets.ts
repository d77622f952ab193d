import { isHangul } from '../understanding/hangul.js';
import { plain, wordsOf } from '../understanding/text.js';
import { looseNames, namesByTarget, type Named } from './names.js';

/** Words shorter than this must be heard exactly; longer ones may differ in one letter. */
const FORGIVING_LENGTH = 5;

type Spoken = (text: string) => string;

/**
 * The target whose name or alias is said in `text`; the longest match wins. Recognisers misspell
 * names ("karter"), so that one letter of a longer word may be wrong.
 */
export function findTarget<T extends Named>(
  text: string,
  targets: readonly T[],
  spoken: Spoken,
): T | undefined {
  return longest(wordsOf(spoken(text)), ownNames(targets), spoken)?.of[0];
}

/**
 * Everybody whom `text` may mean: one if a name is nobody else's, several if a surname, a first name or
 * a role is shared. Parts of names are not looked for in `own`, the caller's own name.
 */
export function findTargets<T extends Named>(
  text: string,
  targets: readonly T[],
  spoken: Spoken,
  own = '',
): readonly T[] {
  const words = wordsOf(spoken(text));
  const sure = longest(words, ownNames(targets), spoken);
  const said = new Set(wordsOf(own));
  const loose = [...looseNames(targets)]
    .filter(([name, { part }]) => !part || !said.has(plain(spoken(name))))
    .map(([name, entry]): [string, readonly T[]] => [name, entry.of]);
  const wide = longest(words, loose, spoken);
  return (wide?.length ?? 0) > (sure?.length ?? 0) ? (wide?.of ?? []) : (sure?.of ?? []);
}

function ownNames<T extends Named>(targets: readonly T[]): readonly [string, readonly T[]][] {
  const owners = new Map<string, T[]>();
  for (const [target, names] of namesByTarget(targets)) {
    for (const name of names) owners.set(name, [...(owners.get(name) ?? []), target]);
  }
  return [...owners];
}

/** The longest name that is said, the first of several, and whose it is. */
function longest<T>(
  words: readonly string[],
  names: readonly [string, readonly T[]][],
  spoken: Spoken,
): { of: readonly T[]; length: number } | undefined {
  let best: { of: readonly T[]; length: number } | undefined;
  for (const [name, of] of names) {
    const wanted = wordsOf(spoken(name)).filter((word) => word !== 'the');
    if (wanted.length > (best?.length ?? 0) && contains(words, wanted)) {
      best = { of, length: wanted.length };
    }
  }
  return best;
}

function contains(words: readonly string[], wanted: readonly string[]): boolean {
  return words.some((_, at) =>
    wanted.every((word, offset) => {
      const heard = words[at + offset];
      return heard !== undefined && alike(heard, word);
    }),
  );
}

function alike(heard: string, wanted: string): boolean {
  if (heard === wanted) return true;
  // Particles hang on to Korean words.
  if (isHangul(wanted)) return heard.startsWith(wanted);
  return wanted.length >= FORGIVING_LENGTH && withinOneEdit(heard, wanted);
}

/** Whether one insertion, deletion or substitution makes `a` into `b`. */
function withinOneEdit(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let same = 0;
  while (same < a.length && a[same] === b[same]) same += 1;
  const restA = a.slice(same);
  const restB = b.slice(same);
  return restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1);
}
