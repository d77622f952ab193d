import type { Completeness } from './completeness.js';

/**
 * Turn-taking, pure: probabilities of speech in, decisions out. Times are milliseconds of the
 * line's own audio, never of a clock, so that a recording replays to the same turns.
 *
 *             speech for startMs                    silence for speculateMs
 *   ┌ idle ──────────────────────► speaking ───────────────────────────────► trailing ─┐
 *   ▲  │ ▲                            ▲    speech for resumeMs (drop speculation)  │   │ silence for
 *   │  └─┘ speech for stirMs: stir    └────────────────────────────────────────────┘   │ endMs
 *   │      silence for settleMs: settle                                                │
 *   └──────────────────────────────────────────────────────────────────────────────────┘
 *
 * Every wait but the longest is multiplied by the patience that this caller has taught us.
 */
export type TurnPhase = 'idle' | 'speaking' | 'trailing';

export interface TurnSettings {
  /** Probability from which a window counts as speech. */
  readonly threshold: number;
  /** Probability from which a window may be the beginning of speech. */
  readonly stirThreshold: number;
  /** Speech that lasts this long may be the beginning of a turn: reason to fall silent. */
  readonly stirMs: number;
  /** Silence after which that was nothing. */
  readonly settleMs: number;
  /** Speech that lasts this long begins a turn. */
  readonly startMs: number;
  /** Silence after which what was said is decoded on trial. */
  readonly speculateMs: number;
  /** Silence that ends a turn, by how complete its words are. */
  readonly endMs: Readonly<Record<Completeness, number>>;
  /** Speech this long in the trailing silence means that the caller goes on. */
  readonly resumeMs: number;
  /** A turn never lasts longer. */
  readonly longestMs: number;
  /** Who begins this soon after a turn has ended had not ended it. */
  readonly cutInMs: number;
  /** A pause that lasted this part of the wait nearly ended the turn. */
  readonly nearly: number;
  /** What is added to the patience after a turn cut short, after a near one, and by each whole turn. */
  readonly patience: {
    readonly cut: number;
    readonly near: number;
    readonly whole: number;
    readonly most: number;
  };
}

export const defaultTurnSettings: TurnSettings = {
  threshold: 0.5,
  stirThreshold: 0.3,
  stirMs: 32,
  settleMs: 160,
  startMs: 96,
  speculateMs: 200,
  endMs: {
    ...{ nothing: 256, complete: 256, answered: 384, likely: 512, brief: 576 },
    ...{ open: 672, unclear: 960, unfinished: 1_472 },
  },
  resumeMs: 64,
  longestMs: 30_000,
  cutInMs: 600,
  nearly: 0.8,
  patience: { cut: 0.25, near: 0.1, whole: -0.05, most: 1.5 },
};

export interface TurnState {
  readonly phase: TurnPhase;
  /** End of the last window seen. */
  readonly atMs: number;
  /** Start of the run of speech windows at the end, if it ends in speech. */
  readonly speechSinceMs: number | undefined;
  /** As above, of windows that may be speech. */
  readonly stirSinceMs: number | undefined;
  /** End of the last speech window of this turn. */
  readonly lastSpeechMs: number;
  readonly startedMs: number;
  readonly completeness: Completeness;
  /** End of the last speech window since a stir that has not settled. */
  readonly stirredMs: number | undefined;
  /** When the last turn was ended. */
  readonly endedMs: number | undefined;
  /** 1 and above: how much longer than others this caller pauses. */
  readonly patience: number;
}

export type TurnEvent =
  /** A window of audio that ends at `endMs`. */
  | { readonly kind: 'window'; readonly probability: number; readonly endMs: number }
  /** The trial decoding's verdict on what was said so far. */
  | { readonly kind: 'words'; readonly completeness: Completeness }
  /** What was taken for the caller was none (the echo of our own voice). */
  | { readonly kind: 'drop' };

export type TurnDecision =
  /** Somebody may begin to speak; `begin` or `settle` follows. */
  | { readonly decide: 'stir'; readonly fromMs: number }
  | { readonly decide: 'settle' }
  /** The caller began to speak at `fromMs`. */
  | { readonly decide: 'begin'; readonly fromMs: number }
  | { readonly decide: 'speculate'; readonly uptoMs: number }
  /** The caller goes on at `fromMs`: drop the speculation. */
  | { readonly decide: 'resume'; readonly fromMs: number }
  | { readonly decide: 'end'; readonly lastSpeechMs: number; readonly silenceMs: number };

export const startOfTurns: TurnState = {
  phase: 'idle',
  atMs: 0,
  speechSinceMs: undefined,
  stirSinceMs: undefined,
  lastSpeechMs: 0,
  startedMs: 0,
  completeness: 'open',
  stirredMs: undefined,
  endedMs: undefined,
  patience: 1,
};

/** The state after an event, and what follows from it. */
export interface Decided {
  readonly state: TurnState;
  readonly decisions: readonly TurnDecision[];
}

/** One step of turn-taking. */
export function turn(
  state: TurnState,
  event: TurnEvent,
  settings: TurnSettings = defaultTurnSettings,
): Decided {
  if (event.kind === 'words') {
    return decideEnd({ ...state, completeness: event.completeness }, settings);
  }
  if (event.kind === 'drop') return drop(state);
  const speech = event.probability >= settings.threshold;
  const stir = event.probability >= settings.stirThreshold;
  const speechSinceMs = speech ? (state.speechSinceMs ?? state.atMs) : undefined;
  const stirSinceMs = stir ? (state.stirSinceMs ?? state.atMs) : undefined;
  const heard: TurnState = { ...state, atMs: event.endMs, speechSinceMs, stirSinceMs };
  return STEPS[state.phase](heard, speech, settings);
}

type Step = (state: TurnState, speech: boolean, settings: TurnSettings) => Decided;

const STEPS: Readonly<Record<TurnPhase, Step>> = {
  idle(state, _speech, settings) {
    const since = state.speechSinceMs;
    if (since === undefined || state.atMs - since < settings.startMs) {
      return stirring(state, settings);
    }
    const cut = since - (state.endedMs ?? -Infinity) < settings.cutInMs;
    return {
      state: {
        ...state,
        phase: 'speaking',
        startedMs: since,
        lastSpeechMs: state.atMs,
        completeness: 'open',
        stirredMs: undefined,
        endedMs: undefined,
        patience: learnt(state, cut ? settings.patience.cut : 0, settings),
      },
      decisions: [{ decide: 'begin', fromMs: since }],
    };
  },
  speaking(state, speech, settings) {
    const next = speech ? { ...state, lastSpeechMs: state.atMs } : state;
    if (state.atMs - state.startedMs >= settings.longestMs) return end(next, settings);
    if (state.atMs - next.lastSpeechMs < settings.speculateMs)
      return { state: next, decisions: [] };
    return {
      state: { ...next, phase: 'trailing', completeness: 'open' },
      decisions: [{ decide: 'speculate', uptoMs: state.atMs }],
    };
  },
  trailing(state, _speech, settings) {
    const since = state.speechSinceMs;
    if (since !== undefined && state.atMs - since >= settings.resumeMs) {
      const near =
        state.completeness !== 'unfinished' &&
        since - state.lastSpeechMs >= settings.nearly * waitOf(state, settings);
      const patience = learnt(state, near ? settings.patience.near : 0, settings);
      return {
        state: { ...state, phase: 'speaking', lastSpeechMs: state.atMs, patience },
        decisions: [{ decide: 'resume', fromMs: since }],
      };
    }
    return decideEnd(state, settings);
  },
};

/** Too little for a turn: it may become one, or it was a click. */
function stirring(state: TurnState, settings: TurnSettings): Decided {
  const { stirredMs, stirSinceMs: since, atMs } = state;
  if (since !== undefined && stirredMs === undefined && atMs - since >= settings.stirMs) {
    return {
      state: { ...state, stirredMs: atMs },
      decisions: [{ decide: 'stir', fromMs: since }],
    };
  }
  if (stirredMs === undefined) return { state, decisions: [] };
  if (since !== undefined) return { state: { ...state, stirredMs: atMs }, decisions: [] };
  if (atMs - stirredMs < settings.settleMs) return { state, decisions: [] };
  return { state: { ...state, stirredMs: undefined }, decisions: [{ decide: 'settle' }] };
}

/** Back to where nobody speaks; whatever was under way comes to nothing. */
function drop(state: TurnState): Decided {
  const under = state.phase !== 'idle' || state.stirredMs !== undefined;
  return {
    state: { ...startOfTurns, atMs: state.atMs, patience: state.patience },
    decisions: under ? [{ decide: 'settle' }] : [],
  };
}

/** The silence that ends the turn, in milliseconds. */
function waitOf({ completeness, patience }: TurnState, { endMs }: TurnSettings): number {
  return Math.min(endMs[completeness] * patience, endMs.unfinished);
}

function learnt(
  { patience }: TurnState,
  more: number,
  { patience: { most } }: TurnSettings,
): number {
  return Math.max(1, Math.min(most, patience + more));
}

function decideEnd(state: TurnState, settings: TurnSettings): Decided {
  const waited = state.atMs - state.lastSpeechMs;
  // Whoever begins to speak at this moment goes on; what stays unsure for long is noise.
  const { stirSinceMs, atMs } = state;
  const silent = stirSinceMs === undefined || atMs - stirSinceMs > settings.settleMs;
  if (state.phase !== 'trailing' || !silent || waited < waitOf(state, settings)) {
    return { state, decisions: [] };
  }
  return end(state, settings);
}

function end(state: TurnState, settings: TurnSettings): Decided {
  const { atMs, lastSpeechMs } = state;
  const patience = learnt(state, settings.patience.whole, settings);
  return {
    state: { ...startOfTurns, atMs, endedMs: atMs, patience },
    decisions: [{ decide: 'end', lastSpeechMs, silenceMs: atMs - lastSpeechMs }],
  };
}
