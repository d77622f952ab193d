import t from 'tap';
import {
  findSlot,
  type SlotContext,
  type SlotKind,
} from '../../../agent/understanding/slots/slots.js';

/** Tuesday, 24 November 2026, ten o'clock in New York. */
export const CONTEXT: SlotContext = {
  language: 'en',
  country: 'US',
  now: Date.parse('2026-11-24T10:00:00-05:00'),
  timeZone: 'America/New_York',
};

export type Case = readonly [text: string, value: string | undefined];

/** Checks one table: what each text holds. */
export function table(
  kind: SlotKind,
  title: string,
  cases: readonly Case[],
  more: Partial<SlotContext> = {},
): void {
  t.test(`${kind}: ${title}`, (t) => {
    for (const [text, value] of cases) {
      const found = findSlot(kind, text, { ...CONTEXT, ...more });
      t.equal(found?.value, value, text);
      if (found !== undefined) {
        t.ok(found.confidence > 0 && found.confidence <= 1, `${text}: confidence`);
        t.ok(found.heard !== '' && text.includes(found.heard), `${text}: heard`);
      }
    }
    t.end();
  });
}
