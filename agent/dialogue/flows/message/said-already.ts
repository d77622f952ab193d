import { behind } from '../appointment/plan.js';
import { withPlan } from '../appointment/told.js';
import { fieldOf } from './detail.js';
import { onlyHeard, withAnswer } from './draft.js';
import { asTold } from './reason.js';
import type { Answering, Progress } from './step.js';

/**
 * "Just what I said": the sentence that the message began with is the answer, and is not asked for again. Undefined
 * where it says nothing of what is asked.
 */
export function saidAlready({ office, draft, heard }: Answering): Progress | undefined {
  if (!office.cues.saidAlready.test(heard.text)) return undefined;
  const matter = draft.reason?.heard ?? draft.opening ?? '';
  const { appointment: plan, step } = draft;
  const reason = 'message.said-already';
  if (step === 'visit_type' && plan !== null)
    return { draft: withPlan(draft, behind(plan, 'visit_type')), reason };
  if (matter === '') return undefined;
  if (step === 'reason') return { draft: withAnswer(draft, { reason: asTold(matter) }), reason };
  const field = fieldOf(office, draft);
  if (step !== 'detail' || field?.kind !== 'text') return undefined;
  const details = { ...draft.details, [field.id]: onlyHeard(matter) };
  return { draft: withAnswer(draft, { details }), reason };
}
