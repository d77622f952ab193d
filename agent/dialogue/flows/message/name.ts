import { findSlot } from '../../../understanding/slots/slots.js';
import { wordsOf } from '../../../understanding/text.js';
import type { Office } from '../../office.js';
import type { Heard, TalkState } from '../../state.js';
import { onlyHeard, withAnswer, withoutAnswer } from './draft.js';
import { again, isBare, wordsMustDo, type StepReader } from './step.js';

/** From this on a name counts, whatever else the words may mean. */
const SURE = 0.4;
/** So many digits that are all that was said begin a number. */
const LEAST_DIGITS = 3;
/** So few words that are digits are no name. */
const FEW = 2;

/** "Gong il gong" are three digits in Korean, though names may be made of anything. */
function isDigits(office: Office, { now }: TalkState, { text }: Heard): boolean {
  const digits = findSlot('phone', text, office.slotContext(now))?.value ?? '';
  return digits.length >= LEAST_DIGITS && wordsOf(text).length <= FEW;
}

/** The caller's name. After two useless answers the words as heard must do: a person will see them. */
export const readName: StepReader = ({ office, state, draft, heard }) => {
  const found = findSlot('person_name', heard.text, office.slotContext(state.now));
  if (found !== undefined && found.confidence >= SURE && !isDigits(office, state, heard)) {
    const name = { ...found, by: 'voice' as const };
    return { draft: withAnswer(draft, { name }), reason: 'message.name' };
  }
  // Whoever would rather not say is told what it is for, and asked once more.
  if (office.cues.refuse.test(heard.text)) {
    return draft.tries < 1
      ? {
          draft: again(draft),
          reason: 'message.name-refused',
          question: [office.prompts.phrase('message.why'), office.prompts.phrase('message.name')],
        }
      : {
          draft: withAnswer(draft, { name: onlyHeard(heard.text) }),
          reason: 'message.name-refused',
        };
  }
  // "Yes" is nobody's name: it is asked twice more.
  const bare = isBare({ office, heard });
  if (draft.tries < (bare ? 2 : 1)) {
    return {
      draft: again(draft),
      reason: 'message.name-again',
      question: [office.prompts.phrase('message.name_again')],
    };
  }
  if (bare) return { draft: withoutAnswer(draft, 'name'), reason: 'message.name-untold' };
  return {
    draft: withAnswer(draft, { name: onlyHeard(heard.text) }),
    reason: 'message.name-as-heard',
    lead: [wordsMustDo(office, state)],
  };
};
