import { createDialogue } from '../../agent/dialogue/machine.js';
import type {
  Dialogue,
  DialogueEvent,
  DialogueStep,
  TakenMessage,
} from '../../agent/dialogue/ports.js';
import { dialogueSettings } from '../../agent/dialogue/settings.js';
import type { Understood } from '../../agent/understanding/ports.js';
import { understandingSettings } from '../../agent/understanding/settings.js';

const weekday = ['08:30-12:30', '13:30-17:30'];

/** Input of the understanding's settings for a small office that tests share. */
export const officeFacts = {
  profile: 'clinic',
  office: {
    name: 'Harbour Office',
    address: '5 Quay Street',
    directions: 'Ring twice.',
    services: ['repairs', 'advice'],
  },
  timeZone: 'Europe/Berlin',
  hours: {
    monday: weekday,
    tuesday: weekday,
    wednesday: weekday,
    thursday: weekday,
    friday: ['09:00-12:00'],
  },
  holidays: [
    { date: '2026-12-24', name: 'Christmas Eve', hours: ['09:00-11:00'] },
    { date: '2026-12-25', name: 'Christmas Day', aliases: ['christmas'] },
  ],
  faq: [
    { id: 'parking', questions: ['where can i park'], answer: 'You can park behind the house.' },
  ],
};

/** The same for the dialogue. */
export const talkFacts = {
  noticeVersion: 'test-1',
  emergencyNumber: '112',
  defaultTarget: 'desk',
  emergencyTarget: 'duty',
  transferTargets: [
    { id: 'desk', name: 'the front desk', extension: '201' },
    { id: 'duty', name: 'the officer on duty', extension: '202' },
    { id: 'carter', name: 'Dr Emily Carter', extension: '203', aliases: ['doctor carter'] },
  ],
  // Where a test is not about appointments, they stand for all that is for people.
  appointments: { by: 'people' },
  topics: { appointment: 'make appointments', 'appointment.cancel': 'cancel appointments' },
};

/** The dialogue of that office, with some facts replaced. */
export const dialogueOf = (
  facts: Readonly<Record<string, unknown>> = {},
  talk: Readonly<Record<string, unknown>> = {},
  recording = true,
  listening = false,
): Dialogue =>
  createDialogue({
    understanding: understandingSettings.parse({ ...officeFacts, ...facts }),
    dialogue: dialogueSettings.parse({ ...talkFacts, ...talk }),
    ...{ recording, listening },
  });

/** Tuesday, 24 November 2026, 10:00 in Berlin: open. */
export const OPEN = Date.parse('2026-11-24T09:00:00Z');
/** The same day, 20:00: closed until tomorrow. */
export const CLOSED = Date.parse('2026-11-24T19:00:00Z');

/** An event of something heard. */
export const heard = (
  intent: string,
  more: Partial<Understood> & { text?: string; now?: number } = {},
): DialogueEvent => {
  const { text = 'words', now = OPEN, ...understood } = more;
  return {
    kind: 'heard',
    text,
    now,
    understood: {
      intent,
      score: 0.9,
      alternatives: [],
      slots: {},
      emergency: intent === 'emergency',
      faq: undefined,
      ...understood,
    },
  };
};

/** A caller says that; the model makes `intent` of it. */
export const says = (text: string, intent = 'oos', more: Partial<Understood> = {}): DialogueEvent =>
  heard(intent, { text, ...more });
export const yes = says('Yes.', 'control.yes');
export const no = says('No.', 'control.no');

/** A day slot. */
export const day = (value: string): Understood['slots'] => ({
  day: { value, confidence: 1, heard: value },
});

export const begin = (now = OPEN): DialogueEvent => ({ kind: 'begin', now });
export const spoken: DialogueEvent = { kind: 'spoken' };
export const silent: DialogueEvent = { kind: 'silence', ms: 6000 };
export const key = (digit: string): DialogueEvent => ({ kind: 'key', digit });

/** A dialogue under way: steps, and what came of the last one. */
export class Talk {
  readonly #dialogue: Dialogue;
  #last: DialogueStep;

  constructor(dialogue: Dialogue = dialogueOf()) {
    this.#dialogue = dialogue;
    this.#last = { state: dialogue.start(), actions: [], reason: '' };
  }

  /** Takes events in order. */
  take(...events: readonly DialogueEvent[]): this {
    for (const event of events) this.#last = this.#dialogue.step(this.#last.state, event);
    return this;
  }

  get last(): DialogueStep {
    return this.#last;
  }

  get phase(): string {
    return this.#last.state.phase;
  }

  /** Prompts that the last step says. */
  get prompts(): readonly string[] {
    return this.#last.actions.flatMap((action) =>
      action.do === 'say' ? action.phrases.map(({ prompt }) => prompt) : [],
    );
  }

  /** Text that the last step says. */
  get text(): string {
    return this.#last.actions
      .flatMap((action) => (action.do === 'say' ? action.phrases.map(({ text }) => text) : []))
      .join(' ');
  }

  get outcome(): string {
    return this.#dialogue.outcome(this.#last.state);
  }
}

/** A talk after greeting and notice, waiting for the caller. */
export const listening = (dialogue: Dialogue = dialogueOf(), now = OPEN): Talk =>
  new Talk(dialogue).take(begin(now), spoken);

/** The message as the last step keeps it. */
export const kept = (talk: Talk): TakenMessage | undefined =>
  talk.last.actions
    .flatMap((action) => (action.do === 'keep-message' ? [action.message] : []))
    .at(-1);

/** What the last step asks. */
export const asks = (talk: Talk): string | undefined =>
  talk.last.actions.flatMap((action) => (action.do === 'say' ? [action.asks] : [])).at(-1);
