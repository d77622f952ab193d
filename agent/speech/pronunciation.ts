/** How an office wants a word to be said. */
export interface Pronunciation {
  /** A word, or several, as prompts have it; capitals do not matter. */
  readonly word: string;
  /** The same as it sounds ("oh kah for"), or IPA between slashes ("/oʊˈkɑːfoʊɹ/"). */
  readonly say: string;
}

/** A part of a text: words to be pronounced as usual, or sounds in IPA. */
export interface Piece {
  readonly kind: 'text' | 'ipa';
  readonly text: string;
}

const IPA = /^\/(?<sounds>[^/]+)\/$/u;
const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
const spaced = (text: string): string => text.trim().replaceAll(/\s+/gu, ' ');
const keyOf = (text: string): string => spaced(text).normalize('NFC').toLowerCase();

/** Those of `pronunciations` whose word occurs in `text`, whole and in any case. */
export function pronunciationsIn(
  text: string,
  pronunciations: readonly Pronunciation[],
): readonly Pronunciation[] {
  return pronunciations.filter(({ word }) => patternOf([word])?.test(text.normalize('NFC')));
}

/** `text` with the words of `pronunciations` as they are to be said; the longest word wins. */
export function pronounced(
  text: string,
  pronunciations: readonly Pronunciation[],
): readonly Piece[] {
  const plain = text.normalize('NFC');
  const pattern = patternOf(pronunciations.map(({ word }) => word));
  if (pattern === undefined) return [{ kind: 'text', text: plain }];
  const says = new Map(pronunciations.map(({ word, say }) => [keyOf(word), spaced(say)]));
  const pieces: Piece[] = [];
  const add = (kind: Piece['kind'], words: string): void => {
    const last = pieces.at(-1);
    if (words.trim() === '') return;
    if (kind === 'text' && last?.kind === 'text') {
      pieces[pieces.length - 1] = { kind, text: last.text + words };
    } else pieces.push({ kind, text: words });
  };
  let from = 0;
  for (const found of plain.matchAll(pattern)) {
    add('text', plain.slice(from, found.index));
    const say = says.get(keyOf(found[0])) ?? found[0];
    const sounds = IPA.exec(say)?.groups?.sounds;
    // A space may be all that is between two words that are respelled.
    const gap = from > 0 && found.index > from && plain.slice(from, found.index).trim() === '';
    if (sounds === undefined) add('text', gap ? ` ${say}` : say);
    else add('ipa', sounds.normalize('NFD'));
    from = found.index + found[0].length;
  }
  add('text', plain.slice(from));
  return pieces.map(({ kind, text: words }) => ({ kind, text: spaced(words) }));
}

/** For voices that read letters only: words as they sound, and no IPA. */
export function respelled(text: string, pronunciations: readonly Pronunciation[]): string {
  const readable = pronunciations.filter(({ say }) => !IPA.test(spaced(say)));
  return pronounced(text, readable)
    .map((piece) => piece.text)
    .join(' ');
}

function patternOf(words: readonly string[]): RegExp | undefined {
  const known = words.map(keyOf).filter((word) => word !== '');
  if (known.length === 0) return undefined;
  const longestFirst = [...known].sort((a, b) => b.length - a.length);
  const any = longestFirst.map((word) => escaped(word).replaceAll(' ', String.raw`\s+`)).join('|');
  return new RegExp(String.raw`(?<![\p{L}\p{M}\p{N}])(?:${any})(?![\p{L}\p{M}\p{N}])`, 'giu');
}
