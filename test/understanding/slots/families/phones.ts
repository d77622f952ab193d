import { cardinal, DIGITS, line, type Choice } from './choice.js';

/** A number as somebody says it, and its digits. */
export interface SaidNumber {
  readonly text: string;
  readonly value: string;
  readonly country: string;
}

type Zero = 'oh' | 'zero' | 'o';

const digit = (value: string, zero: Zero): string =>
  value === '0' ? zero : (DIGITS[Number(value)] ?? '');

/** Digit by digit; two or three alike may be "double" or "triple". */
function oneByOne(digits: string, zero: Zero, pick: Choice, joins: boolean): string {
  const words: string[] = [];
  for (let at = 0; at < digits.length;) {
    const one = digits.charAt(at);
    let alike = 1;
    while (digits.charAt(at + alike) === one && alike < 3) alike += 1;
    const joined = alike > 1 && joins && pick.percent(50);
    if (joined) words.push(alike === 2 ? 'double' : 'triple');
    words.push(digit(one, zero));
    at += joined ? alike : 1;
  }
  return words.join(' ');
}

/** "oh one forty six", "twelve thirty four" */
const byPairs = (digits: string, zero: Zero): string =>
  (digits.match(/../gu) ?? [])
    .map((pair) =>
      pair.startsWith('0') ? line(zero, digit(pair.charAt(1), zero)) : cardinal(Number(pair)),
    )
    .join(' ');

function groupOf(digits: string, zero: Zero, pick: Choice): string {
  const how = pick.between(0, 9);
  if (how === 0) return digits;
  if (how === 1 && digits.length === 4) return byPairs(digits, zero);
  if (how === 2 && digits.length === 3 && !/^.0/u.test(digits)) {
    return line(digit(digits.charAt(0), zero), cardinal(Number(digits.slice(1))));
  }
  if (how === 3 && /^[1-9]00$/u.test(digits)) {
    return line(digit(digits.charAt(0), zero), 'hundred');
  }
  return oneByOne(digits, zero, pick, how > 3);
}

const OPENINGS = [
  ...['', '', '', "it's", 'yeah', 'sure', 'um', 'okay so', 'well', "my number's", 'my number is'],
  ...['the number is', 'my cell is', 'you can reach me at', 'call me on', 'the best number is'],
  ...[
    "yes it's",
    "oh sure it's",
    "that's",
    'uh let me see',
    'my mobile is',
    "it'd be",
    'try me on',
  ],
] as const;
const CLOSINGS = [
  ...['', '', '', '', 'thanks', 'thank you', 'please', "that's it", "that's my cell", 'after six'],
  ...["that's my mobile", 'in the evening', 'any time', "that's the best one", 'is my number'],
  ...["that's my daughter's", 'ask for jim', 'until noon', 'extension twelve', 'ext four oh two'],
] as const;
const BETWEEN = [
  ...['', '', '', '', '', '', '', ',', 'uh', 'um', 'then', 'and then', 'dash', 'okay', 'and'],
  ...['got that', 'are you ready', 'let me think', 'pause'],
] as const;

const join = (groups: readonly string[], pick: Choice): string =>
  groups
    .slice(1)
    .reduce((before, group) => line(before, pick.of(...BETWEEN), group), groups[0] ?? '');

const random = (count: number, pick: Choice): string =>
  Array.from({ length: count }, () => String(pick.between(0, 9))).join('');

/** Numbers that nobody has: of North America as it reserves them for stories, of Britain as Ofcom does. */
function fresh(pick: Choice): { groups: readonly string[]; country: string } {
  if (pick.percent(65)) {
    const area = pick.of(
      '212',
      '954',
      '330',
      '704',
      '813',
      '602',
      '732',
      '505',
      '800',
      '415',
      '678',
    );
    return { groups: [area, '555', `01${random(2, pick)}`], country: 'US' };
  }
  const groups = pick.of<readonly string[]>(
    ['07700', '900', random(3, pick)],
    ['0770', '0900', random(3, pick)],
    ['077', '00', '900', random(3, pick)],
    ['020', '7946', `0${random(3, pick)}`],
    ['0121', '496', `0${random(3, pick)}`],
    ['01632', '960', random(3, pick)],
  );
  return { groups, country: 'GB' };
}

/** One number, told in one of the ways that people tell numbers. */
export function saidNumber(pick: Choice): SaidNumber {
  const { groups, country } = fresh(pick);
  const zero = pick.of<Zero>('oh', 'oh', 'zero', 'o');
  const say = (parts: readonly string[]): string =>
    join(
      parts.map((group) => groupOf(group, zero, pick)),
      pick,
    );
  const digits = groups.join('');
  const opening = pick.of(...OPENINGS);
  const closing = pick.of(...CLOSINGS);
  const whole = (text: string, value = digits): SaidNumber => ({
    text: line(opening, text, closing),
    value,
    country,
  });
  const [area = '', ...local] = groups;
  const end = groups.at(-1) ?? '';
  const sorry = pick.of('no', 'sorry', 'no sorry', 'no wait', 'i mean', 'oh wait');
  const wrong = (group: string): string =>
    group.slice(0, -1) + String((Number(group.at(-1)) + pick.between(1, 9)) % 10);
  switch (pick.between(0, 16)) {
    case 0: {
      const again = pick.of('i repeat', "so that's", 'again', 'let me repeat that', 'once more');
      return whole(line(say(groups), again, say(groups)));
    }
    case 1: {
      const over = pick.of(
        'let me start again',
        "i'll start over",
        'scratch that',
        'sorry start again',
      );
      return whole(line(say(groups.slice(0, -1)), over, say(groups)));
    }
    case 2:
      // The last group said once more.
      return whole(
        line(say([...groups.slice(0, -1), wrong(end)]), sorry, oneByOne(end, zero, pick, true)),
      );
    case 3: {
      // Its last digit alone.
      const last = oneByOne(end.slice(-1), zero, pick, false);
      return whole(line(say([...groups.slice(0, -1), wrong(end)]), sorry, last));
    }
    case 4: {
      const before = groups.slice(0, -1);
      const bad = wrong(before.at(-1) ?? '');
      const good = before.at(-1) ?? '';
      return whole(
        line(
          say([...before.slice(0, -1), bad]),
          sorry,
          oneByOne(good, zero, pick, true),
          say([end]),
        ),
      );
    }
    case 5:
      if (country === 'US') {
        const cue = pick.of('area code', 'from area code', 'it has area code');
        return whole(line(say(local), cue, say([area])));
      }
      return whole(line(say(local), 'and the code is', say([area])));
    case 6:
      if (country === 'US') {
        const link = pick.of('is the area code and', 'is the area code then');
        return whole(line(say([area]), link, say(local)));
      }
      return whole(line('the code is', say([area]), 'and then', say(local)));
    case 7:
      if (country === 'US') {
        const plus = pick.of('plus one', 'one', 'country code one', '+1', 'plus 1');
        return whole(line(plus, say(groups)), `1${digits}`);
      }
      return whole(line('plus four four', say([area.slice(1), ...local])), `44${digits.slice(1)}`);
    case 8:
      if (country === 'US') return whole(line('area code', say(groups)));
      return whole(
        line('double oh four four', say([area.slice(1), ...local])),
        `0044${digits.slice(1)}`,
      );
    case 16: {
      // The first group was begun, and begun again.
      const begun = oneByOne(area.slice(0, 2), zero, pick, false);
      return whole(line(begun, oneByOne(area, zero, pick, false), say(local)));
    }
    case 9: {
      const cue = pick.of('ends in', 'it ends with', 'the last digits are');
      return whole(line(cue, oneByOne(end, zero, pick, true), "so it's", say(groups)));
    }
    default:
      return whole(say(groups));
  }
}
