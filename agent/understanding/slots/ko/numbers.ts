/** Chinese-Korean digits, which days, months, minutes and years are counted by. */
const DIGITS = new Map(Array.from('일이삼사오육칠팔구', (word, index) => [word, index + 1]));
const ZERO = new Set(['영', '공']);
/** Hours are counted by Korean numbers, in the form that stands before a noun. */
const HOURS = new Map(
  '한 두 세 네 다섯 여섯 일곱 여덟 아홉 열 열한 열두'
    .split(' ')
    .map((word, index) => [word, index + 1]),
);

/** A number below ten thousand, in figures or as it is said ("천구백팔십이", "이십오"); undefined for none. */
export function koreanNumber(word: string): number | undefined {
  if (/^\d{1,4}$/u.test(word)) return Number(word);
  if (word === '' || ZERO.has(word)) return word === '' ? undefined : 0;
  let sum = 0;
  let digit: number | undefined;
  let last = Infinity;
  for (const letter of word) {
    const unit = { 천: 1000, 백: 100, 십: 10 }[letter];
    const value = DIGITS.get(letter);
    if (unit !== undefined) {
      if (unit >= last) return undefined;
      sum += (digit ?? 1) * unit;
      last = unit;
      digit = undefined;
    } else if (value !== undefined && digit === undefined) digit = value;
    else if (ZERO.has(letter) && digit === undefined && sum === 0) digit = undefined;
    else return undefined;
  }
  return sum + (digit ?? 0);
}

/** An hour as it is said ("세", "열두") or in figures. */
export const koreanHour = (word: string): number | undefined =>
  HOURS.get(word) ?? koreanNumber(word);

/** Every way to write a number, for patterns; the longest Korean hours come first. */
export const NUMBER = '(?:\\d{1,4}|[영공일이삼사오육칠팔구십백천]{1,8})';
export const HOUR =
  '(?:\\d{1,2}|열한|열두|다섯|여섯|일곱|여덟|아홉|한|두|세|네|열|[일이삼사오육칠팔구십]{1,4})';
