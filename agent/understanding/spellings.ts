/** What is written in several ways and means the same, as `plain` writes it, and the one way that counts. */
const SPELLINGS: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  en: [
    [/\bdr\b/gu, 'doctor'],
    [/\bmr\b/gu, 'mister'],
    [/\b(some|any|every|no) (one|body)\b/gu, '$1$2'],
    [/\b(some|any|every) thing\b/gu, '$1thing'],
    [/\b(mon|tues|wednes|thurs|fri|satur|sun)(?: day|dee|dey|die|dy)\b/gu, '$1day'],
    [/\bto (day|morrow|night)\b/gu, 'to$1'],
    [/\b(check) (ups?)\b/gu, '$1$2'],
    [/\bpost code\b/gu, 'postcode'],
    [/\bgood bye\b/gu, 'goodbye'],
    [/\bal+ right\b/gu, 'alright'],
    [/\be mails?\b/gu, 'email'],
    [/\bok\b/gu, 'okay'],
  ],
};

/**
 * `text`, as `plain` writes it, with words that recognisers and people write in several ways written in one:
 * a head that has learnt "doctor" and "someone" then knows "dr" and "some one". What is no such word stays.
 */
export function evenlySpelled(text: string, language: string): string {
  let even = text;
  for (const [written, one] of SPELLINGS[language] ?? []) even = even.replace(written, one);
  return even;
}
