import { seeded } from '../../agent/audio/seeded.js';
import { isOver } from '../../agent/dialogue/machine.js';
import { eventsOf } from '../../agent/dialogue/table.js';
import type { Dialogue, DialogueEvent, DialogueStep } from '../../agent/dialogue/ports.js';
import { WEEKDAYS } from '../../agent/understanding/settings.js';
import { heard } from './office.js';

/** What callers say in a random call: intents and texts are paired at random, as a bad day would. */
export interface Repertoire {
  readonly intents: readonly string[];
  readonly texts: readonly string[];
  readonly faq: readonly string[];
  readonly holidays: readonly string[];
}

/** Times at which calls begin: open, at lunch, in the night, at the weekend, on Christmas Day. */
const TIMES = [
  ...['2026-11-24T10:00:00Z', '2026-11-24T12:45:00Z', '2026-11-25T22:00:00Z'],
  ...['2026-11-28T10:00:00Z', '2026-12-25T10:00:00Z'],
].map((time) => Date.parse(time));
const CALLERS = ['+442079460199', '02079460142', '201', undefined];
const OUTCOMES = ['answered', 'busy', 'no-answer', 'declined', 'voicemail', 'failed'] as const;
const KEYS = Array.from('0123456789*#');
const LENGTH = 60;

/** Plays the random call of `seed`; `see` is shown each event with the step that it led to. */
export function randomCall(
  dialogue: Dialogue,
  repertoire: Repertoire,
  seed: number,
  see: (event: DialogueEvent, step: DialogueStep) => void,
): void {
  const random = seeded(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const now = pick(TIMES);
  const days = [...WEEKDAYS, 'today', 'tomorrow', 'now', 'weekend', ...repertoire.holidays];
  const caller = pick(CALLERS);
  let state = dialogue.start();

  const eventOf = (kind: DialogueEvent['kind']): DialogueEvent | undefined => {
    switch (kind) {
      case 'begin':
        return { kind, now, ...(caller === undefined ? {} : { caller }) };
      case 'heard': {
        const day = pick(days);
        const faq = repertoire.faq.length > 0 && random() < 0.15 ? pick(repertoire.faq) : undefined;
        return heard(pick(repertoire.intents), {
          text: pick(repertoire.texts),
          now,
          slots: random() < 0.3 ? { day: { value: day, confidence: 1, heard: day } } : {},
          ...(random() < 0.15
            ? { others: [{ intent: pick(repertoire.intents), score: random() }] }
            : {}),
          faq: faq === undefined ? undefined : { id: faq, score: 0.5 + random() / 2, margin: 0.2 },
        });
      }
      case 'key':
        return { kind, digit: pick(KEYS) };
      case 'silence':
        return { kind, ms: 7_000 };
      case 'transfer-ended':
        return { kind, outcome: pick(OUTCOMES) };
      case 'time':
        return { kind, left: random() < 0.5 ? 'little' : 'none' };
      case 'slots-found': {
        const from = now + Math.floor(random() * 14 * 24) * 3_600_000;
        const slot = { visit: 'visit', from, to: from + 1_800_000 };
        return { kind, slots: random() < 0.3 ? [] : [slot], now };
      }
      case 'diary-failed':
      case 'spoken':
      case 'unheard':
      case 'not-kept':
      case 'unspoken':
      case 'hung-up':
        return { kind };
      default:
        return undefined;
    }
  };

  for (let count = 0; count < LENGTH && !isOver(state); count += 1) {
    // Most events are words; the rest comes now and then.
    const kinds = eventsOf(state.phase).filter((kind) => eventOf(kind) !== undefined);
    const wordy = kinds.includes('heard') && random() < 0.6;
    const rare = (kind: string): boolean => ['hung-up', 'not-kept', 'unspoken'].includes(kind);
    const usual = kinds.filter((kind) => !rare(kind) || random() < 0.02);
    const event = eventOf(wordy ? 'heard' : usual.length === 0 ? 'hung-up' : pick(usual));
    if (event === undefined) return;
    const step = dialogue.step(state, event);
    see(event, step);
    // Through JSON, as a journal would keep it.
    state = JSON.parse(JSON.stringify(step.state)) as typeof state;
  }
}
