import { stemsIn } from '../../understanding/faq-contrasts.js';
import { wordsOf } from '../../understanding/text.js';
import type { Office } from '../office.js';
import type { Heard, Move, TalkState } from '../state.js';
import { faqAnswer } from './facts.js';
import { hours } from './hours.js';
import { answered } from './listen.js';

/** A question about what was just said is short: "is it free?" */
const MOST_WORDS = 6;
/** Intents that such a question is taken for when it is read by itself. */
const READ_ALONE = /^(?:oos|info\..+)$/u;

/**
 * "Is it free?", after "There is a free car park behind the building": the approved answer that was just given is
 * given again, when it speaks of what the question does. Undefined when the words are a question of their own.
 */
export function followUp(office: Office, state: TalkState, heard: Heard): Move | undefined {
  const { text, understood } = heard;
  const anotherDay = dayAfterHours(office, state, heard);
  if (anotherDay !== undefined) return anotherDay;
  if (!office.cues.reference.test(text) || wordsOf(text).length > MOST_WORDS) return undefined;
  if (!READ_ALONE.test(understood.intent) || understood.faq !== undefined) return undefined;
  const before = state.last?.phrases.find(({ prompt }) => prompt.startsWith('faq.'));
  if (before === undefined) return undefined;
  const said = stemsIn(before.text, office.language);
  const holds = [...stemsIn(text, office.language)].some((stem) => said.has(stem));
  const answer = holds ? faqAnswer(office, before.prompt.slice('faq.'.length)) : undefined;
  return answer && answered(office, `${answer.reason}.again`, ...answer.phrases);
}

/** Words that a bare day may have around it: "and what about Saturday". */
const AROUND_DAY = 5;

/** "And on Saturday?", after hours were told: those of that day. */
function dayAfterHours(office: Office, state: TalkState, heard: Heard): Move | undefined {
  const { text, understood } = heard;
  const told = state.last?.phrases.some(({ prompt }) => prompt.startsWith('hours.')) === true;
  if (!told || understood.slots.day === undefined || !READ_ALONE.test(understood.intent))
    return undefined;
  const words = wordsOf(text).length - wordsOf(understood.slots.day.heard).length;
  const answer = words <= AROUND_DAY ? hours(office, heard) : undefined;
  return answer && answered(office, answer.reason, ...answer.phrases);
}
