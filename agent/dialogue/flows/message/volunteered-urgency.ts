import { wordsOf } from '../../../understanding/text.js';
import { onlyHeard } from './draft.js';
import { urgency } from './reason.js';
import { agreement, type Answering, type Progress } from './step.js';

// How soon somebody is to call back, told while something else was asked.

/** Longer words that sound urgent tell more than that. */
const URGENT_WORDS = 6;

/** "As soon as possible", where something else is asked. */
export function urgent(answering: Answering): Progress | undefined {
  const { office, draft, heard } = answering;
  const { text } = heard;
  const { step } = draft;
  const own = step === 'reason' || step === 'urgency' || step === 'callback_time';
  if (own || step === 'detail' || draft.urgent === true) return undefined;
  if (agreement(answering) !== undefined) return undefined;
  if (wordsOf(text).length > URGENT_WORDS || urgency(office.cues, text) !== true) return undefined;
  return { draft: { ...draft, urgent: true }, reason: 'message.urgency-volunteered' };
}

/** "No, it's not urgent", where something else is asked. */
export function notUrgent({ office, draft, heard: { text } }: Answering): Progress | undefined {
  const own = draft.step === 'reason' || draft.step === 'urgency' || draft.step === 'callback_time';
  if (own || draft.step === 'detail' || draft.urgent !== null) return undefined;
  const { anyTime, ownNumber } = office.cues;
  if (anyTime.test(text) || ownNumber.test(text)) return undefined;
  if (wordsOf(text).length > URGENT_WORDS || urgency(office.cues, text) !== false) return undefined;
  return { draft: { ...draft, urgent: false }, reason: 'message.urgency-volunteered' };
}

/** "No need to call me back", where something else is asked. */
export function noCallBack({ office, draft, heard: { text } }: Answering): Progress | undefined {
  if (draft.step !== 'urgency' && draft.step !== 'confirm') return undefined;
  if (draft.appointment !== null || !office.cues.noCallBack.test(text)) return undefined;
  return { draft: { ...draft, callbackTime: onlyHeard(text) }, reason: 'message.no-call-back' };
}
