import { findTargets } from '../targets.js';
import type { Office } from '../office.js';
import type { Destination } from '../directory.js';
import { stay, type EventOf, type Heard, type Move, type TalkState } from '../state.js';
import { which } from './directory.js';
import { emergency } from './emergency.js';
import { goOn } from './listen.js';
import { announce } from './person.js';
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
  if (said !== undefined) return settled(office, said);
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
  const chosen = choices(office, state)[Number(event.digit) - 1];
  return chosen === undefined ? stay(state, 'key.unused') : settled(office, chosen);
}

/** Our hearing failed: the question once more, then whoever is there. */
export const unheardWhileChoosing = (office: Office, state: TalkState): Move =>
  again(office, state);

const settled = (office: Office, { id }: Destination): Move => {
  const move = announce(office, id, 'caller-asked');
  return { ...move, change: { ...move.change, choice: [], misunderstood: 0, silences: 0 } };
};

function again(office: Office, state: TalkState): Move {
  if (state.misunderstood < 1) {
    return which(office, choices(office, state), state.misunderstood + 1);
  }
  const move = announce(
    office,
    office.settings.defaultTarget,
    'not-understood',
    'transfer.not_understood',
  );
  return { ...move, change: { ...move.change, choice: [], misunderstood: 0 } };
}

const choices = (office: Office, { choice }: TalkState): readonly Destination[] =>
  choice.map((id) => office.target(id));
