import type { Office } from '../office.js';
import type { DialogueAction, Phrase, TransferOutcome } from '../ports.js';
import { say, stay, type EventOf, type Move, type TalkState, type TransferWhy } from '../state.js';
import { anythingElse } from './listen.js';
import { messageFor } from './message/start.js';
import { missedName, wishAfter } from './person.js';
import { voicemail } from './voicemail.js';

type Connection = Pick<
  Extract<DialogueAction, { do: 'transfer' }>,
  'how' | 'among' | 'inTurn' | 'queueSeconds' | 'about'
>;

/** How the caller of `state` is connected with `target`: a danger never waits for an announcement. */
export function connection(
  office: Office,
  state: TalkState,
  target: string,
  why: TransferWhy,
): Connection {
  const { directory } = office;
  const reaching = {
    ...{ now: state.now, away: state.handling?.away ?? [] },
    urgent: why === 'emergency',
  };
  const members = directory.isPerson(target) ? [] : directory.membersOf(target, reaching);
  const inTurn = directory.ringsInTurn(target) ? ({ inTurn: true } as const) : {};
  const among = members.length === 0 ? {} : { among: members.map(({ id }) => id), ...inTurn };
  const queueSeconds = directory.queueOf(target);
  const asked = state.transfer?.asked ?? target;
  const announced =
    queueSeconds > 0 ||
    directory.transferOf(target, directory.transferOf(asked).mode).mode === 'announced';
  if (why === 'emergency' || why === 'taken-over' || !announced) return among;
  return {
    ...among,
    how: 'announced',
    about: aboutCaller(state),
    ...(queueSeconds === 0 ? {} : { queueSeconds }),
  };
}

/** What is known of the caller when a person is asked. */
function aboutCaller(state: TalkState): NonNullable<Connection['about']> {
  const { known, message, wish, transfer } = state;
  const name = (message?.name ?? known?.name)?.value ?? null;
  const words = transfer?.said ?? wish?.text ?? message?.reason?.heard ?? '';
  return { name, said: words === '' ? null : words };
}

/** The person has hung up and the caller is still there, or was `given` back to us. */
export function afterTalk(office: Office, given: boolean): Move {
  const change = { settled: 'transferred', transfer: null, silences: 0, misunderstood: 0 } as const;
  if (office.transfer.afterTalk === 'hang-up' && !given) {
    return { phase: 'ended', actions: [{ do: 'hang-up' }], reason: 'person.talked', change };
  }
  return {
    phase: 'more',
    actions: [say('anything_else', anythingElse(office))],
    reason: 'person.talked',
    change,
  };
}

/** What the office wants for callers whom nobody took; undefined where a message is offered, as usual. */
export function whenMissed(
  office: Office,
  state: TalkState,
  outcome: TransferOutcome,
): Move | undefined {
  const asked = state.transfer?.asked ?? state.transfer?.target ?? office.settings.defaultTarget;
  const wanted =
    outcome === 'voicemail' ? 'message' : office.directory.transferOf(asked).whenMissed;
  if (wanted === 'offer') return undefined;
  const failed = state.failedTransfers + 1;
  const wish = wishAfter(office, state);
  const after: TalkState = { ...state, wish, transfer: null, silences: 0, misunderstood: 0 };
  const lead = leadOf(office, state, outcome);
  const change = { settled: 'unserved', wish, transfer: null, failedTransfers: failed } as const;
  if (wanted === 'message') {
    const move = messageFor(office, after, lead);
    return { ...move, reason: `person.${outcome}`, change: { ...change, ...move.change } };
  }
  const move = voicemail(office, after);
  const [first, ...others] = move.actions;
  const actions =
    first?.do === 'say'
      ? [{ ...first, phrases: [...lead, ...first.phrases] }, ...others]
      : move.actions;
  return { ...move, actions, reason: `person.${outcome}`, change: { ...change, ...move.change } };
}

function leadOf(office: Office, state: TalkState, outcome: TransferOutcome): readonly Phrase[] {
  const name = missedName(office, state);
  if (name === undefined) return [office.prompts.phrase('transfer.failed')];
  const prompt = outcome === 'voicemail' ? 'transfer.message_wanted' : 'transfer.failed_name';
  return [office.prompts.phrase(prompt, { name })];
}

const CONNECTED: ReadonlySet<string> = new Set(['connected', 'joined']);

/** What people do is written down; once they talk, the caller has been served. */
export function talkNoted(_office: Office, state: TalkState, event: EventOf<'talk'>): Move {
  const move = stay(state, `talk.${event.what}`);
  return CONNECTED.has(event.what) ? { ...move, change: { settled: 'transferred' } } : move;
}

export const afterPersonTexts = (office: Office): readonly Phrase[] =>
  office.directory.destinations.map((target) =>
    office.prompts.phrase('transfer.message_wanted', { name: office.nameOf(target) }),
  );
