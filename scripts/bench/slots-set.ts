import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  findSlot,
  SLOT_KINDS,
  type SlotContext,
  type SlotKind,
} from '../../agent/understanding/slots/slots.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';

/** Share of texts to be read exactly, per cent. */
export const GOALS: Readonly<Record<SlotKind, number>> = {
  person_name: 90,
  phone: 97,
  date_time: 93,
  email: 90,
  dob: 95,
};
export const SETS = [
  'first',
  'worked',
  'second',
  'third',
  'fresh',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
  'eleventh',
  'twelfth',
  'thirteenth',
  'fourteenth',
  'fifteenth',
  'sixteenth',
  'seventeenth',
  'eighteenth',
  'nineteenth',
  'twentieth',
] as const;
export type SetName = (typeof SETS)[number];

/** Whose clock and telephone numbers a text is read by. */
const ZONES: Readonly<Record<string, string>> = {
  US: 'America/New_York',
  GB: 'Europe/London',
  DE: 'Europe/Berlin',
  FR: 'Europe/Paris',
  IE: 'Europe/Dublin',
  IN: 'Asia/Kolkata',
};

/** A text and what it holds. */
export interface Case {
  readonly kind: SlotKind;
  readonly country: string;
  readonly text: string;
  /** Empty where the text holds nothing of the kind. */
  readonly value: string;
}

/** Reads `[GB] text | value` lines below `== kind` lines. @throws Error naming file and line */
export async function casesOf(name: SetName): Promise<readonly Case[]> {
  const file = join(checkoutRoot, 'scripts', 'bench', `slots-${name}.txt`);
  const cases: Case[] = [];
  let kind: SlotKind | undefined;
  (await readFile(file, 'utf8')).split('\n').forEach((line, index) => {
    if (line.trim() === '' || line.startsWith('#')) return;
    const heading = /^== (\w+)$/u.exec(line)?.[1];
    if (heading !== undefined) {
      kind = SLOT_KINDS.find((one) => one === heading);
      if (kind === undefined) throw new Error(`${file}:${index + 1}: no slot is called ${heading}`);
      return;
    }
    const [, country = 'US', text, value] = /^(?:\[(\w\w)\] )?(.+?) \|(.*)$/u.exec(line) ?? [];
    if (kind === undefined || text === undefined || value === undefined) {
      throw new Error(`${file}:${index + 1}: not of the form "text | value"`);
    }
    cases.push({ kind, country, text, value: value.trim() });
  });
  return cases;
}

/** What the reader makes of it; empty for nothing. */
export const readAs = (one: Case): string =>
  findSlot(one.kind, one.text, contextOf(one))?.value ?? '';

/** Where and when a text is said. */
export function contextOf({ country }: Pick<Case, 'country'>): SlotContext {
  const timeZone = ZONES[country] ?? 'UTC';
  // Tuesday, ten o'clock where the office is: all these zones keep their distance from UTC all of that day.
  const now = Date.parse('2026-11-24T10:00:00Z') - offsetMs(timeZone);
  return { language: 'en', country, now, timeZone };
}

/** How far the zone is ahead of UTC in late November 2026, in milliseconds. */
function offsetMs(timeZone: string): number {
  const at = new Date('2026-11-24T12:00:00Z');
  const there = at.toLocaleString('sv-SE', { timeZone }).replace(' ', 'T');
  return Date.parse(`${there}Z`) - at.getTime();
}
