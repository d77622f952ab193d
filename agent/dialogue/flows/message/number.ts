import { findExtension } from '../../../understanding/slots/extension.js';
import { findSlot } from '../../../understanding/slots/slots.js';
import { spokenPhone } from '../../../understanding/slots/spoken.js';
import type { Office } from '../../office.js';
import type { Told } from '../../ports.js';
import type { Heard } from '../../state.js';
import { phoneWords } from '../../prompts/phone-words.js';
import type { Draft, MessageStep } from './draft.js';
import { again, type Answering, type Progress } from './step.js';

/** A number as it was understood: with its plus, where it is none of the office's country. */
export interface FoundNumber {
  readonly value: string;
  readonly confidence: number;
  readonly heard: string;
}

/** The telephone number that `text` holds; `now` is milliseconds since 1970. */
export function numberIn(office: Office, now: number, text: string): FoundNumber | undefined {
  const found = findSlot('phone', text, office.slotContext(now));
  if (found === undefined) return undefined;
  const { value, confidence, heard, international } = found;
  return { value: international === true ? `+${value}` : value, confidence, heard };
}

/** Fewer digits may be an emergency number that is called out. */
const LEAST_NUMBER = 6;
/** Words around what was asked: "it's …, thank you". */
export const AROUND = 4;
/** From this score on danger is danger, whatever answer the words might be. */
export const SURE_DANGER = 0.6;

/** How many words stand beside a telephone number, or the like: it is the same without them. Undefined without one. */
function besideNumber(office: Office, now: number, text: string): number | undefined {
  const digitsIn = (words: readonly string[]): string =>
    findSlot('phone', words.join(' '), office.slotContext(now))?.value ?? '';
  const words = text.split(/\s+/u).filter((word) => word !== '');
  const digits = digitsIn(words);
  if (digits.length < LEAST_NUMBER) return undefined;
  return words.filter((_, at) => digitsIn(words.toSpliced(at, 1)) === digits).length;
}

/** Whether a telephone number, or the like, is all that is said: it tells of nothing else. */
export const isNumberAlone = (office: Office, now: number, text: string): boolean =>
  (besideNumber(office, now, text) ?? Infinity) <= AROUND;

/** Whether what sounds like danger is a number that is told, with nothing beside it that is surely danger. */
export function isRatherNumber(office: Office, { text, understood, now }: Heard): boolean {
  const beside = besideNumber(office, now, text) ?? Infinity;
  return beside === 0 || (beside <= AROUND && understood.score < SURE_DANGER);
}

/** Where words are about the number: there an extension is part of it, and not of the matter. */
const ABOUT_NUMBER: ReadonlySet<MessageStep> = new Set([
  ...(['phone', 'phone_check', 'confirm', 'what_wrong'] as const),
]);
/** Fewer digits beside an extension are no number of their own. */
const LEAST_WHOLE = 7;

/** What was made of an answer, with the extension that was told beside the number: both are read back. */
export function withExtension(answering: Answering, progress: Progress): Progress {
  const { draft } = answering;
  const { phone } = progress.draft;
  const told = phone !== null && phone.value !== draft.phone?.value;
  const extension = told ? extensionIn(answering) : undefined;
  if (extension === undefined) return progress;
  const next = { ...progress.draft, details: { ...progress.draft.details, extension } };
  return { ...progress, draft: { ...next, step: 'phone_check', field: null } };
}

/**
 * "Extension 204", with no number beside it: added to the number that was told, or put right. Where none was told yet it
 * is kept for the number that is asked for once more.
 */
export function extensionAlone(answering: Answering): Progress | undefined {
  const { office, state, draft, heard } = answering;
  const number = draft.phone?.value ?? null;
  const first = number === null && draft.step === 'phone' && draft.digits === '';
  if (!ABOUT_NUMBER.has(draft.step) || (number === null && !first)) return undefined;
  const digits = numberIn(office, state.now, heard.text)?.value.length ?? 0;
  const extension = digits >= LEAST_WHOLE ? undefined : extensionIn(answering);
  if (extension === undefined || extension.value === draft.details?.extension?.value)
    return undefined;
  const details = { ...draft.details, extension };
  const reason = 'message.extension';
  return first
    ? {
        ...{ draft: { ...again(draft), details, offered: null }, reason },
        question: [office.prompts.phrase('message.phone_again')],
      }
    : { draft: { ...again(draft), details, step: 'phone_check', field: null }, reason };
}

function extensionIn({ office, state, heard: { text } }: Answering): Told | undefined {
  const value = findExtension(text, office.slotContext(state.now));
  return value === undefined ? undefined : { value, heard: text, confidence: 0.9, by: 'voice' };
}

/** The extension that a first sentence tells beside its number, as details of a message. */
export function toldExtension(
  office: Office,
  now: number,
  text: string,
): Readonly<Record<string, Told>> {
  const value = findExtension(text, office.slotContext(now));
  return value === undefined
    ? {}
    : { extension: { value, heard: text, confidence: 0.9, by: 'voice' } };
}

/** The number in groups, digit by digit, with its plus and its extension. */
export function spokenNumber(office: Office, { phone, details }: Draft): string {
  const { language } = office.prompts;
  const words = phoneWords(office.language);
  const number = phone?.value ?? '';
  const groups = spokenPhone(number, office.country)
    .split(/,\s*/u)
    .map((group) => language.digits(group.replace(/\s/gu, '')))
    .join(', ');
  const extension = details?.extension?.value ?? null;
  return [
    number.startsWith('+') ? `${words.plus} ${groups}` : groups,
    ...(extension === null ? [] : [`${words.extension} ${language.digits(extension)}`]),
  ].join(', ');
}
