const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'x x twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const ORDINALS = new Map(
  [
    ...(['one first', 'two second', 'three third', 'five fifth', 'eight eighth'] as const),
    ...(['nine ninth', 'twelve twelfth'] as const),
  ].map((pair) => pair.split(' ') as [string, string]),
);

/** Spellings of the same words: what is said on the left, in any engine's text or the transcript. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/\blog in\b/gu, 'login'],
  [/\bvoice mail\b/gu, 'voicemail'],
  [/\bmail box\b/gu, 'mailbox'],
  [/\bgood by(?:e)?\b/gu, 'goodbye'],
  [/\btouch tone\b/gu, 'touchtone'],
  [/\bkey words\b/gu, 'keywords'],
  [/\bblack ?list(ed)?\b/gu, 'blacklist$1'],
  [/\b(lower|upper) case\b/gu, '$1case'],
  [/\bde activated\b/gu, 'deactivated'],
  [/\bo clock\b/gu, "o'clock"],
  [/\bfourtieth\b/gu, 'fortieth'],
  [/\bthru\b/gu, 'through'],
  [/\bx ray\b/gu, 'xray'],
  [/\bnon administrator\b/gu, 'nonadministrator'],
  [/\bre ?record\b/gu, 'rerecord'],
  [/\brepresenatives\b/gu, 'representatives'],
];

function spelled(value: number): string {
  if (value < 20) return ONES[value] ?? '';
  if (value < 100) {
    const rest = value % 10;
    return `${TENS[Math.floor(value / 10)] ?? ''}${rest === 0 ? '' : ` ${ONES[rest] ?? ''}`}`;
  }
  return Array.from(String(value), (digit) => ONES[Number(digit)] ?? '').join(' ');
}

function ordinal(value: number): string {
  const parts = spelled(value).split(' ');
  const last = parts.pop() ?? '';
  const regular = last.endsWith('y') ? `${last.slice(0, -1)}ieth` : `${last}th`;
  return [...parts, ORDINALS.get(last) ?? regular].join(' ');
}

/** The words of a text as they are compared: figures spelled out, letters of abbreviations joined. */
export function comparedWords(text: string): readonly string[] {
  const plain = text
    .toLowerCase()
    .replaceAll('’', "'")
    .replaceAll(/\b(\d+)(?:st|nd|rd|th)\b/gu, (_, digits: string) => ` ${ordinal(Number(digits))} `)
    .replaceAll(/\d+/gu, (digits) => ` ${spelled(Number(digits))} `)
    .replaceAll(/\b([a-z])[. ]+(?=[a-z]\b)/gu, '$1')
    .replaceAll(/[^a-z' ]/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim();
  const respelled = SPELLINGS.reduce((all, [from, to]) => all.replaceAll(from, to), plain);
  return respelled.split(' ').filter((word) => word !== '');
}
