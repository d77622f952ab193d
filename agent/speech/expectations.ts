import type { RecogniseSettings } from './ports.js';

/**
 * What a question wants to hear; the caller may still say anything. `name` is one of the office's directory,
 * `person` the caller's own; `time` is any, `choice` one of those that were offered.
 */
export type Expectation =
  'number' | 'yes-no' | 'time' | 'choice' | 'name' | 'person' | 'birth' | 'email';

/** What an answer is likely to be; the caller may still say anything. */
export type Likely = Pick<RecogniseSettings, 'expected' | 'answers' | 'names' | 'readings'>;

const DIGITS = 'zero oh one two three four five six seven eight nine'.split(' ');
const MORE_NUMBERS = [
  'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty',
  'forty fifty sixty seventy eighty ninety hundred double triple plus',
]
  .join(' ')
  .split(' ');
const FIGURES = '0 1 2 3 4 5 6 7 8 9'.split(' ');
/** What people say around a number, and when it is read back to them. */
const AROUND = [
  "my number is it's that's the no yes yeah yep correct right wrong not please and a it should be",
  'that is',
  'first second third fourth fifth sixth seventh eighth ninth tenth last digit digits area code with',
]
  .join(' ')
  .split(' ');

const list = (...lines: readonly string[]): readonly string[] =>
  lines.flatMap((line) => line.split(', '));

/** Whole answers to a question that wants a yes or a no, and what callers say to one instead. */
const YES_NO = list(
  "yes, yeah, yep, yup, yes please, yes it is, yes that's right, yes that's correct, that's right",
  "that's correct, correct, right, sure, of course, okay, please do, yes I would, it is, exactly",
  "no, nope, nah, no thanks, no thank you, no it's not, no it isn't, not really, not at all",
  "no that's wrong, that's wrong, that's not right, not urgent, it's not urgent, no rush, it's urgent",
  "very urgent, no that's all, that's all, that's it, that's everything, nothing else, nothing",
  'no thanks bye, thank you, thanks, goodbye, bye, bye bye, yes thank you, no thank you bye',
  "sorry, pardon, what, hello, I don't know, I'm not sure, maybe, neither, repeat that please",
);

const TIME = list(
  'monday, tuesday, wednesday, thursday, friday, saturday, sunday, today, tomorrow, tonight, now',
  'morning, afternoon, evening, night, noon, midday, midnight, lunch, lunchtime, weekend, week',
  'one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, fifteen, twenty, thirty',
  'forty five, half, quarter, past, to, at, in, on, the, this, next, after, before, between, and, or',
  "until, from, around, about, any, time, anytime, o'clock, a.m., p.m., AM, PM, early, late, later",
  "earlier, please, best, would, be, is, I'm, free, call, me, it's, that's, fine, good, okay, yes, no",
  '0, 1, 2, 3, 4, 5, 6, 7, 8, 9',
);

const MONTHS = list(
  'january, february, march, april, may, june, july, august, september, october, november, december',
);
const ORDINALS = list(
  'first, second, third, fourth, fifth, sixth, seventh, eighth, ninth, tenth, eleventh, twelfth',
  'thirteenth, fourteenth, fifteenth, sixteenth, seventeenth, eighteenth, nineteenth, twentieth',
  'thirtieth, twenty first, twenty second, twenty third, twenty fourth, twenty fifth, twenty sixth',
  'twenty seventh, twenty eighth, twenty ninth, thirty first, 1st, 2nd, 3rd, 21st, 22nd, 23rd, 31st',
  Array.from({ length: 31 }, (_, day) => `${day + 1}th`).join(', '),
);

/** Days, months and years, in words and as recognisers write them. */
const BIRTH = [
  ...MONTHS,
  ...ORDINALS,
  ...list(
    "hundred, thousand, the, of, and, in, no, I was born on, it's, it is, my date of birth is",
  ),
];
/** What a day and a time are said with besides. */
const DAYS = [
  ...MONTHS,
  ...ORDINALS,
  ...list(
    'first thing, day, month, fortnight, of, not, except, a, maybe, ten fifteen, christmas, easter',
  ),
];

/** How many other texts are weighed against what was asked. */
const READINGS = 8;

const WHEN: Likely = { expected: [...TIME, ...DAYS], readings: READINGS };

const LIKELY: Readonly<Record<string, Readonly<Record<Exclude<Expectation, 'name'>, Likely>>>> = {
  en: {
    number: { expected: [...DIGITS, ...MORE_NUMBERS, ...FIGURES, ...AROUND], readings: READINGS },
    'yes-no': { answers: YES_NO },
    time: WHEN,
    choice: WHEN,
    birth: { expected: [...DIGITS, ...MORE_NUMBERS, ...FIGURES, ...BIRTH], readings: READINGS },
    person: { readings: READINGS },
    email: { readings: READINGS },
  },
};

/**
 * What is likely where `expectation` stands; engines prefer it if it fits what was heard. `names` are those
 * of the office's directory, which callers say in whatever sentence.
 */
export function likelyFor(
  language: string,
  expectation: Expectation | undefined,
  names: readonly string[] = [],
): Likely {
  if (expectation === undefined) return {};
  if (expectation === 'name') return names.length === 0 ? {} : { names };
  return LIKELY[language]?.[expectation] ?? {};
}
