import { correctTime } from '../appointment/readers.js';
import { correctName, correctPhone } from '../../../understanding/slots/corrections.js';
import { likeness } from '../../../understanding/slots/likeness.js';
import { findSlot } from '../../../understanding/slots/slots.js';
import { wordsOf } from '../../../understanding/text.js';
import type { Draft, MessageStep } from './draft.js';
import { asTold, urgency } from './reason.js';
import { again, agreement, type Answering, type Progress, type StepReader } from './step.js';

/** Read-backs that are not agreed to after which the message is passed on as it was heard. */
const MOST_TRIES = 3;

/** The message was read back: agreed, corrected, or a question what is wrong with it. */
export const readConfirm: StepReader = (answering) => {
  const { office, draft, heard } = answering;
  const agreed = agreement(answering);
  if (agreed === 'yes') {
    // "Yes, and it is urgent."
    const urgent = urgency(office.cues, heard.text) ?? draft.urgent;
    return done({ ...draft, urgent }, true, 'message.agreed');
  }
  const corrected = correction(answering);
  if (corrected !== undefined) return corrected;
  const more = toldMore(answering, agreed);
  if (more !== undefined) return more;
  if (agreed === undefined && !office.cues.correcting.test(heard.text)) return undefined;
  if (draft.tries >= MOST_TRIES) return done(draft, false, 'message.as-heard');
  return { draft: { ...again(draft), step: 'what_wrong' }, reason: 'message.refuted' };
};

/** So many words of a "no" tell what is otherwise. */
const TELLING_WORDS = 6;

/** "No, it's eight of us now, my brother is coming, too": it goes with what was told. */
function toldMore(
  { office, draft, heard: { text } }: Answering,
  agreed: 'yes' | 'no' | undefined,
): Progress | undefined {
  const { reason, appointment } = draft;
  const { aboutName, aboutNumber, partWrong } = office.cues;
  if (agreed !== 'no' || reason === null || appointment !== null) return undefined;
  if (wordsOf(text).length < TELLING_WORDS || draft.tries >= MOST_TRIES) return undefined;
  if ([aboutName, aboutNumber, partWrong].some((cue) => cue.test(text))) return undefined;
  const whole = asTold(`${reason.heard} ${text}`);
  return { draft: { ...again(draft), reason: whole }, reason: 'message.reason-continued' };
}

/** What is wrong: the part is named, or at once said right. */
export const readWhatWrong: StepReader = (answering) => {
  const { office, draft, heard } = answering;
  const corrected = correction(answering);
  if (corrected !== undefined) return corrected;
  const { aboutName, aboutNumber, aboutReason } = office.cues;
  if (aboutName.test(heard.text)) return askAgain(draft, { name: null, spelled: true }, 'name');
  if (aboutNumber.test(heard.text)) {
    return askAgain(draft, { phone: null, offered: null }, 'phone');
  }
  if (aboutReason.test(heard.text)) return askAgain(draft, { reason: null }, 'reason');
  if (draft.tries >= MOST_TRIES) return done(draft, false, 'message.as-heard');
  // "Yes", or "nothing": it is read back once more.
  return agreement(answering) === 'yes'
    ? { draft: { ...again(draft), step: 'confirm' }, reason: 'message.nothing-wrong' }
    : undefined;
};

/** The message is as good as it gets. */
export const done = (draft: Draft, confirmed: boolean, reason: string): Progress => ({
  draft: { ...draft, state: 'complete', confirmed },
  reason,
});

const askAgain = (draft: Draft, change: Partial<Draft>, step: MessageStep): Progress => ({
  draft: { ...again(draft), ...change, step },
  reason: `message.again-${step}`,
});

/** New digits that are a number of their own. */
const WHOLE_DIGITS = 7;

/** Where the number was not read back, or is the caller's own, "make it ten" is about something else. */
function speaksOfNumber({ office, state, draft, heard: { text } }: Answering): boolean {
  if (office.cues.aboutNumber.test(text)) return true;
  if (draft.appointment === null && draft.phone?.by !== 'caller-id') return true;
  const digits = findSlot('phone', text, office.slotContext(state.now))?.value ?? '';
  return digits.length >= WHOLE_DIGITS;
}

/** A name by itself corrects one that it resembles at least this much. */
const ALIKE = 0.4;

/** Whether `name` is a whole one, or resembles the one before. */
const isNear = (before: string, name: string | undefined): boolean =>
  name !== undefined && (name.includes(' ') || likeness(name, before) >= ALIKE);

function correction(answering: Answering): Progress | undefined {
  const { office, state, draft, heard } = answering;
  const time = office.cues.aboutNumber.test(heard.text) ? undefined : correctTime(answering);
  if (time !== undefined) return time;
  const context = office.slotContext(state.now);
  const { text } = heard;
  const number = draft.phone?.value ?? '';
  const phone = speaksOfNumber(answering) ? correctPhone(number, text, context) : undefined;
  if (phone !== undefined && phone.value !== number) {
    const told = { ...phone, by: 'voice' as const };
    return {
      draft: { ...again(draft), phone: told, step: 'phone_check' },
      reason: 'message.phone-corrected',
    };
  }
  const before = draft.name?.value ?? '';
  const { aboutName, correcting } = office.cues;
  // Where no name was understood, any words could be one, and a word that is not like it may be anything.
  const about = aboutName.test(text) || correcting.test(text);
  const found = before !== '' || about ? correctName(before, text, context) : undefined;
  const name = about || isNear(before, found?.value) ? found : undefined;
  if (name !== undefined && name.value !== before) {
    const told = { ...name, by: 'voice' as const };
    return {
      draft: { ...again(draft), name: told, spelled: true, step: 'confirm' },
      reason: 'message.name-corrected',
    };
  }
  // Whoever spells the name as it was read back hears that it is spelled so.
  if (name?.value === before && before !== '' && aboutName.test(text) && !draft.spelled)
    return {
      draft: { ...again(draft), spelled: true, step: 'confirm' },
      reason: 'message.name-spelled',
    };
  if (draft.appointment !== null) return undefined;
  const rest = office.cues.newReason.exec(text)?.groups?.rest;
  if (rest === undefined) return undefined;
  return {
    draft: { ...again(draft), reason: asTold(rest), step: 'confirm' },
    reason: 'message.reason-corrected',
  };
}
