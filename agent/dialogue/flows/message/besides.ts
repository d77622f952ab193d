import { OUT_OF_SCOPE } from '../../../understanding/intents.js';
import { wordsOf } from '../../../understanding/text.js';
import type { Move } from '../../state.js';
import { answerTo } from '../answers.js';
import { besidesAsides, withAsides, type Aside } from '../asides.js';
import { fieldOf } from './detail.js';
import type { Answering, StepReader } from './step.js';
import { proceed } from './taking.js';

/** A yes, and what follows it: behind a pause, or behind "and", "but" and the like. */
const AGREED = /^(?<yes>.+?)(?:[,.;!?]+\s*|\s+(?=\p{L}{2,4}\s))(?<rest>.+)$/su;
/** Words of a mere yes. */
const MOST_OF_YES = 5;
/** A question of the caller's own has at least so many words. */
const LEAST_ASKED = 3;

/**
 * "Yes, that's right, and are you open on Boxing Day?": what we asked is agreed to, and the caller's own question is
 * answered. Undefined where there is none that has an answer.
 */
export function agreedBesides(
  { office, state, draft, heard }: Answering,
  asides: readonly Aside[],
  reader: StepReader,
): Move | undefined {
  const { yes = '', rest = '' } = AGREED.exec(heard.text)?.groups ?? {};
  if (!office.cues.yes.test(yes) || wordsOf(yes).length > MOST_OF_YES) return undefined;
  if (wordsOf(rest).length < LEAST_ASKED || !heard.understood.intent.startsWith('info.'))
    return undefined;
  const own = asides.length > 0 ? undefined : answerTo(office, { ...heard, text: rest });
  const phrases = [...asides.flatMap(({ answer }) => answer.phrases), ...(own?.phrases ?? [])];
  if (phrases.length === 0) return undefined;
  const understood = { ...NOTHING_ELSE, slots: {} };
  const progress = reader({ office, state, draft, heard: { ...heard, text: yes, understood } });
  if (progress === undefined) return undefined;
  return proceed(office, draft, { ...progress, lead: [...phrases, ...(progress.lead ?? [])] });
}

/** What is left of a turn when its questions are answered, as an answer to ours. */
const NOTHING_ELSE = {
  ...{ intent: OUT_OF_SCOPE, score: 0, alternatives: [], emergency: false },
  faq: undefined,
};

/**
 * "John Miller, and do you have parking?": our question is answered, and the caller's own, too. Undefined where the
 * rest of the words is no answer to ours.
 */
export function answeredBesides(
  { office, state, draft, heard }: Answering,
  asides: readonly Aside[],
  reader: StepReader,
): Move | undefined {
  const text = asides.length === 0 ? '' : besidesAsides(heard);
  const { cancel, goodbye, person, aside, elsewhere } = office.cues;
  const turns = [cancel, goodbye, person, aside, elsewhere].some((cue) => cue.test(text));
  // Any words answer such a question, and those around one of the caller's own do not.
  const anyWords = draft.step === 'detail' && fieldOf(office, draft)?.kind === 'text';
  if (text === '' || turns || anyWords) return undefined;
  const understood = { ...NOTHING_ELSE, slots: heard.understood.slots };
  const rest = { ...heard, text, understood };
  const progress = reader({ office, state, draft: { ...draft, tries: 0 }, heard: rest });
  if (progress === undefined || progress.draft.tries > 0) return undefined;
  return withAsides(office, proceed(office, draft, progress), asides);
}
