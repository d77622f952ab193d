import { Directory } from '../dialogue/directory.js';
import type { DialogueSettings } from '../dialogue/settings.js';
import { OpeningHours } from '../understanding/hours.js';
import { e164 } from '../understanding/slots/phone-rules.js';
import type { UnderstandingSettings } from '../understanding/settings.js';
import { HandlingPlan } from './handling.js';
import type { HandlingSettings } from './handling-settings.js';

/** The parts of the configuration that decide how calls are held. */
export interface HandlingFacts {
  readonly handling: HandlingSettings;
  readonly dialogue: DialogueSettings;
  readonly understanding: UnderstandingSettings;
  readonly pbx: { readonly extensions: readonly { readonly number: string }[] };
  readonly reception: { readonly recording: string };
}

/** The plan of an office, of its whole configuration. */
export function planOf(facts: HandlingFacts): HandlingPlan {
  const { handling, dialogue, understanding, pbx, reception } = facts;
  const hours = new OpeningHours(understanding);
  const hasHours = Object.values(understanding.hours).some((ranges) => ranges.length > 0);
  return new HandlingPlan({
    settings: handling,
    directory: new Directory(dialogue, understanding.timeZone),
    defaultTarget: dialogue.defaultTarget,
    isOpen: (now) => !hasHours || hours.openAt(now),
    records: reception.recording !== 'off',
    e164: (number) => e164(number, understanding.country),
    extensions: pbx.extensions.map(({ number }) => number),
  });
}
