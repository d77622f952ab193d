import { findSlot, type SlotValue } from '../../../understanding/slots/slots.js';
import { wordsOf } from '../../../understanding/text.js';
import type { Told } from '../../ports.js';
import { onlyHeard, withAnswer, withoutAnswer, withoutField } from './draft.js';
import { again, agreement, isBare, type Answering, type StepReader } from './step.js';

/** So many words that neither agree nor name a time are the rest of what was told before. */
const CONTINUED_WORDS = 3;

/** Nobody says more in one turn; what is longer was not spoken, in characters. */
const LONGEST_TURN = 2_000;

/** The caller's own words. */
export function asTold(text: string): Told {
  const told = text.trim().slice(0, LONGEST_TURN);
  return { value: told, heard: told, confidence: 1, by: 'voice' };
}

/** What it is about: whatever was said, and whether it sounded urgent. */
export const readReason: StepReader = (answering) => {
  const { office, draft, heard } = answering;
  const { text } = heard;
  // A mere yes or no tells nothing.
  if (isBare(answering)) {
    return draft.tries < 1
      ? { draft: again(draft), reason: 'message.reason-again' }
      : { draft: withoutAnswer(draft, 'reason'), reason: 'message.reason-untold' };
  }
  const urgent = urgency(office.cues, text) ?? draft.urgent;
  return { draft: withAnswer(draft, { reason: asTold(text), urgent }), reason: 'message.reason' };
};

/** Whether words sound urgent, or are said not to be; undefined when neither. */
export function urgency(
  cues: { readonly urgent: RegExp; readonly notUrgent: RegExp },
  text: string,
): boolean | undefined {
  if (cues.notUrgent.test(text)) return false;
  return cues.urgent.test(text) ? true : undefined;
}

/** Words that a time may have around it, to be the time of a call back. */
const AROUND_TIME = 3;

/** When to call back, if that is what the words tell: "it's for my appointment today at eleven" does not. */
function timeOf({ office, state, heard: { text } }: Answering): SlotValue | undefined {
  const found = findSlot('date_time', text, office.slotContext(state.now));
  if (found === undefined || office.cues.callBack.test(text)) return found;
  const around = wordsOf(text).length - wordsOf(found.heard).length;
  return around <= AROUND_TIME ? found : undefined;
}

/** A time with all the words around it. */
export const timeTold = ({ value, confidence }: SlotValue, heard: string): Told => ({
  ...{ value, confidence, heard, by: 'voice' },
});

/** Whether it is urgent. A time that is given instead answers the next question too. */
export const readUrgency: StepReader = (answering) => {
  const { office, draft, heard } = answering;
  const agreed = agreement(answering);
  const urgent = urgency(office.cues, heard.text) ?? (agreed && agreed === 'yes');
  const time = timeOf(answering);
  const callbackTime = time === undefined ? draft.callbackTime : timeTold(time, heard.text);
  if (urgent !== undefined || time !== undefined) {
    return {
      draft: withAnswer(draft, { urgent: urgent ?? false, callbackTime }),
      reason: 'message.urgency',
    };
  }
  const { reason } = draft;
  if (reason !== null && heard.text.split(/\s+/u).length >= CONTINUED_WORDS) {
    // Who pauses in the middle of telling what it is about goes on over our question.
    const whole = asTold(`${reason.heard} ${heard.text}`);
    return { draft: { ...again(draft), reason: whole }, reason: 'message.reason-continued' };
  }
  return draft.tries < 1
    ? { draft: again(draft), reason: 'message.urgency-again' }
    : { draft: withAnswer(draft, { urgent: false }), reason: 'message.urgency-unknown' };
};

/** Whether it is the rest of the answer before: "no", and over our next question "it is not urgent". */
const isUrgencyStill = ({ office: { cues }, draft, heard: { text } }: Answering): boolean =>
  draft.urgent === false && urgency(cues, text) === false && !cues.anyTime.test(text);

/** When to call back: a time if one was named, else the caller's words. */
export const readCallbackTime: StepReader = (answering) => {
  const { office, state, draft, heard } = answering;
  const found = findSlot('date_time', heard.text, office.slotContext(state.now));
  // "No need" is an answer, too.
  const unwanted = office.cues.noCallBack.test(heard.text);
  const nothing = !unwanted && (isBare(answering) || isUrgencyStill(answering));
  if (found === undefined && draft.tries < 1 && nothing) {
    return { draft: again(draft), reason: 'message.callback-time-again' };
  }
  if (found === undefined && !unwanted && isBare(answering)) {
    return {
      draft: withoutField(draft, 'callback_time'),
      reason: 'message.callback-time-untold',
    };
  }
  // The whole answer is kept: "after five" is not "at five".
  const callbackTime: Told =
    found === undefined ? onlyHeard(heard.text) : timeTold(found, heard.text);
  return { draft: withAnswer(draft, { callbackTime }), reason: 'message.callback-time' };
};
