import { releasing } from './flows/appointment/diary-moves.js';
import { comeBack } from './flows/comeback.js';
import { withConsent } from './flows/consent.js';
import { towards } from './flows/directory.js';
import { heldBack, minorByBirth } from './flows/guardian.js';
import { fixedTexts, type DialogueParts } from './fixed-phrases.js';
import { Office } from './office.js';
import type { Dialogue, DialogueEvent, DialogueState, DialogueStep, Outcome } from './ports.js';
import { withSnippets } from './snippets.js';
import { FIRST, type Move, type TalkState } from './state.js';
import { handlerOf } from './table.js';

/** Whether nothing more is said in this state: handed to a person, or over. */
export function isOver(state: DialogueState): boolean {
  return state.phase === 'handed-over' || state.phase === 'ended';
}

/** The dialogue of an office. @throws DIALOGUE_NO_LANGUAGE */
export function createDialogue(parts: DialogueParts): Dialogue {
  const { understanding, dialogue, recording, listening } = parts;
  const office = new Office(understanding, dialogue, recording, listening);
  return {
    start: () => FIRST,
    step: (state, event) => releasing(state as TalkState, step(office, state as TalkState, event)),
    outcome,
    fixedTexts: () => fixedTexts(office),
  };
}

function step(office: Office, before: TalkState, event: DialogueEvent): DialogueStep {
  const handler = handlerOf(before.phase, event.kind);
  const timed = 'now' in event ? { ...before, now: event.now } : before;
  const state = BY_CALLER.has(event.kind) ? { ...timed, stirred: true } : timed;
  const decided = withConsent(
    office,
    state,
    event,
    towards(
      office,
      state,
      heldBack(
        office,
        state,
        comeBack(office, state, minorByBirth(office, state, handler(office, state, event))),
      ),
    ),
  );
  const move = withSnippets(state, event, decided);
  return {
    state: {
      ...state,
      ...remembered(move),
      ...recordedBy(move),
      ...move.change,
      settled: settledBy(state, event, move),
      phase: move.phase,
    },
    actions: move.actions,
    reason: move.reason,
    ...(move.patienceMs === undefined ? {} : { patienceMs: move.patienceMs }),
  };
}

/** What is answered, or not served, after a message was taken makes no less of the call; a message that is lost does. */
function settledBy(
  { settled }: TalkState,
  { kind }: DialogueEvent,
  { change }: Move,
): TalkState['settled'] {
  const now = (change?.settled as TalkState['settled'] | undefined) ?? settled;
  if (kind === 'slot-booked' || kind === 'not-kept' || settled !== 'message') return now;
  return now === 'answered' || now === 'unserved' ? settled : now;
}

const BY_CALLER: ReadonlySet<DialogueEvent['kind']> = new Set(['heard', 'unheard', 'key']);

/** Whether the call is recorded from this move on. */
function recordedBy({ actions }: Move): Partial<TalkState> {
  if (actions.some((action) => action.do === 'stop-recording')) return { recorded: false };
  return actions.some((action) => action.do === 'grant-consent') ? { recorded: true } : {};
}

/** Only what the caller may want to hear again; our own prompts to speak up are not. */
const NOT_REPEATED = new Set(['wait', 'repeat', 'still_there', 'transfer', 'emergency', 'goodbye']);

function remembered(move: Move): Pick<TalkState, 'last'> | undefined {
  const said = move.actions.findLast((action) => action.do === 'say');
  if (said === undefined || NOT_REPEATED.has(said.asks)) return undefined;
  return { last: { phrases: said.phrases, asks: said.asks } };
}

function outcome(state: DialogueState): Outcome {
  const { settled } = state as TalkState;
  return settled === 'nothing' ? 'abandoned' : settled;
}
