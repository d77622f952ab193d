import { wordsOf } from '../../../understanding/text.js';
import { chosenVisit } from '../appointment/readers.js';
import { visitIn } from '../appointment/visits.js';
import { cuesAt } from '../appointment/wish.js';
import { toldDetails } from './detail.js';
import type { Draft } from './draft.js';
import { asTold } from './reason.js';
import { agreement, type Answering, type Progress } from './step.js';

// What the call is about, told while something else was asked.

/** Shorter than this, words tell no matter and ask no question, in words. */
const TELLING_WORDS = 4;
/** Questions before that for the matter. */
const BEFORE_REASON: ReadonlySet<string> = new Set([
  ...(['name', 'phone', 'phone_check'] as const),
]);
/** Steps at which a wish that was told as a matter may be changed. */
const CHANGED_AT: ReadonlySet<string> = new Set([
  ...(['name', 'phone', 'urgency', 'callback_time', 'confirm'] as const),
]);

/** What the appointment is for, told while something else is asked. */
export function visit(answering: Answering): Progress | undefined {
  const { office, draft, heard } = answering;
  const { appointment: plan } = draft;
  if (plan?.asks.includes('visit_type') !== true || plan.done.includes('visit_type'))
    return undefined;
  if (!BEFORE_REASON.has(draft.step)) return undefined;
  const found = visitIn(office, heard.text, true);
  if (found === undefined) return undefined;
  const { step, field, tries } = draft;
  const progress = chosenVisit(draft, plan, found, heard.text);
  return { ...progress, draft: { ...progress.draft, step, field, tries } };
}

/** "It's the invoice 4419", where a name or a number is asked: a detail that the form will ask for. */
export function ahead({ office, state, draft, heard: { text } }: Answering): Progress | undefined {
  if (!BEFORE_REASON.has(draft.step)) return undefined;
  const known: Draft['details'] = draft.details ?? {};
  const told = Object.entries(toldDetails(office, draft.intent, text, state.now)).filter(
    ([id, { value }]) =>
      id !== 'patient' && id !== 'question' && value !== null && known[id] === undefined,
  );
  if (told.length === 0) return undefined;
  const details = { ...known, ...Object.fromEntries(told) };
  return { draft: { ...draft, details }, reason: 'message.detail-volunteered' };
}

/** What it is about, told where a name or a number was asked: it is not asked again. */
export function matter(answering: Answering): Progress | undefined {
  const { draft, heard } = answering;
  if (draft.reason !== null || draft.appointment !== null) return undefined;
  if (!BEFORE_REASON.has(draft.step)) return undefined;
  const { telling, concerning, question: asks } = answering.office.cues;
  const subject = concerning.exec(heard.text)?.[0] ?? '';
  const about = telling.test(heard.text) || wordsOf(subject).length > 1;
  if (!about && !asks.test(heard.text)) return undefined;
  // "No, just tell him his brother called" refuses something, and tells what it is about.
  const told = about && wordsOf(heard.text).length >= TELLING_WORDS;
  if (!told && !tells(answering)) return undefined;
  return { draft: { ...draft, reason: asTold(heard.text) }, reason: 'message.matter-volunteered' };
}

/** "Actually, make it five people", of a table that people see to: it goes with what was told. */
export function changed({
  office,
  draft,
  heard: { text, understood },
}: Answering): Progress | undefined {
  const { reason, appointment, intent, step } = draft;
  if (appointment !== null || reason === null || intent !== 'appointment.book') return undefined;
  if (!CHANGED_AT.has(step) || understood.intent !== 'appointment.change') return undefined;
  if (cuesAt(office).existing.test(text)) return undefined;
  const whole = asTold(`${reason.heard} ${text}`);
  return { draft: { ...draft, reason: whole }, reason: 'message.reason-continued' };
}

/** A question of the caller's that has no approved answer: it goes with the message. */
export function question(answering: Answering): Progress | undefined {
  const { office, draft, heard } = answering;
  if (draft.step === 'confirm' || draft.step === 'visit_type') return undefined;
  if (!office.cues.question.test(heard.text) || !tells(answering)) return undefined;
  const before = draft.details?.question?.heard;
  const told = asTold(before === undefined ? heard.text : `${before} ${heard.text}`);
  return {
    draft: { ...draft, details: { ...draft.details, question: told } },
    reason: 'message.question-noted',
    lead: [office.prompts.phrase('request.unknown')],
  };
}

/** Whole sentences that are about no question of ours and not about the talk. */
function tells(answering: Answering): boolean {
  const { office, heard } = answering;
  const { text, understood } = heard;
  if (wordsOf(text).length < TELLING_WORDS || understood.intent.startsWith('control.'))
    return false;
  const { refuse, aside, courtesy, correcting } = office.cues;
  if ([refuse, aside, courtesy, correcting].some((cue) => cue.test(text))) return false;
  return agreement(answering) === undefined;
}
