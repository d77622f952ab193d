import type { Office } from '../../office.js';
import type { Phrase } from '../../ports.js';
import type { Move } from '../../state.js';
import { behind, type AppointmentStep } from '../appointment/plan.js';
import { withPlan } from '../appointment/told.js';
import { withoutAnswer, withoutField, type Draft, type MessageStep } from './draft.js';
import { ask, proceed } from './taking.js';

type LeftOut = (draft: Draft) => Draft;

const passed =
  (step: AppointmentStep): LeftOut =>
  (draft) =>
    draft.appointment === null ? draft : withPlan(draft, behind(draft.appointment, step));
const fieldless: LeftOut = (draft) =>
  draft.field === null ? draft : withoutField(draft, draft.field);

/** What is answered in words alone, and the message without that answer. */
const LEFT_OUT: Readonly<Partial<Record<MessageStep, LeftOut>>> = {
  visit_type: passed('visit_type'),
  which: passed('which'),
  wish: passed('wish'),
  name: (draft) => withoutAnswer(draft, 'name'),
  detail: fieldless,
  reason: (draft) => withoutAnswer(draft, 'reason'),
  callback_time: (draft) => withoutField(draft, 'callback_time'),
};

/** The key that leaves a question out. */
const NEXT = '#';
const YES_NO: ReadonlySet<MessageStep> = new Set(['urgency' as const, 'confirm' as const]);

/** A key that answers nothing here: whoever pressed it hears what does, and is asked again. The hash key goes on. */
export function keyWithoutMeaning(office: Office, draft: Draft, digit: string): Move {
  const leave = LEFT_OUT[draft.step];
  const move =
    leave !== undefined && digit === NEXT
      ? proceed(office, draft, { draft: leave(draft), reason: 'key.left-out' })
      : ask(office, draft, leadOf(office, draft.step), 'key.explained');
  return { ...move, change: { silences: 0, misunderstood: 0, ...move.change } };
}

function leadOf(office: Office, step: MessageStep): readonly Phrase[] {
  if (YES_NO.has(step)) return [office.prompts.phrase('listen.yes_or_no')];
  return LEFT_OUT[step] === undefined ? [] : [office.prompts.phrase('key.say')];
}
