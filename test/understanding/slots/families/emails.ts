import { MOSTLY_NOTHING, cardinal, DIGITS, line, type Choice } from './choice.js';

/** An address as somebody says it. */
export interface SaidAddress {
  readonly text: string;
  readonly value: string;
}

const GIVEN =
  'nadia trevor gwen luke roland pauline bernard sharon rohan giulia oliver tamsin'.split(' ');
const FAMILY = 'maddox partridge okafor brandt tibbs clegg danvers mistry fenwick drummond'.split(
  ' ',
);
const NATO =
  'alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa quebec romeo sierra tango uniform victor whiskey xray yankee zulu'.split(
    ' ',
  );
const EXAMPLES =
  'apple boy cat dog edward fox george harry ida john king larry mary nancy oscar peter queen robert sam tom uncle victor william xylophone young zebra'.split(
    ' ',
  );

/** Letter by letter, in one of the ways that people spell. */
export function spelledOut(word: string, pick: Choice): string {
  const how = pick.between(0, 3);
  return Array.from(word)
    .map((letter, at) => {
      const index = letter.charCodeAt(0) - 97;
      if (how === 0) return NATO[index] ?? '';
      if (how === 1) return `${letter} ${pick.of('as in', 'for', 'like')} ${EXAMPLES[index] ?? ''}`;
      if (how === 2 && word.charAt(at + 1) === letter) return '';
      if (how === 2 && word.charAt(at - 1) === letter) return `double ${letter}`;
      return letter;
    })
    .filter((piece) => piece !== '')
    .join(' ');
}

/** 0 … 99 or a year, as digits, figures or a number. */
function numberOf(value: string, pick: Choice): string {
  const how = pick.between(0, 2);
  if (how === 0) return value;
  if (how === 1 && !value.startsWith('0')) {
    if (value.length < 3) return cardinal(Number(value));
    return line(cardinal(Number(value.slice(0, 2))), cardinal(Number(value.slice(2))));
  }
  return Array.from(value)
    .map((one) => (one === '0' ? pick.of('oh', 'zero') : DIGITS[Number(one)]))
    .join(' ');
}

const SIGNS = {
  '.': ['dot', 'dot', 'dot', 'period', 'point'],
  _: ['underscore', 'underscore', 'under score'],
  '-': ['dash', 'hyphen', 'dash', 'minus'],
  '': [''],
} as const;

/** A domain, and how it is said. */
function domainOf(pick: Choice): readonly [said: string, domain: string] {
  const known = pick.of('gmail', 'yahoo', 'hotmail', 'outlook', 'icloud', 'aol');
  const own = pick.of(...(FAMILY as [string, ...string[]]));
  switch (pick.between(0, 7)) {
    case 0:
      return [known, `${known}.com`];
    case 1:
      return [`${known} dot co dot uk`, `${known}.co.uk`];
    case 2:
      return [`${own} dot ${pick.of('org', 'net')}`, ''];
    case 3:
      return [`${own} and sons dot com`, ''];
    case 4:
      return [`${own} ${pick.of('dash', 'hyphen')} law dot com`, ''];
    case 5:
      return [`the ${own} group dot com`, ''];
    case 6: {
      const letters = `${pick.of('a', 'k', 'r')} and ${pick.of('b', 'd', 'k')}`;
      return [`${letters} dot com`, ''];
    }
    default:
      return [`${known} dot com`, `${known}.com`];
  }
}

const domainWritten = (said: string): string =>
  said
    .replace(/ (?:dash|hyphen) /gu, '-')
    .replace(/ dot /gu, '.')
    .replace(/ /gu, '');

const OPENINGS = [
  ...[
    '',
    '',
    '',
    "it's",
    'my email is',
    'the address is',
    'sure',
    'um',
    'yeah',
    "that's",
    "yes it's",
  ],
  ...[
    'my e mail address is',
    'that would be',
    'you can use',
    'send it to',
    "okay so it's",
    'best one is',
  ],
] as const;
const CLOSINGS = [
  ...[
    ...MOSTLY_NOTHING,
    'thanks',
    'please',
    'all one word',
    'all lowercase',
    "that's it",
    'no spaces',
  ],
  ...['all in lower case', 'thank you'],
] as const;

/** One address, told in one of the ways that people tell theirs. */
export function saidAddress(pick: Choice): SaidAddress {
  const given = pick.of(...(GIVEN as [string, ...string[]]));
  const family = pick.of(...(FAMILY as [string, ...string[]]));
  const initial = given.charAt(0);
  const sign = pick.of<keyof typeof SIGNS>('.', '.', '_', '-', '');
  const word = pick.of<string>(...(SIGNS[sign] as readonly [string, ...string[]]));
  const number = pick.percent(35)
    ? pick.of(
        String(pick.between(10, 99)),
        `0${String(pick.between(1, 9))}`,
        String(pick.between(1940, 1999)),
      )
    : '';
  const digits = number === '' ? '' : numberOf(number, pick);
  const [saidDomain, known] = domainOf(pick);
  const domain = known === '' ? domainWritten(saidDomain) : known;
  const opening = pick.of(...OPENINGS);
  const closing = pick.of(...CLOSINGS);
  const at = pick.of('at', 'at', 'at', 'at', 'at sign', 'um at', '@');
  const of = (said: string, local: string): SaidAddress => ({
    text: line(opening, said, at, saidDomain, closing),
    value: `${local}@${domain}`,
  });
  const that = pick.of("that's", 'spelled', "that's spelled", '');
  switch (pick.between(0, 14)) {
    case 12: {
      const [said, written] = pick.of(['a dot', '.'] as const, ['an underscore', '_'] as const);
      const between = pick.of('in the middle', 'between', 'in between');
      return of(line(given, family, 'with', said, between), given + written + family);
    }
    case 13: {
      const sorry = pick.of('no', 'sorry', 'no sorry');
      return {
        text: line(
          opening,
          given,
          word,
          family,
          'at',
          pick.of('yahoo', 'hotmail'),
          sorry,
          'gmail dot com',
        ),
        value: `${given}${sign}${family}@gmail.com`,
      };
    }
    case 14:
      return of(line(given, given, word, family), given + sign + family);
    case 10: {
      // Spelled behind the letter that it does without.
      const without = pick.of('without a', 'without an', 'with no');
      const gone = pick.of('x', 'h', 'z');
      const letters = Array.from(given).join(' ');
      return of(line(given, without, gone, letters, word, family), given + sign + family);
    }
    case 11: {
      const real = pick.of('real', 'only', 'great', 'other');
      return {
        text: line('the', real, given, initial, at, saidDomain, closing),
        value: `the${real}${given}${initial}@${domain}`,
      };
    }
    case 0:
      return of(line(spelledOut(family, pick), digits), family + number);
    case 1:
      return of(
        line(given, word, family, that, spelledOut(family, pick), digits),
        given + sign + family + number,
      );
    case 2:
      return of(line(initial, word, family, digits), initial + sign + family + number);
    case 3:
      return of(line(family, word, initial, digits), family + sign + initial + number);
    case 4: {
      const sorry = pick.of('no', 'sorry', 'no sorry', 'i mean');
      const wrong = given.slice(0, -1);
      return of(line(wrong, sorry, given, word, family, digits), given + sign + family + number);
    }
    case 5:
      return of(
        line(
          given,
          'then',
          word === '' ? '' : pick.of('a', 'an'),
          word,
          word === '' ? '' : 'then',
          family,
        ),
        given + sign + family,
      );
    case 6:
      return of(
        line(given, family, pick.of('all one word', 'one word', 'no dots'), digits),
        given + family + number,
      );
    case 7:
      return {
        text: line(
          opening,
          given,
          word,
          family,
          digits,
          at,
          saidDomain,
          "that's",
          spelledOut(family, pick),
        ),
        value: `${given}${sign}${family}${number}@${domain}`,
      };
    default:
      return of(line(given, word, family, digits), given + sign + family + number);
  }
}
