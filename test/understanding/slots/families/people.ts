import { MOSTLY_NOTHING, line, type Choice } from './choice.js';
import { spelledOut } from './emails.js';

/** A name as somebody says it. */
export interface SaidName {
  readonly text: string;
  readonly value: string;
}

const GIVEN =
  'nadia trevor gwen luke roland pauline bernard sharon rohan giulia oliver tamsin priya mateusz emeka ingrid kenji fatima winston deirdre svetlana hugo'.split(
    ' ',
  );
const FAMILY =
  'maddox partridge okafor brandt tibbs clegg danvers mistry fenwick drummond kowalski lindqvist nakamura oyelaran petrov schuster villanueva whitcombe abernathy desai ferreira halloran'.split(
    ' ',
  );

const OPENINGS = [
  '',
  '',
  '',
  'hi',
  'yes',
  'um',
  'hello',
  'good morning',
  'yeah hi',
  'oh hello',
  'sure',
  'okay',
] as const;
const CARRIERS = [
  ...['', '', "it's", 'this is', 'my name is', "my name's", "i'm", 'the name is', 'i am called'],
  ...[
    "you're speaking to",
    'that would be',
    'this would be',
    "it'll be under",
    'put it under',
    'just put',
  ],
  ...[
    "it's for",
    'reservation for',
    'booked under',
    'the name on it is',
    "it's under",
    'you can put',
  ],
  ...[
    "that's",
    'speaking is',
    'full name is',
    'my full name is',
    'name',
    'you have me as',
    'i go by',
  ],
] as const;
const CLOSINGS = [
  ...MOSTLY_NOTHING,
  'thanks',
  'please',
  'thank you',
  'if that helps',
  "that's right",
  'yes',
] as const;

const title = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** One name, told in one of the ways that people tell theirs. */
export function saidName(pick: Choice): SaidName {
  const given = pick.of(...(GIVEN as [string, ...string[]]));
  const family = pick.of(...(FAMILY as [string, ...string[]]));
  const other = pick.of(...(FAMILY as [string, ...string[]]));
  const opening = pick.of(...OPENINGS);
  const carrier = pick.of(...CARRIERS);
  const closing = pick.of(...CLOSINGS);
  const that = pick.of("that's", 'spelled', "that's spelled", '', 'it is spelled');
  const both = `${title(given)} ${title(family)}`;
  const of = (text: string, value = both, open: string = carrier): SaidName => ({
    text: line(opening, open, text, closing),
    value,
  });
  switch (pick.between(0, 20)) {
    case 17:
      // Begun, and begun again.
      return of(
        pick.of(
          line(given, family.charAt(0), given, family),
          line(given.slice(0, 3), given, family),
        ),
      );
    case 18:
      return of(line(spelledOut(given, pick), given, family), both, pick.of('', 'it is spelled'));
    case 19:
      return of(line(family, given, pick.of('is the first name', 'is my first name')), both, '');
    case 20:
      return of(line(family, that, Array.from(family).join(' '), given), both, 'last name is');
    case 16:
      return {
        text: pick.of(
          `${title(family)}, ${title(given)}`,
          `${title(family)}, ${title(given)}.`,
          `${family} comma ${given}`,
        ),
        value: both,
      };
    case 0:
      return of(line(given, family, that, spelledOut(family, pick)));
    case 1:
      return of(line(given, that, spelledOut(given, pick), family));
    case 2:
      return of(spelledOut(family, pick), title(family), '');
    case 3:
      return of(line(family, that, spelledOut(family, pick)), title(family));
    case 4:
      return of(
        line(
          'first name',
          given,
          pick.of('', 'and'),
          pick.of('last name', 'surname', 'family name'),
          family,
        ),
        both,
        '',
      );
    case 5:
      return of(
        line(pick.of('last name', 'surname', 'family name'), family, 'first name', given),
        both,
        '',
      );
    case 6:
      return of(line('last name', spelledOut(family, pick), 'first name', given), both, '');
    case 7: {
      const sorry = pick.of('no sorry', 'no', 'sorry i mean', 'no wait');
      return of(line(given, family.slice(0, -1), sorry, given, family));
    }
    case 8: {
      const doctor = pick.of('doctor', 'mrs', 'mister', 'miss', 'professor', 'father', 'captain');
      return of(line(doctor, given, family));
    }
    case 9:
      return of(line(given, given, family));
    case 10:
      return of(line(given, family, pick.of('here', 'speaking', 'calling')), both, '');
    case 11:
      return of(
        line(given, family, pick.of('hyphen', 'dash'), other),
        `${title(given)} ${title(family)}-${title(other)}`,
      );
    case 12:
      return of(line(given, 'um', family));
    case 13:
      return of(line(family, given, family), both, pick.of("it's", 'the name is', "i'm"));
    case 14:
      return of(line(spelledOut(given, pick), 'then', spelledOut(family, pick)), both, '');
    default:
      return of(line(given, family));
  }
}
