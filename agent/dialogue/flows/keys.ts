import type { Office } from '../office.js';
import type { Phrase } from '../ports.js';
import { say, type EventOf, type Move, type Phase, type TalkState } from '../state.js';
import { goodbye } from './goodbye.js';
import { anythingElse, goOn } from './listen.js';
import { acceptMessage, declineMessage } from './message/start.js';
import { acceptOffer, announce, declineOffer } from './person.js';
import { noRecording, objectsByKey } from './privacy.js';

type Chosen = (office: Office, state: TalkState) => Move;

/** What keys choose: 1 is yes and 2 is no wherever that is asked. */
const CHOICES: Readonly<Partial<Record<Phase, Readonly<Record<string, Chosen>>>>> = {
  listening: { 1: acceptMessage },
  more: { 1: goOn, 2: goodbye },
  offering: { 1: acceptOffer, 2: declineOrMessage },
  'offering-message': { 1: acceptMessage, 2: declineMessage },
};

/** A key while we talk: 0 is for a person, 9 ends the recording, others choose; those that choose nothing are explained. */
export function key(office: Office, state: TalkState, { digit }: EventOf<'key'>): Move {
  const move = chosen(office, state, digit);
  return { ...move, change: { pending: null, silences: 0, misunderstood: 0, ...move.change } };
}

function chosen(office: Office, state: TalkState, digit: string): Move {
  if (digit === '0') return announce(office, office.settings.defaultTarget, 'key-0');
  if (objectsByKey(state, digit)) return noRecording(office, state);
  const choose = CHOICES[state.phase]?.[digit];
  return choose === undefined ? explain(office, state) : choose(office, state);
}

/** After "a person, or a message?" the second key is the message itself. */
function declineOrMessage(office: Office, state: TalkState): Move {
  return state.transfer?.why === 'not-understood'
    ? acceptMessage(office, state)
    : declineOffer(office);
}

/** Whoever presses keys may not be able to speak. */
function explain(office: Office, state: TalkState): Move {
  const asks = ASKS[state.phase];
  if (asks === undefined) return { phase: state.phase, actions: [], reason: 'key.unused' };
  const phrases =
    state.phase === 'listening'
      ? [office.prompts.phrase('listen.keys')]
      : [office.prompts.phrase('listen.yes_or_no'), ...questionOf(office, state)];
  return { phase: state.phase, actions: [say(asks, ...phrases)], reason: 'key.explained' };
}

const ASKS: Readonly<Partial<Record<Phase, string>>> = {
  listening: 'how_can_i_help',
  more: 'anything_else',
  offering: 'offer_person',
  'offering-message': 'offer_message',
};

const questionOf = (office: Office, { phase }: TalkState): readonly Phrase[] => {
  if (phase === 'more') return [anythingElse(office)];
  return phase === 'offering-message' ? [office.prompts.phrase('message.offer')] : [];
};

export const keyTexts = (office: Office): readonly Phrase[] =>
  (['listen.keys', 'listen.yes_or_no', 'key.say'] as const).map((id) => office.prompts.phrase(id));
