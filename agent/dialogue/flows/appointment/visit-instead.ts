import { turningCues } from '../../cues/turning.js';
import type { Visit } from '../../appointment-settings.js';
import type { Office } from '../../office.js';
import type { Draft } from '../message/draft.js';
import type { Answering, Progress } from '../message/step.js';
import { chosenVisit } from './readers.js';
import { visitIn } from './visits.js';

/** Steps whose answer is never a visit type. */
const ASKED_ELSE: ReadonlySet<string> = new Set([
  ...(['name', 'phone', 'phone_check', 'which', 'wish', 'slot'] as const),
  ...(['urgency', 'callback_time', 'confirm', 'what_wrong'] as const),
]);

/** The visit type that `text` wants in the place of the one that `draft` has; undefined when it wants none. */
export function visitWanted(office: Office, draft: Draft, text: string): Visit | undefined {
  const { appointment: plan, step } = draft;
  if (plan?.asks.includes('visit_type') !== true || !plan.done.includes('visit_type'))
    return undefined;
  if (!ASKED_ELSE.has(step)) return undefined;
  const { rather, takenBack } = turningCues(office.language);
  if (!rather.test(text) && !office.cues.correcting.test(text)) return undefined;
  const found = visitIn(office, text.replace(takenBack, ' '), false);
  return found?.id === plan.visit ? undefined : found;
}

/** "Actually, make that a blood test", of an appointment for a check-up: said back, and our question asked again. */
export function visitInstead(answering: Answering): Progress | undefined {
  const { office, draft, heard } = answering;
  const { appointment: plan } = draft;
  const visit = visitWanted(office, draft, heard.text);
  if (plan === null || visit === undefined) return undefined;
  // Times that were offered are of another length, and perhaps of another calendar.
  const done = plan.done.filter((one) => one !== 'slot');
  const anew = { ...plan, done, offers: [], slot: null, searchedFrom: 0 };
  const { draft: next } = chosenVisit(draft, anew, visit, heard.text);
  // A number that is being read back comes first; what was wrong is put right.
  const stays = draft.step === 'what_wrong' ? 'confirm' : draft.step;
  const step = next.step === 'slot' ? next.step : stays;
  return {
    draft: { ...next, step, field: draft.field, tries: draft.tries },
    reason: 'appointment.visit-changed',
    // What is read back now is not said twice.
    lead:
      step === 'confirm'
        ? []
        : [
            office.prompts.phrase('appointment.read_visit', {
              visit: office.prompts.language.spoken(visit.name),
            }),
          ],
  };
}
