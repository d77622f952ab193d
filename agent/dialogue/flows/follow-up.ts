import { wordsOf } from '../../understanding/text.js';
import type { Office } from '../office.js';
import type { Heard, Move, TalkState } from '../state.js';
import { faqAnswer } from './facts.js';
import { answered } from './listen.js';

/** A question about what was just said is short: "is it free?" */
const MOST_WORDS = 6;
/** Shorter words, and these, say nothing about the matter. */
const LEAST_LETTERS = 4;
const EMPTY = new Set(
  'that this there they them have does what when where which with about will would could your much many'.split(
    ' ',
  ),
);
/** Intents that such a question is taken for when it is read by itself. */
const READ_ALONE = /^(?:oos|info\..+)$/u;

/**
 * "Is it free?", after "There is a free car park behind the building": the approved answer that was just given is
 * given again, when it holds a word of the question. Undefined when the words are a question of their own.
 */
export function followUp(office: Office, state: TalkState, heard: Heard): Move | undefined {
  const { text, understood } = heard;
  const words = wordsOf(text);
  if (!office.cues.reference.test(text) || words.length > MOST_WORDS) return undefined;
  if (!READ_ALONE.test(understood.intent) || understood.faq !== undefined) return undefined;
  const before = state.last?.phrases.find(({ prompt }) => prompt.startsWith('faq.'));
  if (before === undefined) return undefined;
  const said = new Set(wordsOf(before.text));
  const holds = words.some((word) => isTelling(word) && said.has(word));
  const answer = holds ? faqAnswer(office, before.prompt.slice('faq.'.length)) : undefined;
  return answer && answered(office, `${answer.reason}.again`, ...answer.phrases);
}

const isTelling = (word: string): boolean => word.length >= LEAST_LETTERS && !EMPTY.has(word);
