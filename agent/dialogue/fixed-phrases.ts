import type { UnderstandingSettings } from '../understanding/settings.js';
import { appointmentTexts } from './flows/appointment/questions.js';
import { afterPersonTexts } from './flows/after-person.js';
import { colleagueTexts } from './colleague.js';
import { emergencyTexts } from './flows/emergency.js';
import { directoryTexts } from './flows/directory.js';
import { factTexts } from './flows/facts.js';
import { gateTexts } from './flows/gate.js';
import { consentTexts } from './flows/consent.js';
import { goodbyeTexts } from './flows/goodbye.js';
import { greetingTexts } from './flows/greeting.js';
import { guardianTexts } from './flows/guardian.js';
import { keyTexts } from './flows/keys.js';
import { listenTexts } from './flows/listen.js';
import { nonsenseTexts } from './flows/nonsense.js';
import { requestTexts } from './flows/requests.js';
import { momentTexts } from './flows/moment.js';
import { messageTexts } from './flows/message/questions.js';
import { personTexts } from './flows/person.js';
import { privacyTexts } from './flows/privacy.js';
import { silenceTexts } from './flows/silence.js';
import { staffTexts } from './flows/staff.js';
import { timeLimitTexts } from './flows/time-limit.js';
import { unservedTexts } from './flows/unserved.js';
import { voicelessTexts } from './flows/voiceless.js';
import { voicemailTexts } from './flows/voicemail.js';
import { Office } from './office.js';
import type { Phrase } from './ports.js';
import type { PromptId } from './prompts/en.js';
import type { DialogueSettings } from './settings.js';

/** What a dialogue is made of. */
export interface DialogueParts {
  readonly understanding: UnderstandingSettings;
  readonly dialogue: DialogueSettings;
  /** Whether calls are recorded after the notice. */
  readonly recording: boolean;
  /** Whether the staff may listen in, which callers are then told; absent in older journals. */
  readonly listening?: boolean;
}

/** Every fixed phrase of an office with its prompt, for people who record their own. */
export function fixedPhrases({
  understanding,
  dialogue,
  recording,
  listening,
}: DialogueParts): readonly Phrase[] {
  return phrasesOf(new Office(understanding, dialogue, recording, listening));
}

/**
 * The same as texts, each once, and how phrases begin that are filled with what a caller said: what is
 * rendered before the first call.
 */
export function fixedTexts(office: Office): readonly string[] {
  const openings = OPENINGS.flatMap((prompt) => office.prompts.opening(prompt) ?? []);
  return [...new Set([...phrasesOf(office).map(({ text }) => text), ...openings])];
}

/** Phrases that callers wait for, as nobody knows before what fills them. */
const OPENINGS: readonly PromptId[] = [
  ...(['message.thanks_name', 'message.phone_check'] as const),
  ...(['message.read_name', 'message.read_name_spelled', 'message.read_reason'] as const),
  ...(['hours.open_now', 'hours.next', 'price.one', 'services.one'] as const),
  ...(['appointment.read_visit', 'appointment.read_which', 'appointment.read_wish'] as const),
  ...(['appointment.read_slot', 'appointment.booked'] as const),
];

function phrasesOf(office: Office): readonly Phrase[] {
  return [
    ...greetingTexts(office),
    ...listenTexts(office),
    ...silenceTexts(office),
    ...momentTexts(office),
    ...goodbyeTexts(office),
    ...personTexts(office),
    ...afterPersonTexts(office),
    ...colleagueTexts(office),
    ...emergencyTexts(office),
    ...privacyTexts(office),
    ...consentTexts(office),
    ...guardianTexts(office),
    ...unservedTexts(office),
    ...factTexts(office),
    ...messageTexts(office),
    ...appointmentTexts(office),
    ...keyTexts(office),
    ...nonsenseTexts(office),
    ...requestTexts(office),
    ...gateTexts(office),
    ...directoryTexts(office),
    ...voicemailTexts(office),
    ...voicelessTexts(office),
    ...timeLimitTexts(office),
    ...staffTexts(office),
  ];
}
