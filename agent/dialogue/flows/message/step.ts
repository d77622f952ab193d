import { wordsOf } from '../../../understanding/text.js';
import type { Office } from '../../office.js';
import type { Phrase } from '../../ports.js';
import type { Heard, TalkState } from '../../state.js';
import type { Draft } from './draft.js';

/** What became of an answer: the message as it now stands, and what is said before the next question. */
export interface Progress {
  readonly draft: Draft;
  readonly reason: string;
  /** Said before the question. */
  readonly lead?: readonly Phrase[];
  /** Said instead of the usual question of the draft's step. */
  readonly question?: readonly Phrase[];
}

/** What a step needs to read an answer. */
export interface Answering {
  readonly office: Office;
  readonly state: TalkState;
  readonly draft: Draft;
  readonly heard: Heard;
}

/** Reads what was said as an answer to a step's question; undefined when it is none. */
export type StepReader = (answering: Answering) => Progress | undefined;

/** A question, and a word or two behind it. */
const OWN_QUESTION = /\?\s*(\S+(?:\s+\S+)?)\s*$/u;

/** Whether the caller agrees, disagrees, or neither. */
export function agreement({
  office,
  heard,
}: Pick<Answering, 'office' | 'heard'>): 'yes' | 'no' | undefined {
  const { intent } = heard.understood;
  // "Is that the number I'm on? Yes": what follows a question to oneself answers ours.
  const [, behind] = OWN_QUESTION.exec(heard.text) ?? [];
  const text = behind ?? heard.text;
  if (office.cues.no.test(text)) return 'no';
  if (office.cues.yes.test(text)) return 'yes';
  if (intent === 'control.yes') return 'yes';
  return intent === 'control.no' ? 'no' : undefined;
}

/** Words of a mere yes, no or thanks, and of one that only the model takes for that. */
const BARE = { plain: 3, likely: 2 };

/** Whether all that was said agrees, refuses or thanks: it holds nothing that could be kept as an answer. */
export function isBare({ office, heard }: Pick<Answering, 'office' | 'heard'>): boolean {
  const { text } = heard;
  const { yes, no, courtesy, anyTime } = office.cues;
  const words = wordsOf(text).length;
  if (anyTime.test(text) || words > BARE.plain) return false;
  if ([yes, no, courtesy].some((cue) => cue.test(text))) return true;
  return words <= BARE.likely && agreement({ office, heard }) !== undefined;
}

/** Said when words that were not understood must do: a person hears them, or reads what was heard. */
export const wordsMustDo = (office: Office, { recorded }: TalkState): Phrase =>
  office.prompts.phrase(recorded ? 'message.as_listened' : 'message.as_heard');

/** One more answer of no use. */
export const again = (draft: Draft): Draft => ({ ...draft, tries: draft.tries + 1 });

/** Steps that words can miss; a text field takes any words. */
export const OPEN: ReadonlySet<string> = new Set([
  ...(['name', 'phone', 'phone_check', 'which', 'wish', 'visit_type'] as const),
  ...(['urgency', 'callback_time', 'confirm'] as const),
]);
