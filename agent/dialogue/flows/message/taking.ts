import { findSlot } from '../../../understanding/slots/slots.js';
import { wordsOf } from '../../../understanding/text.js';
import type { Office } from '../../office.js';
import type { DialogueAction, Phrase } from '../../ports.js';
import { say, stay, type Heard, type Move, type TalkState } from '../../state.js';
import { turningCues } from '../../cues/turning.js';
import { asidesIn, withAsides } from '../asides.js';
import { appointmentMove } from '../appointment/moves.js';
import { appointmentReader } from '../appointment/readers.js';
import { visitInstead } from '../appointment/visit-instead.js';
import { emergency } from '../emergency.js';
import { anythingElse } from '../listen.js';
import { announce, person } from '../person.js';
import { objectsToTold } from '../privacy.js';
import { otherLanguage } from '../unserved.js';
import { done, readConfirm, readWhatWrong } from './confirm.js';
import { agreedBesides, answeredBesides } from './besides.js';
import { digression } from './digression.js';
import { readDetail } from './detail.js';
import { knownOf, taken, withAnswer, type Draft, type MessageStep } from './draft.js';
import { lateCorrection } from './late-correction.js';
import { readName } from './name.js';
import { ownNumberTold, PART_ENDS_MS, phoneNotHeard, readPhone, readPhoneCheck } from './phone.js';
import { AROUND, extensionAlone, isRatherNumber, SURE_DANGER, withExtension } from './number.js';
import { asking, questionOf } from './questions.js';
import { readCallbackTime, readReason, readUrgency } from './reason.js';
import { again, type Answering, type Progress, type StepReader } from './step.js';
import { saidAlready } from './said-already.js';
import { leave } from './unfinished.js';
import { volunteered } from './volunteered.js';

const READERS: Readonly<Record<MessageStep, StepReader>> = {
  visit_type: appointmentReader('visit_type'),
  which: appointmentReader('which'),
  wish: appointmentReader('wish'),
  slot: appointmentReader('slot'),
  name: readName,
  detail: readDetail,
  phone: readPhone,
  phone_check: readPhoneCheck,
  reason: readReason,
  urgency: readUrgency,
  callback_time: readCallbackTime,
  confirm: readConfirm,
  what_wrong: readWhatWrong,
};

/** Steps whose answer may be a yes. */
const ASKS_YES: ReadonlySet<MessageStep> = new Set([
  'slot' as const,
  ...(['phone', 'phone_check', 'urgency', 'confirm', 'what_wrong'] as const),
]);
/** Useless answers to a yes-or-no question after which the message is passed on as it stands. */
const ENOUGH = 2;

/** Something was said while a message is being taken. */
export function taking(office: Office, state: TalkState, heard: Heard): Move {
  const { message: draft } = state;
  if (draft === null) return stay(state, 'ignored.no-message');
  const told = saidAlready({ office, state, draft, heard });
  if (told !== undefined) {
    const move = proceed(office, draft, told);
    return { ...move, change: { silences: 0, misunderstood: 0, ...move.change } };
  }
  // What a message is about may be a question itself: that is for whoever gets it.
  const asides = draft.step === 'reason' ? [] : asidesIn(office, heard);
  const reader = READERS[draft.step];
  const agrees = ASKS_YES.has(draft.step) && draft.step !== 'what_wrong';
  const move =
    (agrees ? agreedBesides({ office, state, draft, heard }, asides, reader) : undefined) ??
    answeredBesides({ office, state, draft, heard }, asides, reader) ??
    withAsides(
      office,
      instead(office, state, draft, heard) ??
        toldUnasked(office, { office, state, draft, heard }) ??
        proceed(office, draft, read({ office, state, draft, heard })),
      asides,
    );
  return { ...move, change: { silences: 0, misunderstood: 0, ...move.change } };
}

/** What was told before is put right, and what will be asked is taken, whatever is asked at the moment. */
function toldUnasked(office: Office, answering: Answering): Move | undefined {
  const progress =
    extensionAlone(answering) ??
    visitInstead(answering) ??
    lateCorrection(answering) ??
    ownNumberTold(answering) ??
    volunteered(answering);
  if (progress === undefined) return undefined;
  return proceed(office, answering.draft, withExtension(answering, progress));
}

/** The caller objects to the recording: what there is of it is destroyed at once, and the message goes on. */
export function unrecorded(office: Office, draft: Draft): Move {
  const told = [office.prompts.phrase('privacy.not_recorded')];
  const next = ask(office, draft, told, 'message.no-recording');
  return {
    ...next,
    actions: [{ do: 'stop-recording' }, ...next.actions],
    change: { ...next.change, recordingRefused: true },
  };
}

/** What goes before any answer: danger, a person, no recording, no message, a goodbye. */
function instead(office: Office, state: TalkState, draft: Draft, heard: Heard): Move | undefined {
  const { text, understood } = heard;
  const { intent } = understood;
  if (understood.emergency && !isAnswer(office, state, draft, heard)) return emergency(office);
  if (objectsToTold(office, state, text)) return unrecorded(office, draft);
  if (intent === 'privacy.no_recording' && objects(office, text)) return unrecorded(office, draft);
  const { demandsPerson, wantsNoMessage } = turningCues(office.language);
  const asks = intent === 'person.transfer' && office.cues.person.test(text);
  if ((asks && draft.step !== 'reason') || demandsPerson.test(text)) {
    return person(office, state, heard);
  }
  const rest = office.cues.courtesy.test(text);
  if (rest || (!ASKS_YES.has(draft.step) && office.cues.echo.test(text))) {
    return ask(office, draft, [], 'message.echo');
  }
  const dismissed = DISMISSED_AT.has(draft.step) && office.cues.dismisses.test(text);
  if (dismissed || [office.cues.cancel, wantsNoMessage].some((cue) => cue.test(text)))
    return cancelled(office);
  if (intent === 'language.switch' && understood.score >= SURELY && !ANY_WORDS.has(draft.step))
    return otherLanguage(office, state, heard);
  if (office.cues.goodbye.test(text) && draft.step !== 'reason') return leave(office, draft);
  return digression(office, state, draft, heard);
}

/** Questions that "never mind" is no answer to: whoever says so there wants no message. */
const DISMISSED_AT: ReadonlySet<MessageStep> = new Set(['name' as const, 'reason' as const]);
/** Questions that are answered in any words. */
const ANY_WORDS: ReadonlySet<MessageStep> = new Set(['reason' as const, 'detail' as const]);
/** From this score on, words are a wish for another language, whatever names may be made of them. */
const SURELY = 0.75;

/** Whether the recording is meant: "I don't have it here" refuses what was asked, and nothing else. */
function objects({ cues }: Office, text: string): boolean {
  if (cues.recordingAsked.test(text)) return false;
  return cues.aboutRecording.test(text) || !cues.refuse.test(text);
}

/** So few words beside "urgent" tell nothing more. */
const LEFT_OF_URGENT = 2;
/** So few words that are no phrase of danger are rather an answer than an alarm: "she's four", "the blue one". */
const SHORT_ANSWER = 4;

/** A number, a name or a few words where they were asked are no alarm, whatever they sound like to the model. */
function isAnswer(office: Office, state: TalkState, { step }: Draft, heard: Heard): boolean {
  const { text, understood } = heard;
  const context = office.slotContext(state.now);
  if (isRatherNumber(office, heard)) return true;
  // "I don't know it off by heart"
  if (step === 'phone' || step === 'phone_check')
    return office.cues.unknown.test(text) && understood.score < SURE_DANGER;
  // "It's really urgent" says how soon, and of no danger.
  if (
    wordsOf(text.replace(office.cues.urgent, '')).length <= LEFT_OF_URGENT &&
    text !== '' &&
    office.cues.urgent.test(text)
  )
    return true;
  if (step === 'reason' || understood.score >= SURE_DANGER) return false;
  if (wordsOf(text).length <= SHORT_ANSWER) return true;
  if (step !== 'name') return false;
  const name = findSlot('person_name', text, context)?.heard;
  return name !== undefined && wordsOf(text).length <= wordsOf(name).length + AROUND;
}

function read(answering: Answering): Progress {
  const { office, draft, heard } = answering;
  const progress = READERS[draft.step](answering);
  if (progress !== undefined) return withExtension(answering, progress);
  if (draft.step === 'phone') return phoneNotHeard(office, answering.state, draft, heard.text);
  if (draft.tries < ENOUGH) {
    const step = draft.step.replace('_', '-');
    // What is to be changed is no question of yes and no.
    const lead = draft.step === 'what_wrong' ? [] : [office.prompts.phrase('listen.yes_or_no')];
    return { draft: again(draft), reason: `message.${step}-unclear`, lead };
  }
  return draft.step === 'phone_check'
    ? { draft: withAnswer(draft, {}), reason: 'message.phone-unconfirmed' }
    : done(draft, false, 'message.unconfirmed');
}

/** The next question, and the message kept as far as it goes. */
export function proceed(office: Office, before: Draft, progress: Progress): Move {
  const about = appointmentMove(office, before, progress);
  if (about !== undefined) return about;
  const { draft, reason, lead = [], question } = progress;
  const kept = keep(before, draft);
  if (draft.state === 'complete') {
    return {
      phase: 'more',
      actions: [
        ...kept,
        say('anything_else', ...lead, keptPhrase(office, draft), anythingElse(office)),
      ],
      reason,
      change: {
        ...{ message: null, done: draft, wish: null, settled: 'message' },
        known: knownOf(draft),
      },
    };
  }
  const asked =
    question === undefined
      ? ask(office, draft, [...lead, ...thanks(office, before, draft)], reason)
      : takes(draft, [asking(office, draft, [...lead, ...question])], reason);
  const patience = draft.digits === '' ? {} : { patienceMs: PART_ENDS_MS };
  return { ...asked, ...patience, actions: [...kept, ...asked.actions] };
}

/** That the message is kept, and what follows: no call back is promised to whoever wants or can have none. */
function keptPhrase(office: Office, { phone, callbackTime }: Draft): Phrase {
  const unwanted = office.cues.noCallBack.test(callbackTime?.heard ?? '');
  const called = !unwanted && (phone?.value ?? null) !== null;
  return office.prompts.phrase(called ? 'message.kept' : 'message.kept_only');
}

/** Asks the draft's question, after `lead`. */
export function ask(office: Office, draft: Draft, lead: readonly Phrase[], reason: string): Move {
  return takes(draft, [asking(office, draft, [...lead, ...questionOf(office, draft)])], reason);
}

export const takes = (draft: Draft, actions: readonly DialogueAction[], reason: string): Move => ({
  phase: 'taking',
  actions,
  reason,
  change: { message: draft },
});

/** The name is said back with the next question, so that a wrong one is noticed at once. */
function thanks(office: Office, before: Draft, draft: Draft): readonly Phrase[] {
  const name = draft.name?.value;
  if (before.name !== null || name === null || name === undefined) return [];
  return [office.prompts.phrase('message.thanks_name', { name })];
}

/** Keeps what changed. */
export function keep(before: Draft | null, draft: Draft): readonly DialogueAction[] {
  const message = taken(draft);
  const same = before !== null && JSON.stringify(taken(before)) === JSON.stringify(message);
  return same ? [] : [{ do: 'keep-message', message }];
}

/** The caller does not want to leave one after all; what was kept stays a partial message. */
const cancelled = (office: Office): Move => ({
  phase: 'more',
  actions: [say('anything_else', office.prompts.phrase('message.cancelled'), anythingElse(office))],
  reason: 'message.cancelled',
  change: { message: null, wish: null },
});

/** The store failed: a person takes the message, and nobody is told that it was kept. */
export function notKept(office: Office): Move {
  const move = announce(office, office.settings.defaultTarget, 'not-kept', 'message.lost');
  return { ...move, change: { ...move.change, settled: 'unserved' } };
}
