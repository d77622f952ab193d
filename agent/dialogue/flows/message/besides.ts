import { OUT_OF_SCOPE } from '../../../understanding/intents.js';
import type { Move } from '../../state.js';
import { besidesAsides, withAsides, type Aside } from '../asides.js';
import { fieldOf } from './detail.js';
import type { Answering, StepReader } from './step.js';
import { proceed } from './taking.js';

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
