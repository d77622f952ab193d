import { isDeepStrictEqual } from 'node:util';
import type { Journal } from '../privacy/reading-room.js';
import type { DialogueParts } from '../dialogue/fixed-phrases.js';
import { createDialogue } from '../dialogue/machine.js';
import type { DialogueEvent } from '../dialogue/ports.js';
import { dialogueSettings } from '../dialogue/settings.js';
import { receptionErrors } from './errors.js';

/** What a journal needs besides its events: the dialogue is made of nothing else. */
export const configurationOf = (parts: DialogueParts): string => JSON.stringify(parts);

/** What every office has that sets nothing: what a journal is older than has this value. */
const DEFAULTS = dialogueSettings.parse({
  emergencyNumber: '112',
  transferTargets: [{ id: 'nobody', name: 'nobody', extension: '0' }],
  defaultTarget: 'nobody',
});

/** One decision of a call, made again. */
export interface Replayed {
  readonly atMs: number;
  readonly event: string;
  /** What was decided then, and what is decided now. */
  readonly then: string;
  readonly now: string;
  readonly same: boolean;
}

/**
 * Makes every decision of a call again from its journal, under the configuration of that time. The
 * dialogue is pure: with the same program every decision is the same.
 * @throws RECEPTION_JOURNAL_UNREADABLE
 */
export function replay(journal: Journal): readonly Replayed[] {
  const { decisions } = journal;
  const stored = parse(journal.configuration) as DialogueParts;
  // Settings that are newer than the journal have their defaults.
  const dialogue = createDialogue({ ...stored, dialogue: { ...DEFAULTS, ...stored.dialogue } });
  let state = dialogue.start();
  return decisions.map(({ atMs, event, actions, reason }) => {
    const happened = parse(event) as DialogueEvent;
    const step = dialogue.step(state, happened);
    state = step.state;
    // Through JSON, as it was stored: what is undefined is not there.
    const again: unknown = JSON.parse(JSON.stringify(step.actions));
    return {
      atMs,
      event: happened.kind,
      then: reason,
      now: step.reason,
      same: step.reason === reason && isDeepStrictEqual(again, parse(actions)),
    };
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw receptionErrors.make('JOURNAL_UNREADABLE', { cause });
  }
}
