/** What callers say that tells of somebody who is not of age. Ages in whole years. */

type Words = Readonly<Record<string, number>>;

const EN: Words = {
  ...{ three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11 },
  ...{ twelve: 12, thirteen: 13, fourteen: 14, fifteen: 15, sixteen: 16, seventeen: 17 },
  ...{ eighteen: 18, nineteen: 19, twenty: 20, one: 1, two: 2 },
};
const DE: Words = {
  ...{ ein: 1, zwei: 2, drei: 3, vier: 4, fünf: 5, sechs: 6, sieben: 7, acht: 8, neun: 9 },
  ...{ zehn: 10, elf: 11, zwölf: 12, dreizehn: 13, vierzehn: 14, fünfzehn: 15, sechzehn: 16 },
  ...{ siebzehn: 17, achtzehn: 18, neunzehn: 19, zwanzig: 20 },
};
const KO: Words = {
  ...{ 한: 1, 두: 2, 세: 3, 네: 4, 다섯: 5, 여섯: 6, 일곱: 7, 여덟: 8, 아홉: 9, 열: 10 },
  ...{ 열한: 11, 열두: 12, 열세: 13, 열네: 14, 열다섯: 15, 열여섯: 16, 열일곱: 17, 열여덟: 18 },
  ...{ 열아홉: 19, 스무: 20 },
};

/** The longest words first, so that "sixteen" is not read as "six". */
const age = (words: Words): string =>
  `(\\d{1,2}|${Object.keys(words)
    .sort((a, b) => b.length - a.length)
    .join('|')})`;

interface Language {
  readonly words: Words;
  /** "I am fifteen": the first group is the age. */
  readonly own: RegExp;
  /** "I am a minor" */
  readonly minor: RegExp;
  /** "my daughter is seven": one of the groups is the age. */
  readonly child: RegExp;
}

const N = age(EN);
const Z = age(DE);
const K = age(KO);
/** Ends a statement of an age: minutes, numbers of houses and the like go on otherwise. */
const END = '(?=\\s*(?:[.,!?;]|$|and\\b|but\\b|so\\b))';
const ENDE = '(?=\\s*(?:[.,!?;]|$|und\\b|aber\\b|also\\b))';

const LANGUAGES: Readonly<Record<string, Language>> = {
  en: {
    words: EN,
    own: new RegExp(
      `\\bi(?:['’]m| am|(?: just)? turned)(?: only| just| still)? ${N}(?: and a half)?` +
        `(?:(?: years?(?: old| of age)?| yrs?)\\b|${END})`,
      'iu',
    ),
    minor:
      /\bi(?:['’]m| am)(?: only| just| still)* (?:a minor|a (?:kid|child|teenager)|under ?age|under (?:18|eighteen))\b/iu,
    child: new RegExp(
      `\\bmy (?:\\p{L}+ )?(?:son|daughter|child|kid|baby|boy|girl|grand(?:son|daughter|child)|nephew|niece)\\b` +
        `[^.!?\\d]{0,24}?\\b(?:is|['’]s|turned|who is)(?: only| just)? ${N}(?: (?:years?|months?|weeks?|yrs?)\\b|${END})` +
        `|\\bmy ${N}[- ](?:years?|months?)[- ]old\\b`,
      'iu',
    ),
  },
  de: {
    words: DE,
    own: new RegExp(
      `(?<!\\p{L})ich bin(?: erst| gerade| noch)* ${Z}(?: ?jahre(?: alt)?(?!\\p{L})|${ENDE})`,
      'iu',
    ),
    minor:
      /(?<!\p{L})ich bin(?: erst| noch)* (?:minderjährig|ein kind|nicht volljährig|unter (?:18|achtzehn))(?!\p{L})/iu,
    child: new RegExp(
      `(?<!\\p{L})meine?[rmn]? (?:\\p{L}+ )?(?:sohn|tochter|kind|baby|enkel(?:in|kind)?|neffe|nichte)(?!\\p{L})` +
        `[^.!?\\d]{0,24}? ist(?: erst| gerade)? ${Z}(?: ?(?:jahre|monate|wochen)|${ENDE})` +
        `|(?<!\\p{L})meine?[rmn]? ${Z}[- ]?jährige`,
      'iu',
    ),
  },
  ko: {
    words: KO,
    own: new RegExp(`(?:저는|전|제가|나는|내가)\\s*(?:아직|이제|올해)?\\s*${K}\\s*살`, 'u'),
    minor: /(?:저는|전|제가|나는|내가)?\s*(?:아직\s*)?미성년자(?:예요|이에요|입니다|인데)/u,
    child: new RegExp(
      `(?:아들|딸|아이|아기|애기|애|손자|손녀|조카)(?:이|가|은|는)?(?![가-힣])[^\\d]{0,40}?(?<![가-힣])${K}\\s*(?:살|개월)`,
      'u',
    ),
  },
};

/** An age that is counted in these is that of a small child. */
const LESS_THAN_A_YEAR = /months?|weeks?|monate|wochen|개월/iu;

/** Whose age was told: the caller's own, or that of a child they call for. */
export type Minor = 'caller' | 'child';

/** Whether a text tells of somebody younger than `under`. */
export function minorIn(text: string, language: string, under: number): Minor | undefined {
  const own = LANGUAGES[language.toLowerCase().split(/[-_]/u)[0] ?? ''];
  if (own === undefined || under === 0) return undefined;
  const young = (found: RegExpExecArray | null): boolean => {
    if (found === null) return false;
    if (LESS_THAN_A_YEAR.test(found[0])) return true;
    const said = found
      .slice(1)
      .find((group): group is string => Boolean(group))
      ?.toLowerCase();
    return said !== undefined && (own.words[said] ?? Number(said)) < under;
  };
  if (own.minor.test(text) || young(own.own.exec(text))) return 'caller';
  return young(own.child.exec(text)) ? 'child' : undefined;
}

/** Whether somebody born on `born`, an ISO date, is younger than `under` at `now`. */
export function isYounger(born: string, under: number, now: number): boolean {
  const [year = 0, month = 1, day = 1] = born.split('-').map(Number);
  const of = Date.UTC(year + under, month - 1, day);
  return Number.isFinite(of) && now < of;
}
