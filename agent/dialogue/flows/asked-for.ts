import { findExtension } from '../../understanding/slots/extension.js';
import { wordsOf } from '../../understanding/text.js';
import { turningCues } from '../cues/turning.js';
import type { Destination } from '../directory.js';
import type { Office } from '../office.js';
import type { Heard, Move, TalkState } from '../state.js';
import { person } from './person.js';

/** Intents that stay what they are, whoever is named beside them. */
const FIRM = /^(?:emergency|privacy\..+|sales\..+|language\..+|message\.leave|person\.transfer)$/u;
/** Intents that words are taken for which the model does not know well. */
const VAGUE = /^(?:oos|control\..+)$/u;
/** From this likelihood on, a person may be meant by words that are not known well. */
const PERHAPS = 0.1;
/** Whoever asks for an extension says little more than its digits. */
const MOST_WORDS = 8;

/** Somebody in the office's own list whose telephone has the extension that `text` asks for. */
export function atExtension(office: Office, text: string, now: number): Destination | undefined {
  const extension = findExtension(text, office.slotContext(now));
  if (extension === undefined || wordsOf(text).length > MOST_WORDS) return undefined;
  return office.settings.transferTargets.find((one) => one.extension === extension);
}

/**
 * "Is Mister Hale in?", "I'd like to talk to Ann, it's about the invoice": who asks for somebody is connected,
 * whatever else the words are taken for. Undefined when nobody is asked for, or for an appointment with them.
 */
export function askedFor(office: Office, state: TalkState, heard: Heard): Move | undefined {
  const { text, now, understood } = heard;
  const { intent, slots } = understood;
  if (FIRM.test(intent)) return undefined;
  if (turningCues(office.language).demandsPerson.test(text)) return person(office, state, heard);
  const { asksFor, booking, concerning } = office.cues;
  const extension =
    wordsOf(text).length <= MOST_WORDS &&
    findExtension(text, office.slotContext(now)) !== undefined;
  if (extension && VAGUE.test(intent)) return person(office, state, heard);
  if (!asksFor.test(text) || booking.test(text)) return undefined;
  // Whether somebody is there another day is a question, and no wish to be connected now.
  if (!/^(?:now|today)$/u.test(slots.day?.value ?? 'today')) return undefined;
  const named = office.targetsIn(text.replace(concerning, ' '), now);
  return named.length > 0 || isPerhaps(heard) ? person(office, state, heard) : undefined;
}

/** Whether the model thinks of a person, too, where nobody is named. */
function isPerhaps({ understood: { intent, others = [], alternatives } }: Heard): boolean {
  if (others.some((one) => one.intent === 'person.transfer')) return true;
  const second = alternatives.find((one) => one.intent === 'person.transfer');
  return VAGUE.test(intent) && (second?.score ?? 0) >= PERHAPS;
}
