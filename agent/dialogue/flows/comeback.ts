import type { Office } from '../office.js';
import type { DialogueAction, Phrase } from '../ports.js';
import type { Move, Say, TalkState } from '../state.js';
import { ask } from './message/taking.js';
import { route } from './route.js';

/**
 * Before "is there anything else?" comes what is still open: another wish that was said in one breath
 * with the one served now, then a message that was left for it. Other moves stay as they are.
 */
export function comeBack(office: Office, before: TalkState, move: Move): Move {
  if (move.phase !== 'more') return move;
  const lead = leadOf(office, move);
  if (lead === undefined) return move;
  const state: TalkState = { ...before, ...move.change, phase: 'more' };
  const [wish, ...later] = state.later;
  if (wish !== undefined) {
    const next = route(office, { ...state, later }, wish);
    // A question that is answered behind a message makes no less of the call.
    const settled = move.change?.settled === 'message' ? { settled: 'message' as const } : {};
    const change = { ...move.change, later, ...next.change, ...settled };
    return joined(move, lead, [office.prompts.phrase('topic.next')], { ...next, change });
  }
  const draft = state.parked.at(-1);
  if (draft === undefined) return move;
  const next = ask(office, draft, [], 'topic.back');
  const change = { ...move.change, parked: state.parked.slice(0, -1), ...next.change };
  return joined(move, lead, [office.prompts.phrase('topic.back')], { ...next, change });
}

/** What a move says before it asks whether there is anything else; undefined if it does not ask. */
function leadOf(office: Office, { actions }: Move): readonly Phrase[] | undefined {
  const last = actions.at(-1);
  if (last?.do !== 'say' || last.asks !== 'anything_else') return undefined;
  const question = office.prompts.phrase('listen.anything_else').text;
  return last.phrases.filter(({ text }) => text !== question);
}

function joined(move: Move, lead: readonly Phrase[], link: readonly Phrase[], next: Move): Move {
  const at = next.actions.findIndex((action) => action.do === 'say');
  const actions = next.actions.map((action, index): DialogueAction =>
    index === at
      ? { ...(action as Say), phrases: [...lead, ...link, ...(action as Say).phrases] }
      : action,
  );
  return { ...next, actions: [...move.actions.slice(0, -1), ...actions], reason: move.reason };
}
