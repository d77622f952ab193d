import { correctPhone } from '../../../understanding/slots/corrections.js';
import type { Office } from '../../office.js';
import type { Told } from '../../ports.js';
import type { TalkState } from '../../state.js';
import { timeInstead } from '../appointment/readers.js';
import { isWhole, onlyHeard, ownNumber as calledFrom, withAnswer, type Draft } from './draft.js';
import { numberIn } from './number.js';
import {
  again,
  agreement,
  wordsMustDo,
  type Answering,
  type Progress,
  type StepReader,
} from './step.js';

/** From this confidence a number is whole and fits the country. */
const WHOLE = 0.75;
/** From this one it may be a number of the caller's own town; the caller tells by stopping there. */
const LOCAL = 0.65;
/** Confidence, at most, in a number whose read-back was refused to the end. */
const DOUBTED = 0.3;
/** Silence after a part of a number that ends it, in milliseconds. */
export const PART_ENDS_MS = 3_000;
/** Refusals of a read-back after which the number stays as it was heard last. */
const MOST_TRIES = 3;

/** The number to call back: the one on offer, one that is said, also in pieces, or none. */
export const readPhone: StepReader = (answering) => {
  const { office, state, draft, heard } = answering;
  const { cues } = office;
  const found = numberIn(office, state.now, heard.text);
  if (found !== undefined) return said(office, state, draft, found.value, heard.text);
  // "That's all", after a part.
  if (draft.digits !== '') return phoneOfDigits(office, state, draft);
  if (cues.noCallBack.test(heard.text)) {
    const another = cues.ownNumber.test(heard.text) || cues.otherNumber.test(heard.text);
    // "No, don't call this number": another one may do. "No, don't ring me at all, write to me."
    if (!another) return without(draft, heard.text, 'message.phone-refused');
    if (draft.offered !== null) return offerRefused(draft);
  }
  if (draft.offered !== null) {
    const agreed = agreement(answering);
    if (agreed === 'yes' || cues.ownNumber.test(heard.text)) return ownNumber(draft, draft.offered);
    if (agreed === 'no') return offerRefused(draft);
  }
  if (cues.ownNumber.test(heard.text) && state.caller !== null) {
    return ownNumber(draft, state.caller);
  }
  if (cues.refuse.test(heard.text)) return without(draft, heard.text, 'message.phone-refused');
  // Whoever does not know it cannot say it digit by digit either; who looks for it says so.
  if (cues.unknown.test(heard.text) && !cues.aside.test(heard.text))
    return givenUp(state, draft, heard.text);
  return undefined;
};

/** Questions before the number that may be missed by telling it. */
const BEFORE_NUMBER: ReadonlySet<string> = new Set([
  ...(['name', 'visit_type', 'which', 'wish'] as const),
]);

/** "Just use the number I'm ringing from", where something else is asked: taken, and our question asked again. */
export const ownNumberTold: StepReader = ({ office, state, draft, heard: { text } }) => {
  const { caller } = state;
  if (!BEFORE_NUMBER.has(draft.step) || draft.phone !== null) return undefined;
  if (caller === null || !isWhole(caller)) return undefined;
  const { ownNumber: own, aboutNumber, question, no, otherNumber, noCallBack } = office.cues;
  if (![own, aboutNumber].every((cue) => cue.test(text))) return undefined;
  if ([question, no, otherNumber, noCallBack].some((cue) => cue.test(text))) return undefined;
  return {
    draft: { ...draft, phone: calledFrom(caller), offered: null },
    reason: 'message.phone-own',
  };
};

/** Another number than the one that the call comes from is wanted. */
const offerRefused = (draft: Draft): Progress => ({
  draft: { ...draft, offered: null, ownRefused: true, tries: 0 },
  reason: 'message.phone-offer-refused',
});

/** Nothing of use was said where a number was asked. */
export function phoneNotHeard(
  office: Office,
  state: TalkState,
  draft: Draft,
  text: string,
): Progress {
  if (draft.tries >= 2) {
    return { ...givenUp(state, draft, text), lead: [wordsMustDo(office, state)] };
  }
  const prompt = draft.tries === 0 ? 'message.phone_again' : 'message.phone_keys';
  return {
    draft: { ...again(draft), digits: '', offered: null },
    reason: 'message.phone-again',
    question: [office.prompts.phrase(prompt)],
  };
}

/** Nobody is left without a way back: the number that the call comes from will do, unless it was refused. */
function givenUp({ caller }: TalkState, draft: Draft, text: string): Progress {
  const reason = 'message.phone-given-up';
  const usable = draft.ownRefused !== true && isWhole(caller);
  if (!usable || caller === null) return without(draft, text, reason);
  const phone = { ...calledFrom(caller), heard: text, confidence: DOUBTED };
  return { draft: withAnswer(draft, { phone }), reason };
}

/** "I have …. Is that right?": agreed, corrected, or asked once more. */
export const readPhoneCheck: StepReader = (answering) => {
  const { office, state, draft, heard } = answering;
  const now = draft.phone?.value ?? '';
  const agreed = agreement(answering);
  const corrected = correctPhone(now, heard.text, office.slotContext(state.now));
  const changes = corrected !== undefined && corrected.value !== now;
  // What only the model takes for a yes is none where the words change the number.
  if (agreed === 'yes' && (!changes || office.cues.yes.test(heard.text)))
    return { draft: withAnswer(draft, {}), reason: 'message.phone-agreed' };
  if (changes) {
    const phone = { ...corrected, by: 'voice' as const };
    return {
      draft: { ...again(draft), phone, step: 'phone_check' },
      reason: 'message.phone-corrected',
    };
  }
  const whole = agreed === undefined ? goneOn(answering) : undefined;
  if (whole !== undefined) return check(draft, whole);
  if (agreed === undefined && !office.cues.aboutNumber.test(heard.text)) return undefined;
  // "No, not Monday, the Tuesday" takes back what was told before, and no digit.
  const time = office.cues.aboutNumber.test(heard.text) ? undefined : timeInstead(answering);
  if (time !== undefined)
    return { ...time, draft: { ...time.draft, step: 'phone_check', field: null } };
  if (draft.tries >= MOST_TRIES) {
    return {
      draft: withAnswer(draft, { phone: doubted(draft.phone) }),
      reason: 'message.phone-as-heard',
      lead: [wordsMustDo(office, state)],
    };
  }
  return {
    draft: { ...again(draft), phone: null, step: 'phone', offered: null, digits: '' },
    reason: 'message.phone-refuted',
    question: [office.prompts.phrase('message.phone_keys')],
  };
};

/** More digits, over the read-back of those that made a number already: both together, if that is one, too. */
function goneOn({ office, state, draft, heard: { text } }: Answering): Told | undefined {
  const before = draft.phone?.by === 'voice' ? (draft.phone.value ?? '') : '';
  const more = numberIn(office, state.now, text)?.value ?? '';
  if (before === '' || more === '') return undefined;
  const found = numberIn(office, state.now, before + more);
  if (found === undefined || found.confidence < WHOLE) return undefined;
  const { value, confidence } = found;
  return { value, confidence, heard: `${draft.phone?.heard ?? ''} ${text}`, by: 'voice' };
}

/** A key while a number is asked or read back: starts or goes on with a number. */
export function keyedPhone(draft: Draft, digit: string): Draft | 'done' {
  const before = draft.digitsBy === 'keys' ? draft.digits : '';
  if (digit === '#') return 'done';
  const digits = digit === '*' ? '' : before + digit;
  return { ...draft, digits, digitsBy: 'keys', step: 'phone', offered: null, phone: null };
}

/** Nothing more comes: a whole number is read back, anything else asked again. */
export function phoneOfDigits(office: Office, state: TalkState, draft: Draft): Progress {
  const { digits, digitsBy } = draft;
  const found = numberIn(office, state.now, digits);
  if (found === undefined || found.confidence < LOCAL)
    return phoneNotHeard(office, state, draft, digits);
  const { value, confidence } = found;
  const by = { confidence: digitsBy === 'keys' ? 1 : confidence, by: digitsBy };
  return check(draft, { value, heard: digits, ...by });
}

function said(
  office: Office,
  state: TalkState,
  draft: Draft,
  digits: string,
  text: string,
): Progress {
  const before = draft.digitsBy === 'voice' ? draft.digits : '';
  // A number may come whole, or as the rest of one whose beginning came before a pause.
  for (const candidate of [digits, before + digits]) {
    const found = numberIn(office, state.now, candidate);
    if (found !== undefined && found.confidence >= WHOLE) {
      const { value, confidence } = found;
      return check(draft, { value, heard: text, confidence, by: 'voice' });
    }
  }
  if (before.length + digits.length > 15) return phoneNotHeard(office, state, draft, text);
  return {
    draft: { ...draft, digits: before + digits, digitsBy: 'voice' },
    reason: 'message.phone-part',
    question: [office.prompts.phrase('message.phone_more')],
  };
}

/** A number that the caller did not agree to is kept, but not believed. */
const doubted = (phone: Told | null): Told | null =>
  phone === null ? null : { ...phone, confidence: Math.min(phone.confidence, DOUBTED) };

const check = (draft: Draft, phone: Told): Progress => ({
  draft: { ...draft, phone, digits: '', step: 'phone_check' },
  reason: 'message.phone',
});

const ownNumber = (draft: Draft, number: string): Progress => ({
  draft: withAnswer(draft, { phone: calledFrom(number) }),
  reason: 'message.phone-own',
});

const without = (draft: Draft, text: string, reason: string): Progress => ({
  draft: withAnswer(draft, { phone: onlyHeard(text) }),
  reason,
});
