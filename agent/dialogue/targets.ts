import { isHangul } from '../understanding/hangul.js';
import { wordsOf } from '../understanding/text.js';
import { namesByTarget } from './names.js';
import type { TransferTarget } from './settings.js';

/** Words shorter than this must be heard exactly; longer ones may differ in one letter. */
const FORGIVING_LENGTH = 5;

/**
 * The target whose name or alias is said in `text`; the longest match wins. Recognisers misspell
 * names ("karter"), so that one letter of a longer word may be wrong.
 */
export function findTarget(
  text: string,
  targets: readonly TransferTarget[],
  spoken: (text: string) => string,
): TransferTarget | undefined {
  const words = wordsOf(spoken(text));
  let best: { target: TransferTarget; length: number } | undefined;
  for (const [target, names] of namesByTarget(targets)) {
    for (const name of names) {
      const wanted = wordsOf(spoken(name)).filter((word) => word !== 'the');
      if (wanted.length > (best?.length ?? 0) && contains(words, wanted)) {
        best = { target, length: wanted.length };
      }
    }
  }
  return best?.target;
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
