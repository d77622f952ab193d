import type { Office } from '../office.js';
import type { Phrase } from '../ports.js';
import { say, type Heard, type Move, type TalkState } from '../state.js';
import { servicesTexts } from './facts.js';
import { goodbye } from './goodbye.js';
import { noteMatter, noteRequest } from './message/start.js';
import { offerPhrase } from './person.js';

/**
 * Understood, but for people to do. A request that has a form is taken down at all hours, and so is a
 * question whose answer we do not know; for the rest a person is offered while the office is open.
 */
export function unserved(office: Office, state: TalkState, heard: Heard): Move {
  const { requests } = office.settings;
  const { intent } = heard.understood;
  const listed = intent === 'info.services' && !office.cues.ownDoings.test(heard.text);
  const services = listed ? servicesTexts(office) : [];
  if (services.length > 0) return wishing(unlisted(office, services), heard);
  if (office.forms.has(intent) || intent.startsWith('info.'))
    return noteRequest(office, state, heard);
  const way = office.openAt(heard.now) ? requests.open : requests.closed;
  if (way === 'message') return noteRequest(office, state, heard);
  return wishing(offer(office, topic(office, intent), 'unserved.offer'), heard);
}

/** Something is asked for that is not among what we offer, by its name: the list, and a message if that is not it. */
const unlisted = (office: Office, services: readonly Phrase[]): Move => ({
  phase: 'offering-message',
  actions: [say('offer_message', ...services, office.prompts.phrase('request.service'))],
  reason: 'unserved.service',
  change: { settled: 'unserved' },
});

/** The caller wishes another language: somebody may speak it. */
export function otherLanguage(office: Office, _state: TalkState, heard: Heard): Move {
  return wishing(
    offer(office, office.prompts.phrase('unserved.language'), 'unserved.language'),
    heard,
  );
}

/** `move` with what the caller wanted, in case a message becomes of it. */
const wishing = (move: Move, { text, understood: { intent } }: Heard): Move => ({
  ...move,
  change: { ...move.change, wish: { text, intent, recipient: null } },
});

/** Below this score it may be a supplier or a partner of the office. */
const SURELY_SALES = 0.6;

/** Somebody sells something: declined, kindly and shortly; whoever was misjudged can still speak up. */
export function sales(office: Office, state: TalkState, heard: Heard): Move {
  if (heard.understood.score < SURELY_SALES) return noteMatter(office, state, heard);
  const farewell = goodbye(office);
  return {
    phase: farewell.phase,
    actions: [
      { do: 'count', what: 'solicitation' },
      say('goodbye', office.prompts.phrase('unserved.sales')),
      ...farewell.actions,
    ],
    reason: 'unserved.sales',
    change: { settled: 'answered' },
  };
}

function offer(office: Office, phrase: Phrase, reason: string): Move {
  return {
    phase: 'offering',
    actions: [say('offer_person', phrase, offerPhrase(office))],
    reason,
    change: {
      settled: 'unserved',
      transfer: { target: office.settings.defaultTarget, why: 'offer-accepted' },
    },
  };
}

/** Named as the office wrote it for this intent, or for the part before its dot. */
function topic(office: Office, intent: string): Phrase {
  const { topics } = office.settings;
  const words = topics[intent] ?? topics[intent.split('.')[0] ?? ''];
  return words === undefined
    ? office.prompts.phrase('unserved.general')
    : office.prompts.phrase('unserved.topic', { topic: words });
}

export const unservedTexts = (office: Office): readonly Phrase[] => [
  office.prompts.phrase('unserved.general'),
  office.prompts.phrase('unserved.language'),
  office.prompts.phrase('unserved.sales'),
  office.prompts.phrase('request.service'),
  ...Object.values(office.settings.topics).map((words) =>
    office.prompts.phrase('unserved.topic', { topic: words }),
  ),
];
