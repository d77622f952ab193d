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
}

export const defaultTurnSettings: TurnSettings = {
  threshold: 0.5,
  stirThreshold: 0.3,
  stirMs: 32,
  settleMs: 160,
  startMs: 96,
  speculateMs: 200,
  endMs: { nothing: 256, complete: 256, likely: 448, open: 640, unfinished: 1_472 },
  resumeMs: 64,
  longestMs: 30_000,
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
  /** The caller goes on: drop the speculation. */
  | { readonly decide: 'resume' }
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
    return {
      state: {
        ...state,
        phase: 'speaking',
        startedMs: since,
        lastSpeechMs: state.atMs,
        completeness: 'open',
        stirredMs: undefined,
      },
      decisions: [{ decide: 'begin', fromMs: since }],
    };
  },
  speaking(state, speech, settings) {
    const next = speech ? { ...state, lastSpeechMs: state.atMs } : state;
    if (state.atMs - state.startedMs >= settings.longestMs) return end(next);
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
      return {
        state: { ...state, phase: 'speaking', lastSpeechMs: state.atMs },
        decisions: [{ decide: 'resume' }],
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
    state: { ...startOfTurns, atMs: state.atMs },
    decisions: under ? [{ decide: 'settle' }] : [],
  };
}

function decideEnd(state: TurnState, settings: TurnSettings): Decided {
  const wait = settings.endMs[state.completeness];
  if (state.phase !== 'trailing' || state.atMs - state.lastSpeechMs < wait) {
    return { state, decisions: [] };
  }
  return end(state);
}

function end(state: TurnState): Decided {
  return {
    state: { ...startOfTurns, atMs: state.atMs },
    decisions: [
      {
        decide: 'end',
        lastSpeechMs: state.lastSpeechMs,
        silenceMs: state.atMs - state.lastSpeechMs,
      },
    ],
  };
}
