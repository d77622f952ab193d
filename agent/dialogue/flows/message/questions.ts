import type { Expectation } from '../../../speech/expectations.js';
import { spelled } from '../../../understanding/slots/spoken.js';
import { FIELD_KINDS, type KnownField } from '../../form-fields.js';
import type { Field } from '../../forms.js';
import type { Office } from '../../office.js';
import type { Phrase } from '../../ports.js';
import { say, type Say } from '../../state.js';
import { appointmentQuestion, appointmentReadBack } from '../appointment/questions.js';
import { askOf, detailQuestion, fieldOf, readDetails, readPatient } from './detail.js';
import type { Draft, MessageStep } from './draft.js';
import { spokenNumber } from './number.js';

/** What each question is called in the record and in `converse`. */
const ASKS: Readonly<Record<MessageStep, string>> = {
  visit_type: 'reason',
  which: 'date_time',
  wish: 'date_time',
  slot: 'slot',
  name: 'name',
  detail: 'detail',
  phone: 'phone',
  phone_check: 'confirm',
  reason: 'reason',
  urgency: 'urgency',
  callback_time: 'callback_time',
  confirm: 'confirm',
  what_wrong: 'what_wrong',
};

/** What the answer to a field is likely to be made of, by how it is read. */
const FIELD_EXPECTS: Readonly<Partial<Record<Field['kind'], Expectation>>> = {
  dob: 'birth',
  date_time: 'time',
  email: 'email',
  person_name: 'person',
};

/** What the answer is likely to be made of. A number that is read back is often answered by its correction. */
const EXPECTS: Readonly<Partial<Record<MessageStep, Expectation>>> = {
  name: 'person',
  phone: 'number',
  phone_check: 'number',
  urgency: 'yes-no',
  which: 'choice',
  wish: 'time',
  slot: 'choice',
  callback_time: 'time',
  confirm: 'yes-no',
};

/** Says what asks the draft's question; a field is asked by its own name. */
export function asking(office: Office, draft: Draft, phrases: readonly Phrase[]): Say {
  const field = draft.step === 'detail' ? fieldOf(office, draft) : undefined;
  const expects = field === undefined ? EXPECTS[draft.step] : FIELD_EXPECTS[field.kind];
  const asks = draft.field ?? ASKS[draft.step];
  return { ...say(asks, ...phrases), ...(expects === undefined ? {} : { expects }) };
}

/** A longer reason is not read back word for word, in words and in characters. */
const LONGEST_READ_BACK = { words: 30, characters: 240 };

/** The question of the draft's step. */
export function questionOf(office: Office, draft: Draft): readonly Phrase[] {
  const { prompts } = office;
  switch (draft.step) {
    case 'visit_type':
    case 'which':
    case 'wish':
    case 'slot':
      return draft.appointment === null
        ? []
        : appointmentQuestion(office, draft, draft.appointment, draft.step);
    case 'name':
      return [prompts.phrase('message.name')];
    case 'detail':
      return detailQuestion(office, draft);
    case 'phone':
      return [
        draft.offered === null
          ? prompts.phrase('message.phone')
          : prompts.phrase('message.phone_offer', {
              last: prompts.language.digits(draft.offered.slice(-3)),
            }),
      ];
    case 'phone_check':
      return [prompts.phrase('message.phone_check', { number: spokenNumber(office, draft) })];
    case 'reason':
      return [
        draft.recipient === null
          ? prompts.phrase('message.reason')
          : prompts.phrase('message.reason_for', {
              name: office.nameOf(office.target(draft.recipient)),
            }),
      ];
    case 'urgency':
      return [prompts.phrase('message.urgency')];
    case 'callback_time':
      return [prompts.phrase('message.callback_time')];
    case 'confirm':
      return readBack(office, draft);
    case 'what_wrong':
      return [
        prompts.phrase(
          draft.appointment === null ? 'message.what_wrong' : 'appointment.what_wrong',
        ),
      ];
  }
}

/** Name, number and message as they will be passed on, and the question whether they are right. */
function readBack(office: Office, draft: Draft): readonly Phrase[] {
  const { prompts } = office;
  const said: Phrase[] = [prompts.phrase('message.read_back')];
  const name = draft.name?.value;
  if (name !== null && name !== undefined) {
    said.push(
      draft.spelled
        ? prompts.phrase('message.read_name_spelled', { name, letters: spelled(name) })
        : prompts.phrase('message.read_name', { name }),
    );
  }
  said.push(...readPatient(office, draft));
  if (draft.appointment !== null) {
    const about = appointmentReadBack(office, draft, draft.appointment);
    // Where nothing else was told, there is the first sentence: nobody is asked whether nothing is right.
    return [
      ...said,
      ...(said.length + about.length > 2 ? [] : readReason(office, draft)),
      ...about,
    ];
  }
  return [
    ...said,
    ...readReason(office, draft),
    ...readDetails(office, draft),
    prompts.phrase('message.right'),
  ];
}

/** What it is about, word for word, unless it is long. */
function readReason({ prompts }: Office, draft: Draft): readonly Phrase[] {
  const reason = draft.reason?.value ?? '';
  const { words, characters } = LONGEST_READ_BACK;
  const short = reason.length <= characters && reason.split(/\s+/u).length <= words;
  if (reason === '' || !short) return [];
  return [prompts.phrase('message.read_reason', { reason: reason.replace(/[.!?]+$/u, '') })];
}

const FIXED = [
  'message.name',
  'message.name_again',
  'message.why',
  'message.cannot_see',
  'message.phone',
  'message.phone_again',
  'message.phone_keys',
  'message.phone_more',
  'message.reason',
  'message.urgency',
  'message.callback_time',
  'message.what_wrong',
  'message.read_back',
  'message.right',
  'message.as_heard',
  'message.as_listened',
  'message.note',
  'message.offer',
  'message.offer_instead',
  'message.instead',
  'message.cancelled',
  'message.kept',
  'message.kept_only',
  'message.kept_so_far',
] as const;

export const messageTexts = (office: Office): readonly Phrase[] => [
  ...FIXED.map((id) => office.prompts.phrase(id)),
  office.prompts.phrase('message.lost', {
    name: office.nameOf(office.target(office.settings.defaultTarget)),
  }),
  ...office.directory.destinations.map((target) =>
    office.prompts.phrase('message.reason_for', { name: office.nameOf(target) }),
  ),
  ...(Object.keys(FIELD_KINDS) as KnownField[]).map((id) => office.prompts.phrase(`form.${id}`)),
  office.prompts.phrase('form.patient'),
  office.prompts.phrase('form.dob_again'),
  ...office.forms.own.map(({ intent, field }) => askOf(office, intent, field)),
];
