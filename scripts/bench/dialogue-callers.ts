// Callers of whole dialogues in text, made from a seed: what they want, what they say first, and what they put right.

/** What a record must hold in the end, word for word. */
export interface Wanted {
  readonly name: string;
  /** National digits. */
  readonly phone: string;
  /** ISO date; where the form asks for one. */
  readonly dob?: string;
  /** As the slot has it: an ISO date and a part of the day. */
  readonly wish?: string;
}

export interface Caller {
  readonly id: string;
  readonly opening: string;
  readonly wanted: Wanted;
  /** What is said to each question, by what `converse` calls it; the first answer first. */
  readonly answers: Readonly<Record<string, readonly string[]>>;
  /** Said once in place of a yes: to the number as it is read back, and to the whole. */
  readonly numberCorrection?: string;
  readonly finalCorrection?: string;
}

const FIRST = 'Anna Peter Julia Martin Priya David Emma Tariq Sarah Pawel Siobhan Mei'.split(' ');
const LAST =
  "Fischer Grant Miller Okonkwo Harris Bennett Chaudhry Foster O'Brien Nowak Hughes Tanaka".split(
    ' ',
  );
const DIGITS = 'oh one two three four five six seven eight nine'.split(' ');
const PLACES = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ');
const MONTHS =
  'January February March April May June July August September October November December'.split(
    ' ',
  );
const ORDINALS = (
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth ' +
  'fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'
).split(' ');
const YEARS: Readonly<Record<number, string>> = {
  1948: 'nineteen forty eight',
  1957: 'nineteen fifty seven',
  1963: 'nineteen sixty three',
  1974: 'nineteen seventy four',
  1986: 'nineteen eighty six',
  1992: 'nineteen ninety two',
};
/** The days after Tuesday, 24 November 2026, when the office is open. */
const DAYS = [
  ['Wednesday', '2026-11-25'],
  ['Thursday', '2026-11-26'],
  ['Friday', '2026-11-27'],
  ['Monday', '2026-11-30'],
] as const;
const PARTS = ['morning', 'afternoon'] as const;

type Saying = (value: string) => string;

/** How things are said, by whoever says them. */
const NAMED: readonly Saying[] = [
  (name) => name,
  (name) => `my name is ${name}`,
  (name) => `it's ${name}`,
  (name) => `yes, this is ${name} speaking`,
  (name) =>
    `${name}, that's ${Array.from(name.split(' ')[1] ?? '')
      .filter((letter) => letter !== "'")
      .join(' ')}`,
];
const NAMED_AGAIN: readonly Saying[] = [
  (name) => `no, sorry, my name is ${name}`,
  (name) => `that's not right, the name is ${name}`,
  (name) => `no, it's ${name}`,
];
const DIALLED: readonly Saying[] = [
  (digits) => spoken(digits),
  (digits) => `my number is ${spoken(digits)}`,
  (digits) => `um it's ${doubled(digits)}`,
  (digits) => `${doubled(digits)} please`,
  (digits) => `${spoken(digits.slice(0, 5))}, ${spoken(digits.slice(5))}, thank you`,
];
const AT_END: readonly Saying[] = [
  (digits) => `no, it ends in ${spoken(digits.slice(-2))}`,
  (digits) => `no, the last two digits are ${spoken(digits.slice(-2))}`,
  (digits) => `that's wrong, it's ${spoken(digits.slice(-4))} at the end`,
  (digits) => `no, once more, ${spoken(digits)}`,
];
const BORN_AGAIN: readonly Saying[] = [
  (born) => `sorry, I was born on the ${born}`,
  (born) => `wait, my date of birth is the ${born}`,
  (born) => `no, that was wrong, I was born on the ${born}`,
];
const AGAIN: readonly Saying[] = [
  (when) => `no, ${when}`,
  (when) => `no, I'd rather come on ${when}`,
  (when) => `actually make it ${when}`,
  (when) => `that's wrong, I said ${when}`,
];

const KINDS = ['message', 'book', 'refill', 'results'] as const;
/** What goes wrong at first, and is put right. */
const SLIPS = ['none', 'digit', 'end', 'name', 'late', 'aside', 'early'] as const;

/** A generator of 32 bits (mulberry32): the same seed gives the same callers. */
function random(seed: number): <T>(from: readonly T[]) => T {
  let state = seed;
  return (from) => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    const share = ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    return from[Math.floor(share * from.length)] as (typeof from)[number];
  };
}

const spoken = (digits: string): string =>
  Array.from(digits, (digit) => DIGITS[Number(digit)]).join(' ');

/** Two digits alike in a row as "double". */
const doubled = (digits: string): string =>
  digits
    .replace(/(\d)\1/gu, (_, digit: string) => ` double ${DIGITS[Number(digit)] ?? ''} `)
    .replace(/\d/gu, (digit) => ` ${DIGITS[Number(digit)] ?? ''} `)
    .trim()
    .split(/\s+/u)
    .join(' ');

const other = (digit: string): string => String((Number(digit) + 3) % 10);

/** The caller with number `at` of those of `seed`. */
export function callerOf(seed: number, at: number): Caller {
  const pick = random(seed * 1000 + at);
  const kind = KINDS[at % KINDS.length] ?? 'message';
  const slip = SLIPS[Math.floor(at / KINDS.length) % SLIPS.length] ?? 'none';
  const name = `${pick(FIRST)} ${pick(LAST)}`;
  const phone = pick(['02079460', '07700900', '01614960']) + pick(['123', '481', '756', '902']);
  const [day, month] = [pick(ORDINALS), pick(MONTHS)];
  const year = pick(Object.keys(YEARS).map(Number));
  const [weekday, date] = pick(DAYS);
  const part = pick(PARTS);
  const dob = `${String(year)}-${two(MONTHS.indexOf(month) + 1)}-${two(ORDINALS.indexOf(day) + 1)}`;
  const born = pick([
    `${day} of ${month} ${YEARS[year] ?? ''}`,
    `${month} the ${day}, ${YEARS[year] ?? ''}`,
    `${day} ${month} ${String(year)}`,
  ]);
  const when = `${weekday} ${part}`;
  const asksBirth = kind === 'refill' || kind === 'results';
  const place = pick([3, 5, 7, 9]);
  const slipped =
    phone.slice(0, place) + other(phone[place] ?? '0') + phone.slice(place + 1, phone.length);
  const ended = phone.slice(0, -2) + other(phone.at(-2) ?? '0') + (phone.at(-1) ?? '');
  const first = slip === 'digit' ? slipped : slip === 'end' ? ended : phone;
  const otherDay = DAYS.find((one) => one[0] !== weekday)?.[0] ?? 'Monday';
  const late = slip === 'late' && kind === 'book';
  return {
    id: `${kind}, ${slip}`,
    opening: OPENINGS[kind],
    wanted: {
      ...{ name, phone },
      ...(asksBirth ? { dob } : {}),
      ...(kind === 'book' ? { wish: `${date} ${part}` } : {}),
    },
    answers: {
      name: [pick(NAMED)(slip === 'name' ? 'Robert Stone' : name)],
      // The name that was just said back is put right, then the question is answered.
      ...(slip === 'name' ? { after_name: [pick(NAMED_AGAIN)(name)] } : {}),
      ...(slip === 'early' ? { before_name: [pick(DIALLED)(phone)] } : {}),
      ...(slip === 'aside' ? { before_phone: ['sorry, are you open on Saturday?'] } : {}),
      phone: [pick(DIALLED)(first)],
      dob: [slip === 'late' ? `${day} of ${month} nineteen fifty` : born],
      ...(slip === 'late' && asksBirth ? { after_dob: [pick(BORN_AGAIN)(born)] } : {}),
      reason: ['please tell the doctor that my letter has not come'],
      visit: ['a check-up'],
      date_time: [late ? `${otherDay} ${part}` : when],
      medicine: ['ibuprofen'],
      pharmacy: ['the Boots on the high street'],
      test: ['a blood test last week'],
      urgency: ['no'],
      callback_time: ['tomorrow morning'],
    },
    ...(slip === 'digit'
      ? {
          numberCorrection: `no, the ${PLACES[place] ?? ''} digit is ${spoken(phone[place] ?? '')}`,
        }
      : {}),
    ...(slip === 'end' ? { numberCorrection: pick(AT_END)(phone) } : {}),
    ...(late ? { finalCorrection: pick(AGAIN)(when) } : {}),
  };
}

const OPENINGS: Readonly<Record<(typeof KINDS)[number], string>> = {
  message: "I'd like to leave a message",
  book: "I'd like to make an appointment",
  refill: 'I need a repeat prescription',
  results: "I'm calling about my test results",
};

const two = (value: number): string => String(value).padStart(2, '0');
