import type { Office } from '../../office.js';
import type { Phrase } from '../../ports.js';
import type { PromptId } from '../../prompts/en.js';
import type { Draft } from '../message/draft.js';
import { appointmentsOf, hasDiary, type AppointmentPlan, type AppointmentStep } from './plan.js';
import { visitNames } from './visits.js';
import { bookedWords, slotWords, whenWords } from './wish.js';

/** More visit types than this are not listed unasked. */
const MOST_LISTED = 4;

/** The question of a step about the appointment. */
export function appointmentQuestion(
  office: Office,
  { intent }: Draft,
  plan: AppointmentPlan,
  step: AppointmentStep,
): readonly Phrase[] {
  const { prompts } = office;
  switch (step) {
    case 'visit_type': {
      const visits = visitNames(office);
      return [
        visits.length > MOST_LISTED
          ? prompts.phrase('appointment.visit_type_open')
          : prompts.phrase('appointment.visit_type', { visits: prompts.language.either(visits) }),
      ];
    }
    case 'which':
      return [
        prompts.phrase(
          intent === 'appointment.cancel' ? 'appointment.which_cancel' : 'appointment.which',
        ),
      ];
    case 'wish':
      return [
        prompts.phrase(
          intent === 'appointment.change'
            ? 'appointment.new_wish'
            : plan.searches > 0
              ? 'appointment.another_day'
              : 'appointment.wish',
        ),
      ];
    case 'slot':
      return offers(office, plan);
  }
}

/** The free times, each by its number, and the question which of them suits. */
function offers(office: Office, plan: AppointmentPlan): readonly Phrase[] {
  const { prompts } = office;
  const one = plan.offers.length === 1;
  return [
    prompts.phrase(one ? 'appointment.offer_one' : 'appointment.offer'),
    ...plan.offers.map((slot, index) =>
      prompts.phrase('appointment.option', {
        number: prompts.language.digits(String(index + 1)),
        ...slotWords(office, slot, plan.begunAt),
      }),
    ),
    prompts.phrase(one ? 'appointment.offer_ask_one' : 'appointment.offer_ask'),
  ];
}

/** What was told of the appointment, and the question whether it is right. */
export function appointmentReadBack(
  office: Office,
  draft: Draft,
  plan: AppointmentPlan,
): readonly Phrase[] {
  const { prompts } = office;
  const said: Phrase[] = [];
  const visit = appointmentsOf(office).visits.find(({ id }) => id === plan.visit);
  if (visit !== undefined) {
    const name = prompts.language.spoken(visit.name);
    said.push(prompts.phrase('appointment.read_visit', { visit: name }));
  }
  if (plan.slot !== null) {
    const when = slotWords(office, plan.slot, plan.begunAt);
    return [
      ...said,
      prompts.phrase('appointment.read_slot', when),
      prompts.phrase('appointment.book_it'),
    ];
  }
  const booked = bookedWords(office, draft, plan.begunAt);
  if (booked !== undefined) {
    return [
      ...said,
      prompts.phrase('appointment.read_slot', booked),
      prompts.phrase('message.right'),
    ];
  }
  for (const [id, prompt] of READ) {
    const when = whenWords(office, draft.details?.[id], plan.begunAt);
    if (when !== undefined) said.push(prompts.phrase(prompt, { when }));
  }
  return [...said, prompts.phrase('message.right')];
}

const READ: readonly (readonly [string, PromptId])[] = [
  ['which', 'appointment.read_which'],
  ['wish', 'appointment.read_wish'],
];

const FIXED: readonly PromptId[] = [
  ...(['appointment.note', 'appointment.change', 'appointment.cancel'] as const),
  ...(['appointment.query', 'appointment.wish', 'appointment.wish_again'] as const),
  ...(['appointment.new_wish', 'appointment.which', 'appointment.which_cancel'] as const),
  ...(['appointment.what_wrong', 'appointment.kept', 'appointment.kept_change'] as const),
  'appointment.kept_query',
];

const WITH_DIARY: readonly PromptId[] = [
  ...(['appointment.another_day', 'appointment.moment', 'appointment.offer_one'] as const),
  ...(['appointment.offer', 'appointment.offer_ask_one', 'appointment.offer_ask'] as const),
  ...(['appointment.not_then', 'appointment.none', 'appointment.none_suits'] as const),
  ...(['appointment.lost', 'appointment.no_diary', 'appointment.book_it'] as const),
];

/** All that can be said about appointments, except days and times. */
export function appointmentTexts(office: Office): readonly Phrase[] {
  const { by, visits } = appointmentsOf(office);
  if (by === 'people') return [];
  const { prompts } = office;
  const { language } = prompts;
  const list = language.either(visitNames(office));
  const diary = visits.some(({ calendar }) => calendar !== undefined);
  return [
    ...FIXED.map((id) => prompts.phrase(id)),
    ...(diary ? WITH_DIARY.map((id) => prompts.phrase(id)) : []),
    ...(visits.length > MOST_LISTED ? [prompts.phrase('appointment.visit_type_open')] : []),
    ...(visits.length === 0
      ? []
      : [
          prompts.phrase('appointment.visit_type', { visits: list }),
          prompts.phrase('appointment.visit_type_again', { visits: list }),
        ]),
    ...visitNames(office).map((visit) => prompts.phrase('appointment.read_visit', { visit })),
  ];
}

/** How a wish is acknowledged when it is kept. */
export function keptPhrase(office: Office, { intent }: Draft): Phrase {
  if (intent === 'appointment.query') return office.prompts.phrase('appointment.kept_query');
  const change = intent === 'appointment.change' || intent === 'appointment.cancel';
  return office.prompts.phrase(change ? 'appointment.kept_change' : 'appointment.kept');
}

/** What is said first, by what is wanted. With a diary, booking needs no explanation. */
export function leadPhrase(
  office: Office,
  intent: string,
  plan: AppointmentPlan,
): readonly Phrase[] {
  const prompt = LEADS[intent] ?? 'appointment.note';
  const books = intent === 'appointment.book' && plan.asks.includes('slot');
  return books && (plan.visit === null || hasDiary(office, plan))
    ? []
    : [office.prompts.phrase(prompt)];
}

const LEADS: Readonly<Record<string, PromptId>> = {
  'appointment.change': 'appointment.change',
  'appointment.cancel': 'appointment.cancel',
  'appointment.query': 'appointment.query',
};
