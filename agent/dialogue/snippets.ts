import type { Draft } from './flows/message/draft.js';
import type { DialogueAction, DialogueEvent, Snippet, TakenMessage, Told } from './ports.js';
import type { Move, TalkState } from './state.js';

/** A turn of the caller, and where in the call it was said. */
export interface SaidTurn {
  readonly text: string;
  readonly at: Snippet;
  /** A part of a number that was not whole yet. */
  readonly part: boolean;
}

/** Where a detail was said, and which detail that was. */
export interface KeptSnippet {
  readonly heard: string;
  readonly value: string | null;
  readonly at: Snippet;
}

/** So many turns back a detail may have been said. */
const MOST_TURNS = 8;
/** A correction this long after what it corrects, in milliseconds, is a snippet of its own. */
const MOST_BETWEEN_MS = 60_000;

/**
 * The move with its messages' details knowing where in the call they were said. In text, and
 * without a recording, nothing changes.
 */
export function withSnippets(state: TalkState, event: DialogueEvent, move: Move): Move {
  const turns = turnsWith(state, event, move);
  if (turns.length === 0 || !state.recorded) return move;
  const snippets = new Map(Object.entries(state.snippets));
  const corrects = move.reason.endsWith('-corrected');
  const place = (key: string, told: Told): Told => {
    if (told.by !== 'voice') return told;
    const before = snippets.get(key);
    if (before?.heard === told.heard && before.value === told.value) {
      return { ...told, snippet: before.at };
    }
    const said = whereSaid(told, turns);
    if (said === undefined) return told;
    const close =
      corrects && before !== undefined && said.fromMs - before.at.toMs <= MOST_BETWEEN_MS;
    // What a correction leaves out stands in what it corrects.
    const at = close ? { fromMs: before.at.fromMs, toMs: said.toMs } : said;
    snippets.set(key, { heard: told.heard, value: told.value, at });
    return { ...told, snippet: at };
  };
  const actions = move.actions.map((action): DialogueAction =>
    action.do === 'keep-message' ? { ...action, message: placed(action.message, place) } : action,
  );
  const change = { ...move.change, turns, snippets: Object.fromEntries(snippets) };
  return { ...move, actions, change };
}

function turnsWith(state: TalkState, event: DialogueEvent, move: Move): readonly SaidTurn[] {
  if (event.kind !== 'heard' || event.at === undefined) return state.turns;
  const draft = (move.change?.message ?? null) as Draft | null;
  const part = draft !== null && draft.digits !== '' && draft.digitsBy === 'voice';
  return [...state.turns, { text: event.text, at: event.at, part }].slice(-MOST_TURNS);
}

function placed(message: TakenMessage, place: (key: string, told: Told) => Told): TakenMessage {
  const of = (field: string, told: Told | null): Told | null =>
    told === null ? null : place(`${String(message.number)}.${field}`, told);
  const details = Object.entries(message.details ?? {}).map(([id, told]): [string, Told] => [
    id,
    place(`${String(message.number)}.details.${id}`, told),
  ]);
  return {
    ...message,
    name: of('name', message.name),
    phone: of('phone', message.phone),
    reason: of('reason', message.reason),
    callbackTime: of('callbackTime', message.callbackTime),
    ...(details.length === 0 ? {} : { details: Object.fromEntries(details) }),
  };
}

/** The latest turn, or turns in a row, that hold the words, or the parts of a number said last. */
function whereSaid({ heard }: Told, turns: readonly SaidTurn[]): Snippet | undefined {
  for (let first = turns.length - 1; first >= 0; first -= 1) {
    const text = turns
      .slice(first)
      .map((turn) => turn.text.trim())
      .join(' ');
    if (!text.includes(heard.trim())) continue;
    const alone = turns.findLastIndex((turn) => turn.text.includes(heard.trim()));
    return alone < 0 ? spanOf(turns, first, turns.length - 1) : spanOf(turns, alone, alone);
  }
  const last = turns.length - 1;
  return turns[last]?.part === true ? spanOf(turns, last, last) : undefined;
}

/** From turn `first` on, with the parts of a number before it, to the end of turn `last`. */
function spanOf(turns: readonly SaidTurn[], first: number, last: number): Snippet {
  let from = first;
  while (turns[from - 1]?.part === true) from -= 1;
  return { fromMs: turns[from]?.at.fromMs ?? 0, toMs: turns[last]?.at.toMs ?? 0 };
}

/** The message without places in the call, for one of which no recording is kept. */
export const withoutSnippets = (message: TakenMessage): TakenMessage =>
  placed(message, (_key, told) => {
    const { value, heard, confidence, by } = told;
    return { value, heard, confidence, by };
  });
