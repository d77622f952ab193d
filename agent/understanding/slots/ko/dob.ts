import { DateTime } from 'luxon';
import { compact } from '../../hangul.js';
import type { SlotContext, SlotValue } from '../value.js';
import { koreanNumber, NUMBER } from './numbers.js';

/** Nobody who calls is older, in years. */
const OLDEST = 125;
const SAID = new RegExp(`(${NUMBER})년(?:도)?(?:생)?(${NUMBER})월(${NUMBER})일`, 'u');
const FIGURES = /(?<!\d)(\d{4}|\d{2})[.\-/](\d{1,2})[.\-/](\d{1,2})(?!\d)/u;
/** As on the identity card: year, month and day in two figures each. */
const CARD = /(?<!\d)(\d{2})(\d{2})(\d{2})(?!\d)/u;

/** Finds a date of birth: year, month, day, in words or in figures. */
export function findKoreanDob(text: string, context: SlotContext): SlotValue | undefined {
  const now = DateTime.fromMillis(context.now, { zone: context.timeZone });
  const found = FIGURES.exec(text) ?? SAID.exec(compact(text)) ?? CARD.exec(text);
  const [year, month, day] = (found?.slice(1) ?? []).map(koreanNumber);
  if (year === undefined || month === undefined || day === undefined || !now.isValid) {
    return undefined;
  }
  const century = Math.floor(now.year / 100) * 100;
  const years = year > 99 ? [year] : [century + year, century - 100 + year];
  for (const candidate of years) {
    const date = DateTime.fromObject({ year: candidate, month, day }, { zone: context.timeZone });
    if (date.isValid && date <= now && now.year - candidate <= OLDEST) {
      return {
        value: date.toFormat('yyyy-MM-dd'),
        confidence: year > 99 ? 0.95 : 0.85,
        heard: text,
      };
    }
  }
  return undefined;
}
