import { findSlot, findSlots } from '../../../understanding/slots/slots.js';
import { wordsOf } from '../../../understanding/text.js';
import { namedIn } from '../../cues/details.js';
import { isKnown, PATIENT, type Field } from '../../forms.js';
import type { Office } from '../../office.js';
import type { Phrase, Told } from '../../ports.js';
import type { RequestPromptId } from '../../prompts/requests.en.js';
import { nameIn } from '../../services.js';
import { onlyHeard, withAnswer, withoutField, type Draft } from './draft.js';
import { asTold } from './reason.js';
import { again, isBare, wordsMustDo, type Progress, type StepReader } from './step.js';

/** From this confidence a date or an address counts. */
const SURE = 0.5;
/** So many words tell what is wanted already: it is not asked again. */
const TELLING_WORDS = 9;
/** So many words tell a time, even if none was understood. */
const WORDS_OF_TIME = 2;
/** "Yes, please": nothing is told. */
const SHORT_WORDS = 2;
/** Keys of a whole date of birth: day, month and a year of four digits. */
export const DATE_KEYS = 8;
/** Longer answers are not read back, in words and in characters. */
const LONGEST_READ_BACK = { words: 20, characters: 160 };

/** The field that is asked at the moment. */
export const fieldOf = (office: Office, draft: Draft): Field | undefined =>
  draft.field === null ? undefined : office.forms.field(draft.intent, draft.field);

/** The question of the draft's field. */
export function detailQuestion(office: Office, draft: Draft): readonly Phrase[] {
  const field = fieldOf(office, draft);
  if (field === undefined) return [];
  return [askOf(office, draft.intent, field)];
}

export function askOf(office: Office, intent: string, { id, ask }: Field): Phrase {
  if (ask !== undefined) return office.prompts.own(`form.${intent}.${id}`, ask);
  if (id === PATIENT) return office.prompts.phrase('form.patient');
  return office.prompts.phrase(isKnown(id) ? `form.${id}` : 'form.question');
}

/** What the first sentence tells of the fields already. */
export function toldDetails(
  office: Office,
  intent: string,
  text: string,
  now: number,
): Readonly<Record<string, Told>> {
  const told: Record<string, Told> = {};
  const { dob } = findSlots(text, office.slotContext(now));
  const patient = office.patientIn(text, now);
  if (patient !== undefined) told.patient = { ...patient, by: 'voice' };
  for (const id of office.forms.asked(intent)) {
    if (id === 'dob' && dob !== undefined) told.dob = { ...dob, by: 'voice' };
    const named = namedIn(text, id, office.language);
    if (named !== undefined) told[id] = { ...asTold(named), heard: text };
    const own = ownAnswer(office, intent, id, { text, now });
    if (own !== undefined) told[id] = own;
    if (id === 'question' && wordsOf(text).length >= TELLING_WORDS) told[id] = asTold(text);
    const service = id === 'service' ? office.serviceIn(text) : undefined;
    if (service !== undefined) told[id] = { ...asTold(service), heard: text };
    // "What does a travel vaccination cost?" says for what, though we have no price for it.
    else if (id === 'service' && intent === 'info.price' && namesSomething(office, text))
      told[id] = onlyHeard(text);
  }
  return told;
}

/** What answers a question of the office's own, where one of its words is said: the whole sentence, or its day. */
function ownAnswer(
  office: Office,
  intent: string,
  id: string,
  { text, now }: { readonly text: string; readonly now: number },
): Told | undefined {
  const { kind, told: said = [] } = office.forms.field(intent, id) ?? {};
  if (nameIn(text, [{ name: id, said }]) === undefined) return undefined;
  if (kind === undefined || kind === 'text') return asTold(text);
  const found = office.cues.past.test(text)
    ? undefined
    : findSlot(kind, text, office.slotContext(now));
  return found === undefined ? onlyHeard(text) : { ...found, by: 'voice' };
}

/** Words that a question for a price has besides what it is for: "how much is …". */
const PRICE_WORDS = 4;

const namesSomething = (office: Office, text: string): boolean =>
  wordsOf(text).length >= PRICE_WORDS && !office.cues.reference.test(text);

/** An answer to the draft's field; after two useless ones the words as heard must do. */
export const readDetail: StepReader = (answering) => {
  const { office, state, draft, heard } = answering;
  const field = fieldOf(office, draft);
  if (field === undefined) return undefined;
  const { text } = heard;
  const answered = (told: Told, reason: string): Progress =>
    answerField(draft, field.id, told, reason);
  const untold: Progress = {
    draft: withoutField(draft, field.id),
    reason: 'message.detail-untold',
  };
  if (field.kind === 'text') {
    // "Yes", to a question of ours that is not one of yes and no.
    if (isKnown(field.id) && isBareYes(office, text)) {
      return draft.tries < 1 ? askedAgain(office, draft, field) : untold;
    }
    const lacking = office.cues.refuse.test(text) || office.cues.no.test(text);
    return answered(lacking ? onlyHeard(text) : asTold(text), 'message.detail');
  }
  // A day that is over is none that we read, and tells people enough: "last Friday, about nine".
  if (field.kind === 'date_time' && office.cues.past.test(text))
    return answered(onlyHeard(text), 'message.detail-as-heard');
  const found =
    (field.id === PATIENT ? office.patientIn(text, state.now) : undefined) ??
    findSlot(field.kind, text, office.slotContext(state.now));
  if (found !== undefined && found.confidence >= SURE) {
    return answered({ ...found, by: 'voice' }, 'message.detail');
  }
  if (office.cues.refuse.test(text) || office.cues.no.test(text)) {
    return isBare(answering) ? untold : answered(onlyHeard(text), 'message.detail-refused');
  }
  // "Last night" is no day that we read, and tells people enough.
  if (field.kind === 'date_time' && wordsOf(text).length >= WORDS_OF_TIME)
    return answered(onlyHeard(text), 'message.detail-as-heard');
  if (draft.tries < 1) return askedAgain(office, draft, field);
  if (isBare(answering)) return untold;
  return {
    ...answered(onlyHeard(text), 'message.detail-as-heard'),
    lead: [wordsMustDo(office, state)],
  };
};

/** "Yes", "yes please", "yes that's right". */
const isBareYes = (office: Office, text: string): boolean =>
  office.cues.yes.test(text) &&
  (wordsOf(text).length <= SHORT_WORDS || office.cues.echo.test(text.replace(/^\S+\s+/u, '')));

/** A date of birth that was keyed in: day first, but where the country writes the month first. */
export function keyedDate(office: Office, draft: Draft, now: number): Progress {
  const field = fieldOf(office, draft);
  const { digits } = draft;
  const iso = dateOf(digits, office.country === 'us', now);
  if (field === undefined || iso === undefined) {
    return draft.tries < 1 || field === undefined
      ? askedAgain(office, draft, field)
      : answerField(
          draft,
          field.id,
          { ...onlyHeard(digits), by: 'keys' },
          'message.detail-as-heard',
        );
  }
  const told: Told = { value: iso, heard: digits, confidence: 1, by: 'keys' };
  return answerField(draft, field.id, told, 'message.detail-keyed');
}

/** Nobody who calls was born before. */
const EARLIEST = Date.UTC(1900, 0, 1);

function dateOf(digits: string, monthFirst: boolean, now: number): string | undefined {
  if (digits.length !== DATE_KEYS) return undefined;
  const [first, second] = [digits.slice(0, 2), digits.slice(2, 4)];
  const [month, day] = monthFirst ? [first, second] : [second, first];
  const iso = `${digits.slice(4)}-${month}-${day}`;
  const date = new Date(`${iso}T00:00:00Z`);
  const at = date.getTime();
  if (Number.isNaN(at) || at < EARLIEST || at > now) return undefined;
  return date.toISOString().slice(0, 10) === iso ? iso : undefined;
}

const askedAgain = (office: Office, draft: Draft, field: Field | undefined): Progress => ({
  draft: { ...again(draft), digits: '' },
  reason: 'message.detail-again',
  ...(field?.kind === 'dob' ? { question: [office.prompts.phrase('form.dob_again')] } : {}),
});

function answerField(draft: Draft, id: string, told: Told, reason: string): Progress {
  const details = { ...draft.details, [id]: told };
  return { draft: withAnswer(draft, { details }), reason };
}

/** Whom it is for, if that was told. */
export function readPatient(office: Office, { details }: Draft): readonly Phrase[] {
  const value = details?.patient?.value ?? null;
  return value === null ? [] : [office.prompts.phrase('form.read_patient', { value })];
}

/** The details as they will be passed on; the office's own fields are not read back. */
export function readDetails(office: Office, { details = {} }: Draft): readonly Phrase[] {
  return Object.entries(details).flatMap(([id, { value }]) => {
    const prompt: RequestPromptId | undefined =
      isKnown(id) && id !== 'question' ? `form.read_${id}` : undefined;
    if (prompt === undefined || value === null) return [];
    const short = value.length <= LONGEST_READ_BACK.characters;
    if (!short || wordsOf(value).length > LONGEST_READ_BACK.words) return [];
    return [office.prompts.phrase(prompt, { value: spokenValue(office, id, value) })];
  });
}

function spokenValue(office: Office, id: string, value: string): string {
  const { language } = office.prompts;
  if (id === 'dob') return language.date(value);
  return id === 'email' ? language.email(value) : value.replace(/[.!?]+$/u, '');
}
