import { findSlot, type SlotKind } from '../../../understanding/slots/slots.js';
import { wordsOf } from '../../../understanding/text.js';
import type { Office } from '../../office.js';
import type { Phrase } from '../../ports.js';
import type { Heard, Move, TalkState } from '../../state.js';
import { answerTo } from '../answers.js';
import { automated, onceMore, repeat, wait } from '../listen.js';
import { recordedOrNot } from '../privacy.js';
import { hasDiary } from '../appointment/plan.js';
import { fieldOf } from './detail.js';
import type { Draft, MessageStep } from './draft.js';
import { asking, questionOf } from './questions.js';
import { answersAppointment } from '../appointment/readers.js';

/** A name this sure is a name, whatever the intent model thinks. */
const SURELY_A_NAME = 0.8;
/** How long a caller may look for something, in milliseconds. */
const LOOKING_MS = 20_000;

/**
 * A question of the caller's own in the middle of a message: answered, and then ours asked again.
 * Undefined when the words are rather an answer.
 */
export function digression(
  office: Office,
  state: TalkState,
  draft: Draft,
  heard: Heard,
): Move | undefined {
  const { understood } = heard;
  const { intent } = understood;
  if (asksBack(office, draft, heard.text)) return repeat(office, state);
  // "I live at 14 Station Road" tells a place, and asks for none.
  if (office.cues.ownAddress.test(heard.text)) return undefined;
  if (office.cues.identity.test(heard.text)) {
    return aside(office, draft, [automated(office)], 'message.identity');
  }
  if (office.cues.recordingAsked.test(heard.text)) {
    return aside(office, draft, [recordedOrNot(office, state)], 'privacy.told');
  }
  if (office.cues.slower.test(heard.text)) return repeat(office, state);
  if (PERSONAL.has(draft.step) && office.cues.asksWhy.test(heard.text))
    return aside(office, draft, [office.prompts.phrase('message.why')], 'message.why');
  if (wantsItLookedUp(office, state, draft, heard.text))
    return aside(
      office,
      draft,
      [office.prompts.phrase('message.cannot_see')],
      'message.cannot-see',
    );
  // "How long are you open today?", over a read-back, names no other day for the appointment.
  const { question, aboutHours } = office.cues;
  const asksOfOurs =
    draft.step === 'confirm' &&
    intent === 'info.hours' &&
    [question, aboutHours].every((cue) => cue.test(heard.text));
  if (!asksOfOurs && answersAppointment(office, state, draft, heard.text)) return undefined;
  // A matter may be put in any words: there, only plain words about the talk itself are an aside, and
  // where a detail is asked, a plain question too.
  const detail = fieldOf(office, draft)?.kind === 'text';
  if ((draft.step === 'reason' || detail) && !office.cues.aside.test(heard.text)) {
    if (!detail || !office.cues.question.test(heard.text)) return undefined;
  }
  if (draft.step === 'name' && isName(office, state, heard.text)) return undefined;
  // "As soon as possible" and "no rush" ask for no time, and "any time" for nothing to be said again.
  const turn = answersPlainly(office, intent, heard.text) ? '' : intent;
  const again = turn === 'control.repeat' ? onceMore(office, state) : undefined;
  if (again !== undefined) return again;
  if (turn === 'control.wait') return { ...wait(office, state), patienceMs: LOOKING_MS };
  const asked = understood.faq !== undefined && office.cues.question.test(heard.text);
  if (draft.step === 'reason' || !(asked || intent.startsWith('info.'))) return undefined;
  if (draft.step === 'name' && surelyName(office, state, heard.text)) return undefined;
  const timed = draft.step === 'callback_time' || draft.appointment !== null;
  if (timed && namesTime(office, state, heard.text)) return undefined;
  const answer = answerTo(office, heard);
  return answer && aside(office, draft, answer.phrases, 'message.digression');
}

/** Whether words answer that the model takes for a turn of the talk: unless they ask to hear something again. */
const answersPlainly = ({ cues }: Office, intent: string, text: string): boolean =>
  !(intent === 'control.repeat' && cues.aside.test(text)) &&
  [cues.anyTime, cues.urgent, cues.notUrgent, cues.noCallBack].some((cue) => cue.test(text));

/** Where we ask who somebody is, or for what only they know. */
const PERSONAL: ReadonlySet<MessageStep> = new Set(['name', 'phone', 'detail']);

/** What callers think that we know already. */
const KNOWN_ELSEWHERE: ReadonlySet<MessageStep> = new Set([
  ...PERSONAL,
  ...(['which', 'wish'] as const),
]);

/** "Can't you look it up?", told once that we cannot; not where an answer is told as well. */
function wantsItLookedUp(office: Office, state: TalkState, draft: Draft, text: string): boolean {
  const { appointment: plan, step } = draft;
  if (!KNOWN_ELSEWHERE.has(step) || !office.cues.looksUp.test(text)) return false;
  // "I'd rather not say, you have it on his record" is an answer.
  if (office.cues.refuse.test(text.replace(office.cues.looksUp, ' '))) return false;
  if (state.last?.phrases.some(({ prompt }) => prompt === 'message.cannot_see') === true)
    return false;
  if (step === 'wish' && plan !== null && hasDiary(office, plan)) return false;
  return !holdsAnswer(office, state, draft, text);
}

/** Whether what is asked is among the words. Of a question that any words answer, nothing is known. */
function holdsAnswer(office: Office, { now }: TalkState, draft: Draft, text: string): boolean {
  const field = fieldOf(office, draft)?.kind;
  const kind = draft.step === 'detail' ? field : ANSWERED_BY[draft.step];
  if (kind === undefined || kind === 'text') return false;
  return findSlot(kind, text, office.slotContext(now)) !== undefined;
}

const ANSWERED_BY: Readonly<Partial<Record<MessageStep, SlotKind>>> = {
  name: 'person_name',
  phone: 'phone',
  which: 'date_time',
  wish: 'date_time',
};

/** Where "the number?" is an answer. */
const NAMES_PART: ReadonlySet<string> = new Set([
  ...(['phone_check', 'confirm', 'what_wrong'] as const),
]);

/** "Eh? You want my number?": the caller is not sure what we asked. */
const asksBack = ({ cues }: Office, { step }: Draft, text: string): boolean =>
  !NAMES_PART.has(step) && cues.asksBack.test(text);

/** From this confidence on, so few words that ask for nothing are a name, whatever else they sound like. */
const NAME = { confidence: 0.4, words: 3 };

function isName(office: Office, { now }: TalkState, text: string): boolean {
  if (wordsOf(text).length > NAME.words || office.cues.aside.test(text)) return false;
  const found = findSlot('person_name', text, office.slotContext(now));
  return (found?.confidence ?? 0) >= NAME.confidence;
}

/** What was asked for, and then our question again. */
const aside = (office: Office, draft: Draft, phrases: readonly Phrase[], reason: string): Move => ({
  phase: 'taking',
  actions: [asking(office, draft, [...phrases, ...questionOf(office, draft)])],
  reason,
});

/** "Just in the afternoon" is a time to call back, though the model takes it for a question about hours. */
const namesTime = (office: Office, state: TalkState, text: string): boolean =>
  !office.cues.question.test(text) &&
  findSlot('date_time', text, office.slotContext(state.now)) !== undefined;

function surelyName(office: Office, state: TalkState, text: string): boolean {
  const found = findSlot('person_name', text, office.slotContext(state.now));
  return found !== undefined && found.confidence >= SURELY_A_NAME;
}
