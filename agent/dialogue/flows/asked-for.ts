import { findExtension } from '../../understanding/slots/extension.js';
import { findSlot } from '../../understanding/slots/slots.js';
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
  if (namesOnly(office, state, heard) || ratherPerson(office, heard))
    return person(office, state, heard);
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

/** Below this score, and from that one on, a person is rather wanted than a message left. */
const UNSURE = 0.75;
const SURE = 0.75;

/** "I need Dr Carter urgently, it's about one of your patients": no word asks for a message, and the model wavers. */
function ratherPerson({ cues }: Office, { text, understood }: Heard): boolean {
  const { intent, score, others = [] } = understood;
  if (intent !== 'message.leave' || score >= UNSURE || cues.asksMessage.test(text)) return false;
  return others.some((one) => one.intent === 'person.transfer' && one.score >= SURE);
}

/** "Grace Okoye please": the name of somebody here, courtesy, and nothing else, before anything was asked. */
function namesOnly(
  office: Office,
  { phase }: TalkState,
  { text, now, understood }: Heard,
): boolean {
  if (phase !== 'listening' && phase !== 'more') return false;
  if (FIRM.test(understood.intent) && understood.intent !== 'message.leave') return false;
  const { yes, no, goodbye, nothingMore } = office.cues;
  // "No thanks, Tom"
  if ([yes, no, goodbye, nothingMore].some((cue) => cue.test(text))) return false;
  // "Doctor Carter on Friday" is for another day.
  if (findSlot('date_time', text, office.slotContext(now)) !== undefined) return false;
  const named = office.targetsIn(text, now);
  const names = new Set(
    named.flatMap(({ name, aliases, roles = [] }) => [name, ...aliases, ...roles].flatMap(wordsOf)),
  );
  const words = wordsOf(text);
  const rest = words.filter((word) => !names.has(word));
  const { besideName } = turningCues(office.language);
  return (
    named.length > 0 && rest.length < words.length && rest.every((word) => besideName.test(word))
  );
}

/** Whether the model thinks of a person, too, where nobody is named. */
function isPerhaps({ understood: { intent, others = [], alternatives } }: Heard): boolean {
  if (others.some((one) => one.intent === 'person.transfer')) return true;
  const second = alternatives.find((one) => one.intent === 'person.transfer');
  return VAGUE.test(intent) && (second?.score ?? 0) >= PERHAPS;
}
