import type { Office } from '../office.js';
import type { Phrase } from '../ports.js';
import { say, type Heard, type Move, type TalkState } from '../state.js';
import { anythingElse } from './listen.js';
import { noteRequest } from './message/start.js';
import { offerPhrase } from './person.js';

/** Understood, but for people to do: a person is offered while the office is open, else it is noted. */
export function unserved(office: Office, state: TalkState, heard: Heard): Move {
  const { requests } = office.settings;
  const { intent } = heard.understood;
  const way = office.openAt(heard.now) ? requests.open : requests.closed;
  if (way === 'message') return noteRequest(office, state, heard);
  const move = offer(office, topic(office, intent), 'unserved.offer');
  return {
    ...move,
    change: { ...move.change, wish: { text: heard.text, intent, recipient: null } },
  };
}

/** The caller wishes another language. */
export const otherLanguage = (office: Office): Move =>
  offer(office, office.prompts.phrase('unserved.language'), 'unserved.language');

/** Somebody sells something: declined, kindly; whoever was misjudged can still go on. */
export const sales = (office: Office): Move => ({
  phase: 'more',
  actions: [say('anything_else', office.prompts.phrase('unserved.sales'), anythingElse(office))],
  reason: 'unserved.sales',
  change: { settled: 'answered' },
});

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
  ...Object.values(office.settings.topics).map((words) =>
    office.prompts.phrase('unserved.topic', { topic: words }),
  ),
];
