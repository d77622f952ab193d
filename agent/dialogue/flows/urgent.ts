import type { Office } from '../office.js';
import type { Phrase } from '../ports.js';
import type { Heard, Move, TalkState } from '../state.js';
import { answerTo } from './answers.js';
import { noteRequest } from './message/start.js';
import { announce } from './person.js';

/**
 * What the office said cannot wait: its approved answer, if there is one, and a person at once; while the office is
 * closed, or nobody can be reached, an urgent message.
 */
export function urgently(office: Office, state: TalkState, heard: Heard): Move {
  const answer = answerTo(office, heard)?.phrases ?? [];
  const move = office.openAt(heard.now) ? ring(office, heard) : noteRequest(office, state, heard);
  return behind(answer, move);
}

function ring(office: Office, { text, understood: { intent } }: Heard): Move {
  const target = office.routeOf(intent) ?? office.settings.defaultTarget;
  const move = announce(office, target, 'urgent');
  return {
    ...move,
    change: {
      transfer: { target: office.target(target).id, why: 'urgent', said: text },
      wish: { text, intent, recipient: null },
    },
  };
}

/** `move`, with the answer before what it says. */
function behind(answer: readonly Phrase[], move: Move): Move {
  const at = move.actions.findIndex((action) => action.do === 'say');
  const actions = move.actions.map((action, index) =>
    index === at && action.do === 'say'
      ? { ...action, phrases: [...answer, ...action.phrases] }
      : action,
  );
  return { ...move, actions };
}
