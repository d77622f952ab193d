import type { Clock } from '../clock.js';
import type { Dialogue, DialogueAction } from '../dialogue/ports.js';
import type { Log } from '../log.js';
import type { CallTraces } from '../monitoring/ports.js';
import { redactionSettings } from '../privacy/redaction-settings.js';
import { Redactor } from '../privacy/redaction.js';
import type { Records } from '../records/ports.js';
import type { Recogniser, VoiceActivity } from '../speech/ports.js';
import type { Understanding } from '../understanding/ports.js';
import type { Choose } from './spoken-turn.js';
import type { Render } from './speaking.js';

/** What a conversation needs from the house; the same for every call. */
export interface ConversationParts {
  readonly dialogue: Dialogue;
  readonly understanding: Understanding;
  readonly vad: VoiceActivity;
  readonly recogniser: Recogniser;
  readonly render: Render;
  readonly records: Records;
  readonly language: string;
  /** Names of the office's directory, to hear them. */
  readonly names?: readonly string[];
  /** Chooses among what a turn may have been, by what was asked. */
  readonly choose?: Choose;
  readonly silenceMs: number;
  /** Finds what one caller says that may not be stored; left out, only what never may. */
  readonly redactor?: () => Redactor;
  /** Told whenever there is something new to see of a running call. */
  readonly changed?: (call: string) => void;
  /** Where the time of calls goes. */
  readonly traces?: CallTraces;
  readonly clock: Clock;
  readonly log: Log;
}

/** What performs one action. */
export type EffectOf<Name extends DialogueAction['do']> = (
  action: Extract<DialogueAction, { do: Name }>,
) => Promise<void>;
/** What needs a calendar, which an office may lack. */
type ByDiary = 'find-slots' | 'book-slot' | 'release-slots';

/** The effects of a conversation outside of speech: one function an action. */
export type Effects = {
  readonly [Name in Exclude<DialogueAction['do'], 'say' | ByDiary>]: EffectOf<Name>;
} & { readonly [Name in ByDiary]?: EffectOf<Name> };

/** Without settings of its own a conversation hides what is always hidden. */
export function redactorOf({ redactor, language, clock }: ConversationParts): Redactor {
  if (redactor !== undefined) return redactor();
  return new Redactor(redactionSettings.parse({}), () => ({
    ...{ language, country: '', timeZone: 'UTC' },
    now: clock.now(),
  }));
}
