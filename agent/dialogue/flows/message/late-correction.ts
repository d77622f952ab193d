import { correctName, correctPhone } from '../../../understanding/slots/corrections.js';
import { likeness } from '../../../understanding/slots/likeness.js';
import { findSlot, findSlots } from '../../../understanding/slots/slots.js';
import { spelled } from '../../../understanding/slots/spoken.js';
import { wordsOf } from '../../../understanding/text.js';
import { timeInstead } from '../appointment/readers.js';
import { readPatient } from './detail.js';
import type { MessageStep } from './draft.js';
import type { Office } from '../../office.js';
import type { Phrase } from '../../ports.js';
import { again, type Answering, type Progress } from './step.js';

/** These steps read corrections of name and number themselves. */
const READ_BACK: ReadonlySet<MessageStep> = new Set(['phone_check', 'confirm', 'what_wrong']);
/** In these steps digits belong to the answer itself. */
const DIGITS_ANSWER: ReadonlySet<MessageStep> = new Set(['phone', 'detail', 'callback_time']);
/** A correction that does not say what it is about is no longer than this, in words. */
const MOST_WORDS = 12;
/** "No, it's …", with a whole name of this confidence, is another name, however unlike. */
const PLAIN = 0.75;
/** What follows "my name is" has this confidence. */
const ANNOUNCED = 0.9;
/** Letters one by one, three at least. */
const SPELLED = /(?:^|\s)\p{L}(?:[\s.,-]+\p{L}){2,}(?=\s|$|[.,])/u;
/** A name that was just said back is corrected by one that resembles it at least this much. */
const ALIKE = 0.4;

/**
 * "No, my name is …", "sorry, the number ends in five": puts right what was told earlier, while
 * something else is asked. Undefined when the words are no correction.
 */
export const lateCorrection = (answering: Answering): Progress | undefined =>
  birth(answering) ??
  (READ_BACK.has(answering.draft.step)
    ? undefined
    : (time(answering) ?? number(answering) ?? name(answering)));

/** "Sorry, I mean Thursday", while a name or a number is asked. */
function time(answering: Answering): Progress | undefined {
  const { office, draft, heard } = answering;
  const asked = draft.step === 'name' || draft.step === 'phone';
  return asked && office.cues.correcting.test(heard.text) ? timeInstead(answering) : undefined;
}

function birth({ office, state, draft, heard: { text } }: Answering): Progress | undefined {
  const dob = draft.details?.dob;
  if (dob === undefined || !office.cues.aboutBirth.test(text)) return undefined;
  const found = findSlots(text, office.slotContext(state.now)).dob;
  if (found === undefined || found.value === dob.value) return undefined;
  const details = { ...draft.details, dob: { ...found, by: 'voice' as const } };
  return { draft: { ...again(draft), details }, reason: 'message.dob-corrected' };
}

/** "No, the second digit is four", also one question later. The new number is read back at once. */
function number({ office, state, draft, heard: { text } }: Answering): Progress | undefined {
  const before = draft.phone?.value ?? '';
  const { correcting, aboutNumber } = office.cues;
  if (before === '' || !correcting.test(text)) return undefined;
  const short = wordsOf(text).length <= MOST_WORDS && !DIGITS_ANSWER.has(draft.step);
  if (!short && !aboutNumber.test(text)) return undefined;
  const phone = correctPhone(before, text, office.slotContext(state.now));
  if (phone === undefined || phone.value === before) return undefined;
  return {
    draft: {
      ...draft,
      phone: { ...phone, by: 'voice' },
      step: 'phone_check',
      field: null,
      tries: 0,
    },
    reason: 'message.phone-corrected',
  };
}

/** "Actually my name is with a c"; right after it was said back, "no, Hannah" is enough. */
function name(answering: Answering): Progress | undefined {
  const { office, state, draft, heard } = answering;
  const { text } = heard;
  const before = draft.name?.value ?? '';
  const { correcting, aboutName } = office.cues;
  if (before === '') return undefined;
  const about = correcting.test(text) && aboutName.test(text);
  const told = aboutName.test(text) && wordsOf(text).length <= MOST_WORDS;
  if (!about && !told && !saidBack(answering)) return undefined;
  const context = office.slotContext(state.now);
  const other = otherName(answering, before);
  if (other !== undefined) return other;
  const found = correctName(before, text, context);
  if (found === undefined) return undefined;
  if (found.value === before) {
    // Whoever spells the name that was just said back, rightly, is told so.
    if (!SPELLED.test(text)) return undefined;
    const lead = nameSpelled(office, before);
    return { draft: { ...draft, spelled: true }, reason: 'message.name-spelled', lead };
  }
  if (!about && !saidBack(answering)) return undefined;
  const near = likeness(found.value, before) >= ALIKE;
  const another = correcting.test(text) && found.confidence >= PLAIN && found.value.includes(' ');
  if (!about && (!(near || another) || findSlot('phone', text, context) !== undefined))
    return undefined;
  return {
    draft: { ...draft, name: { ...found, by: 'voice' }, spelled: true },
    reason: 'message.name-corrected',
    lead: nameSpelled(office, found.value),
  };
}

/** "My name is Jenny Cartwright", after another whole name that is not taken back: that was whom the call is for. */
function otherName(
  { office, state, draft, heard: { text } }: Answering,
  before: string,
): Progress | undefined {
  const { correcting, aboutName } = office.cues;
  if (correcting.test(text) || !aboutName.test(text) || office.patientIn(text, state.now))
    return undefined;
  const found = findSlots(text, office.slotContext(state.now)).person_name;
  const whole = [before, found?.value ?? ''].every((name) => name.includes(' '));
  if (found === undefined || !whole || found.confidence < ANNOUNCED || found.value === before)
    return undefined;
  const patient = draft.details?.patient ?? draft.name;
  if (patient === null) return undefined;
  const next = {
    ...draft,
    ...{ name: { ...found, by: 'voice' as const }, details: { ...draft.details, patient } },
  };
  return { draft: next, reason: 'message.name-told', lead: readPatient(office, next) };
}

const nameSpelled = (office: Office, name: string): readonly Phrase[] => [
  office.prompts.phrase('message.read_name_spelled', { name, letters: spelled(name) }),
];

/** The name was said with this very question, and the words either take it back or answer nothing asked. */
function saidBack({ office, state, draft, heard }: Answering): boolean {
  const named = state.last?.phrases.some(
    ({ prompt }) => prompt === 'message.thanks_name' || prompt === 'message.read_name_spelled',
  );
  return named === true && (draft.step === 'phone' || office.cues.correcting.test(heard.text));
}
