import { findTargets } from '../targets.js';
import type { Office } from '../office.js';
import type { Destination } from '../directory.js';
import { stay, type EventOf, type Heard, type Move, type TalkState } from '../state.js';
import { which } from './directory.js';
import { emergency } from './emergency.js';
import { goOn } from './listen.js';
import { acceptMessage } from './message/start.js';
import { announce } from './person.js';
import { noRecording, objectsByKey } from './privacy.js';
import { route } from './route.js';

/** Intents that answer "which one?" badly, and ask for nothing else either. */
const VAGUE = /^(?:oos|person\.transfer|message\.leave|control\.(?:yes|greeting))$/u;

/** A name was said, or something else altogether. */
export function heardWhileChoosing(office: Office, state: TalkState, heard: Heard): Move {
  const { text, understood } = heard;
  if (understood.emergency) return emergency(office);
  const among = choices(office, state);
  const named = findTargets(text, among, (name) => office.prompts.language.spoken(name));
  const said =
    named.length === 1 ? named[0] : among[office.cues.nth.findIndex((cue) => cue.test(text))];
  if (said !== undefined) return settled(office, state, said);
  if (understood.intent === 'control.no') {
    return { ...goOn(office), change: { choice: [], misunderstood: 0 } };
  }
  if (named.length === 0 && !VAGUE.test(understood.intent)) {
    return route(office, { ...state, phase: 'listening' }, heard);
  }
  return again(office, state);
}

/** 1 for the first, 2 for the second; 0 is for a person as ever. */
export function keyWhileChoosing(office: Office, state: TalkState, event: EventOf<'key'>): Move {
  if (event.digit === '0') return announce(office, office.settings.defaultTarget, 'key-0');
  const one = choices(office, state)[Number(event.digit) - 1];
  if (one !== undefined) return settled(office, state, one);
  return objectsByKey(state, event.digit) ? noRecording(office, state) : stay(state, 'key.unused');
}

/** Our hearing failed: as an answer that is not clear. */
export const unheardWhileChoosing = (office: Office, state: TalkState): Move =>
  again(office, state);

/** The one who is meant is rung, or gets the message. */
function settled(office: Office, state: TalkState, { id }: Destination): Move {
  return state.choiceFor === 'message'
    ? messageFor(office, state, id)
    : chosen(announce(office, id, 'caller-asked'));
}

function messageFor(office: Office, state: TalkState, recipient: string | null): Move {
  const wish = { text: '', intent: 'message.leave', ...state.wish, recipient };
  const move = chosen(acceptMessage(office, { ...state, wish }));
  return { ...move, change: { ...move.change, wish } };
}

const chosen = (move: Move): Move => ({
  ...move,
  change: { ...move.change, choice: [], misunderstood: 0, silences: 0 },
});

/** Once more; then a person who is there, or a message for the office. */
function again(office: Office, state: TalkState): Move {
  if (state.misunderstood < 1) {
    return which(office, choices(office, state), state.choiceFor, state.misunderstood + 1);
  }
  if (state.choiceFor === 'message') return messageFor(office, state, null);
  const target = office.settings.defaultTarget;
  return chosen(announce(office, target, 'not-understood', 'transfer.not_understood'));
}

const choices = (office: Office, { choice }: TalkState): readonly Destination[] =>
  choice.map((id) => office.target(id));
