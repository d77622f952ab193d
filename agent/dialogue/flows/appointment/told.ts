import type { Told } from '../../ports.js';
import { withAnswer, type Draft } from '../message/draft.js';
import type { Answering, Progress } from '../message/step.js';
import type { AppointmentPlan } from './plan.js';

/** An answer to a question about the appointment; undefined when it is none. */
export type PlanReader = (answering: Answering, plan: AppointmentPlan) => Progress | undefined;

/** `draft` with more told about the appointment. */
export function withPlan(
  draft: Draft,
  plan: AppointmentPlan,
  details: Readonly<Record<string, Told>> = {},
): Draft {
  const all = { ...draft.details, ...details };
  return withAnswer({ ...draft, appointment: plan, details: all }, {});
}
