import type { Office } from '../../office.js';
import type { EventOf, Move, TalkState } from '../../state.js';
import { keyedChoice } from '../appointment/readers.js';
import { announce } from '../person.js';
import { objectsByKey } from '../privacy.js';
import { done } from './confirm.js';
import { DATE_KEYS, fieldOf, keyedDate } from './detail.js';
import { ownNumber, withAnswer, type Draft, type MessageStep } from './draft.js';
import { keyedPhone, phoneOfDigits } from './phone.js';
import { keyWithoutMeaning } from './spoken-only.js';
import { again, type Progress } from './step.js';
import { proceed, takes, unrecorded } from './taking.js';

/** Silence after the last key that ends a number. */
const KEYS_END_MS = 2_500;

/** Keys of yes and no, and whether they answer the draft's question by themselves. */
const YES = '1';
const NO = '2';

/** Keys make up a number or a date where one is asked, or say yes and no; elsewhere 0 is for a person, 9 against the recording, and others are explained. */
export function keyWhileTaking(office: Office, state: TalkState, event: EventOf<'key'>): Move {
  const { message: draft } = state;
  const { digit } = event;
  const chosen = draft === null ? undefined : keyedChoice(office, draft, digit);
  if (draft !== null && chosen !== undefined) {
    const move = proceed(office, draft, chosen);
    return { ...move, change: { silences: 0, misunderstood: 0, ...move.change } };
  }
  if (draft === null) return otherKey(office, state, digit);
  if (draft.step === 'phone' || draft.step === 'phone_check') {
    return keyOfNumber(office, state, draft, digit);
  }
  if (draft.step === 'detail' && fieldOf(office, draft)?.kind === 'dob') {
    return keyOfDate(office, state, draft, digit);
  }
  const said = SAID_BY_KEY[draft.step]?.[digit];
  if (said === undefined) return otherKey(office, state, digit);
  return proceed(office, draft, said(office, draft));
}

/** What keys say to a question with a choice. */
const SAID_BY_KEY: Readonly<
  Partial<Record<MessageStep, Readonly<Record<string, (office: Office, draft: Draft) => Progress>>>>
> = {
  urgency: {
    [YES]: (_office, draft) => ({
      draft: withAnswer(draft, { urgent: true }),
      reason: 'message.urgency-keyed',
    }),
    [NO]: (_office, draft) => ({
      draft: withAnswer(draft, { urgent: false }),
      reason: 'message.urgency-keyed',
    }),
  },
  confirm: {
    [YES]: (_office, draft) => done(draft, true, 'message.agreed-keyed'),
    [NO]: (_office, draft) => ({
      draft: { ...again(draft), step: 'what_wrong' },
      reason: 'message.refuted-keyed',
    }),
  },
  what_wrong: {
    1: (_office, draft) => askedAnew(draft, { name: null, spelled: true }, 'name'),
    2: (_office, draft) => askedAnew(draft, { phone: null, offered: null }, 'phone'),
    3: (_office, draft) => askedAnew(draft, { reason: null }, 'reason'),
  },
};

const askedAnew = (draft: Draft, change: Partial<Draft>, step: MessageStep): Progress => ({
  draft: { ...again(draft), ...change, step },
  reason: `message.again-${step}`,
});

function otherKey(office: Office, state: TalkState, digit: string): Move {
  if (digit === '0') return announce(office, office.settings.defaultTarget, 'key-0');
  if (state.message !== null && objectsByKey(state, digit))
    return unrecorded(office, state.message);
  return state.message === null
    ? { phase: state.phase, actions: [], reason: 'key.unused' }
    : keyWithoutMeaning(office, state.message, digit);
}

function keyOfNumber(office: Office, state: TalkState, draft: Draft, digit: string): Move {
  const first = draft.digits === '' && (digit === YES || digit === NO);
  // It may be a yes or a no, or the first digit of another number: the next key or silence tells.
  if (first && (draft.step === 'phone_check' || draft.offered !== null)) {
    const begun: Draft = { ...draft, digits: digit, digitsBy: 'keys' };
    return { ...takes(begun, [], 'message.key'), patienceMs: KEYS_END_MS };
  }
  const keyed = keyedPhone(draft, digit);
  if (keyed === 'done') return endOfDigits(office, state, draft);
  return { ...takes(keyed, [], 'message.key'), patienceMs: KEYS_END_MS };
}

function keyOfDate(office: Office, state: TalkState, draft: Draft, digit: string): Move {
  if (digit === '#') return endOfDigits(office, state, draft);
  const before = draft.digitsBy === 'keys' && digit !== '*' ? draft.digits : '';
  const digits = digit === '*' ? '' : before + digit;
  const keyed: Draft = { ...draft, digits, digitsBy: 'keys' };
  if (digits.length === DATE_KEYS)
    return proceed(office, keyed, keyedDate(office, keyed, state.now));
  return { ...takes(keyed, [], 'message.key'), patienceMs: KEYS_END_MS };
}

/** A single 0 was no number: the caller wants a person. A single 1 or 2 to a yes-or-no question answers it. */
export function endOfDigits(office: Office, state: TalkState, draft: Draft): Move {
  const plain: Draft = { ...draft, digits: '' };
  if (draft.digits === '0') {
    const move = announce(office, office.settings.defaultTarget, 'key-0');
    return { ...move, change: { ...move.change, message: plain } };
  }
  const answered = yesOrNoOf(office, draft, plain);
  if (answered !== undefined) return proceed(office, draft, answered);
  if (draft.step === 'detail') return proceed(office, draft, keyedDate(office, draft, state.now));
  return proceed(office, draft, phoneOfDigits(office, state, draft));
}

function yesOrNoOf(
  office: Office,
  { digits, step, offered }: Draft,
  plain: Draft,
): Progress | undefined {
  if (digits !== YES && digits !== NO) return undefined;
  const yes = digits === YES;
  if (step === 'phone_check') {
    return yes
      ? { draft: withAnswer(plain, {}), reason: 'message.phone-agreed' }
      : {
          draft: { ...again(plain), phone: null, step: 'phone', offered: null },
          reason: 'message.phone-refuted',
          question: [office.prompts.phrase('message.phone_keys')],
        };
  }
  if (step !== 'phone' || offered === null) return undefined;
  return yes
    ? { draft: withAnswer(plain, { phone: ownNumber(offered) }), reason: 'message.phone-own' }
    : {
        draft: { ...plain, offered: null, ownRefused: true, tries: 0 },
        reason: 'message.phone-offer-refused',
      };
}
