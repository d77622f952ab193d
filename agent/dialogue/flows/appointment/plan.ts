import {
  appointmentSettings,
  type AppointmentSettings,
  type Visit,
} from '../../appointment-settings.js';
import type { Slot } from '../../diary.js';
import type { Office } from '../../office.js';

/** What is asked about an appointment, besides name and number. */
export type AppointmentStep = 'visit_type' | 'which' | 'wish' | 'slot';

/** An appointment being talked about. Plain data: survives JSON. */
export interface AppointmentPlan {
  /** What is asked about it, in this order. */
  readonly asks: readonly AppointmentStep[];
  /** Those that have their answer, or will not get one. */
  readonly done: readonly AppointmentStep[];
  /** Id of the visit type, once it is known. */
  readonly visit: string | null;
  /** Free times on offer, held for this call. */
  readonly offers: readonly Slot[];
  /** The one that was chosen. */
  readonly slot: Slot | null;
  /** Where the latest search began, in milliseconds since 1970. */
  readonly searchedFrom: number;
  /** Sooner than what was wished, if there is anything. */
  readonly soonest?: boolean;
  /** When it was begun, in milliseconds since 1970: what "tomorrow" is counted from. */
  readonly begunAt: number;
  /** How often free times were looked for. */
  readonly searches: number;
}

/** What to ask next about it; undefined when that is all. */
export const nextAsked = ({ asks, done }: AppointmentPlan): AppointmentStep | undefined =>
  asks.find((step) => !done.includes(step));

/** `plan` with `step` behind it. */
export const behind = (
  plan: AppointmentPlan,
  ...steps: readonly AppointmentStep[]
): AppointmentPlan => ({
  ...plan,
  done: [...new Set([...plan.done, ...steps])],
});

/** `plan` with nothing held: a wish for people to look after. */
export const withoutDiary = (plan: AppointmentPlan): AppointmentPlan => ({
  ...behind(plan, 'slot', 'wish'),
  offers: [],
  slot: null,
});

/** Journals of calls before there were appointments replay as they were held. */
const BEFORE = appointmentSettings.parse({ by: 'people' });

export function appointmentsOf({ settings }: Office): AppointmentSettings {
  const kept: { readonly appointments?: AppointmentSettings } = settings;
  return kept.appointments ?? BEFORE;
}

/** The visit type with `id`. */
export const visitOf = (office: Office, id: string | null): Visit | undefined =>
  appointmentsOf(office).visits.find((visit) => visit.id === id);

/** Whether free times can be offered for the plan's visit type. */
export const hasDiary = (office: Office, plan: AppointmentPlan): boolean =>
  plan.asks.includes('slot') && visitOf(office, plan.visit)?.calendar !== undefined;
