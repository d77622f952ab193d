import { isHangul } from '../understanding/hangul.js';
import { wordsOf } from '../understanding/text.js';

/** Words that say nothing about which service is meant. */
const SMALL = new Set('a an the of for to and or der die das ein eine für und oder'.split(' '));
/** From this length on a plural or a singular is the same word. */
const INFLECTED_LENGTH = 4;

/** The name of those `names` of which `text` says the most; undefined where it says none whole. */
export function nameIn(
  text: string,
  names: readonly { readonly name: string; readonly said: readonly string[] }[],
): string | undefined {
  const words = wordsOf(text);
  let best: { name: string; length: number } | undefined;
  for (const { name, said } of names) {
    for (const one of said) {
      const wanted = wordsOf(one).filter((word) => !SMALL.has(word));
      const whole =
        wanted.length > 0 && wanted.every((word) => words.some((heard) => alike(heard, word)));
      if (whole && wanted.length > (best?.length ?? 0)) best = { name, length: wanted.length };
    }
  }
  return best?.name;
}

function alike(heard: string, wanted: string): boolean {
  if (heard === wanted) return true;
  // Particles hang on to Korean words.
  if (isHangul(wanted)) return heard.startsWith(wanted);
  if (wanted.length < INFLECTED_LENGTH || heard.length < INFLECTED_LENGTH) return false;
  return stem(heard) === stem(wanted);
}

const stem = (word: string): string => word.replace(/(?:es|s|en|n|e)$/u, '');
