import { standingOf, wholeNational, type Standing } from './phone-rules.js';
import type { Run, Unit } from './phone-run.js';

/** What a run means. */
export interface Reading {
  readonly digits: string;
  readonly standing: Standing;
  readonly mended: boolean;
}

/** "nine hundred and eighty" in two pieces has more digits than this. */
const HUNDREDS = 3;
/** A number of so many digits may have been begun with its end. */
const PREVIEWED = 9;

const RANK: readonly Standing[] = ['none', 'short', 'local', 'possible', 'valid'];
export const rank = (standing: Standing): number => RANK.indexOf(standing);

/** The best reading of a run: digit by digit, or with "five hundred fifty five" as one number. */
export function readingOf(run: Run, country: string): Reading {
  const bare = changed(run, (units) => units.filter(({ sigh }) => sigh !== true));
  const plain = readingAs(bare, country);
  if (plain.standing === 'valid') return plain;
  const whole = plain.standing === 'possible';
  const changes = [hundredsJoined, hundredsFilled, hundredsApart, withoutStutter, withoutPreview];
  const variants = [
    ...(whole ? [] : [run, ...changes.map((change) => changed(bare, change))]),
    ...eachApart(bare),
  ].map((variant) => readingAs(variant, country));
  const best = variants.reduce(
    (found, one) => (rank(one.standing) > rank(found.standing) ? one : found),
    plain,
  );
  if (rank(best.standing) >= rank('possible')) return best;
  const later = readingAs(withoutHour(bare), country);
  return rank(later.standing) >= rank('possible') ? later : best;
}

const changed = (run: Run, change: (units: readonly Unit[]) => readonly Unit[]): Run => ({
  ...run,
  parts: run.parts.map((part) => ({ ...part, units: change(part.units) })),
});

/** "three thirty five five five …" may be 330 555 and not 335 55: each such pair taken apart in its turn. */
const eachApart = (run: Run): readonly Run[] =>
  run.parts
    .flatMap(({ units }) => units)
    .filter((unit) => unit.apart !== unit.digits)
    .map((pair) =>
      changed(run, (units) =>
        units.map((unit) => (unit === pair ? { ...unit, digits: unit.apart } : unit)),
      ),
    );

/** "two oh eight, uh, two oh eight five five five …": the first group, or digit, was begun again. */
function withoutStutter(units: readonly Unit[]): readonly Unit[] {
  const [first, second] = units;
  if (first?.pause === true && first.digits === second?.digits) return units.slice(1);
  for (let count = Math.floor(units.length / 2); count >= 1; count -= 1) {
    const [one, two] = [units.slice(0, count), units.slice(count, 2 * count)].map(digitsOf);
    if (one === two && (one?.length ?? 0) > 1) return units.slice(count);
  }
  return units;
}

/** An hour has so many digits. */
const HOUR = 2;

/** "Tomorrow at three, 020 …": an hour, or whatever else was told in figures before the number. */
function withoutHour(run: Run): Run {
  const [part, ...parts] = run.parts;
  const [first, next, ...rest] = part?.units ?? [];
  if (part === undefined || first === undefined || next === undefined) return run;
  // Of a number that is told digit by digit none is left out.
  const digitwise = next.pause && next.digits.length === 1;
  if (!first.pause || first.digits.length > HOUR || digitwise) return run;
  return { ...run, parts: [{ ...part, units: [next, ...rest] }, ...parts] };
}

/** "ends in oh one four four, so nine one nine …": a part of the number before the number. */
function withoutPreview(units: readonly Unit[]): readonly Unit[] {
  const whole = digitsOf(units);
  for (let count = 1; count < units.length; count += 1) {
    const rest = digitsOf(units.slice(count));
    const before = digitsOf(units.slice(0, count).filter(({ weak }) => weak !== 'homophone'));
    if (before.length > 1 && whole.length > PREVIEWED + before.length && rest.endsWith(before)) {
      return units.slice(count);
    }
  }
  return units;
}

/** "nine hundred and", "eighty eight", "three": 900883, and not 9883. */
const hundredsApart = (units: readonly Unit[]): readonly Unit[] =>
  units.map((unit) => (unit.apart.length > HUNDREDS ? { ...unit, digits: unit.apart } : unit));

/** "five hundred", "fifty five" is 555, not 500 and 55. */
function hundredsJoined(units: readonly Unit[]): readonly Unit[] {
  const joined: Unit[] = [];
  for (const unit of units) {
    const last = joined.at(-1);
    const fits = last !== undefined && !last.pause && /^[1-9]00$/u.test(last.digits);
    if (fits && /^[1-9]\d$/u.test(unit.digits)) {
      joined[joined.length - 1] = { ...unit, digits: last.digits.charAt(0) + unit.digits };
    } else joined.push(unit);
  }
  return joined;
}

/** "seven hundred", "two" is 702 at the beginning of a number, and not 7002. */
function hundredsFilled(units: readonly Unit[]): readonly Unit[] {
  const [first, second, ...rest] = units;
  const fits = first?.pause === false && /^[1-9]00$/u.test(first.digits);
  return fits && second !== undefined && /^[1-9]$/u.test(second.digits)
    ? [{ ...second, digits: first.digits.slice(0, -1) + second.digits }, ...rest]
    : units;
}

/** The best reading of a run: its self-corrections applied, its doubtful edges in or out. */
function readingAs(run: Run, country: string): Reading {
  const stand = (digits: string): Standing => standingOf(digits, run.plus, country);
  const variants = run.parts.map(({ units }) => edges(units));
  let readings: readonly string[] = variants[0]?.map(digitsOf) ?? [''];
  run.parts.slice(1).forEach((part, index) => {
    const next = variants[index + 1] ?? [];
    readings = part.restarts
      ? next.map(digitsOf)
      : readings.flatMap((before) => next.map((units) => mendDigits(before, units, stand)));
  });
  const mended = run.parts.length > 1;
  let best: Reading = { digits: '', standing: 'none', mended };
  readings.forEach((digits, index) => {
    const standing = stand(digits);
    const rises = rank(standing) > rank(best.standing);
    // Where numbers begin with a zero, the "oh" before one is that zero.
    const trunk = standing === best.standing && digits === wholeNational(best.digits, country);
    if (index === 0 || rises || trunk) best = { digits, standing, mended };
  });
  return best;
}

const digitsOf = (units: readonly Unit[]): string => units.map(({ digits }) => digits).join('');

/** The units with and without doubtful ones at either end; the likeliest first. */
function edges(units: readonly Unit[]): readonly (readonly Unit[])[] {
  const from = units.findIndex(({ weak }) => weak === 'no');
  const to = units.findLastIndex(({ weak }) => weak === 'no') + 1;
  if (from < 0) return [units.filter(({ weak }) => weak === 'digit')];
  // An "oh" is a digit more often than not, but a sigh when a pause follows.
  const tail = to + units.slice(to).findIndex(({ weak }) => weak !== 'digit');
  const last = tail < to ? units.length : tail;
  const sigh = units.slice(0, from).findLastIndex(({ weak, pause }) => weak !== 'digit' || pause);
  const first = sigh + 1;
  return [
    units.slice(first, last),
    units.slice(from, last),
    units.slice(from, to),
    units.slice(from),
    units.slice(0, last),
    units,
  ];
}

/** Applies "…, no, …" to digits: what was restated takes the place of what it resembles. */
function mendDigits(
  before: string,
  units: readonly Unit[],
  stand: (digits: string) => Standing,
): string {
  const after = digitsOf(units);
  if (after === '') return before;
  if (rank(stand(after)) >= rank('possible')) return after;
  const pause = units.findIndex((unit) => unit.pause);
  const group = digitsOf(pause < 0 ? units : units.slice(0, pause + 1)).length;
  let best = { digits: after, score: -1 };
  for (let drop = Math.min(before.length, after.length); drop >= 1; drop -= 1) {
    const gone = before.slice(before.length - drop);
    const alike = Array.from(gone).filter((digit, index) => after[index] === digit).length / drop;
    const digits = before.slice(0, before.length - drop) + after;
    const standing = rank(stand(digits));
    // Of two that are possible the longer one: numbers are seldom told shorter than they are.
    const length = standing >= rank('possible') ? digits.length : 0;
    const score = 10 * Math.max(0, standing - 1) + length + (drop === group ? 2 : 0) + 3 * alike;
    if (score > best.score) best = { digits, score };
  }
  return best.digits;
}
