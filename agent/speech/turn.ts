/**
 * Turn-taking, pure: probabilities of speech in, decisions out. Times are milliseconds of the
 * line's own audio, never of a clock, so that a recording replays to the same turns.
 *
 *             speech for startMs                    silence for speculateMs
 *   ┌ idle ──────────────────────► speaking ───────────────────────────────► trailing ─┐
 *   ▲                                 ▲    speech for resumeMs (drop speculation)  │   │ silence for
 *   │                                 └────────────────────────────────────────────┘   │ endMs
 *   └──────────────────────────────────────────────────────────────────────────────────┘
 */
export type TurnPhase = 'idle' | 'speaking' | 'trailing';

export interface TurnSettings {
  /** Probability from which a window counts as speech. */
  readonly threshold: number;
  /** Speech that lasts this long begins a turn. */
  readonly startMs: number;
  /** Silence after which what was said is decoded on trial. */
  readonly speculateMs: number;
  /** Silence that ends a turn whose words are complete. */
  readonly endCompleteMs: number;
  /** Silence that ends a turn whose words may be complete. */
  readonly endOpenMs: number;
  /** Silence that ends a turn that breaks off ("and", "um"). */
  readonly endUnfinishedMs: number;
  /** Speech this long in the trailing silence means that the caller goes on. */
  readonly resumeMs: number;
  /** A turn never lasts longer. */
  readonly longestMs: number;
}

export const defaultTurnSettings: TurnSettings = {
  threshold: 0.5,
  startMs: 96,
  speculateMs: 200,
  endCompleteMs: 300,
  endOpenMs: 500,
  endUnfinishedMs: 1_200,
  resumeMs: 64,
  longestMs: 30_000,
};

export type Completeness = 'complete' | 'open' | 'unfinished';

export interface TurnState {
  readonly phase: TurnPhase;
  /** End of the last window seen. */
  readonly atMs: number;
  /** Start of the run of speech windows at the end, if it ends in speech. */
  readonly speechSinceMs: number | undefined;
  /** End of the last speech window of this turn. */
  readonly lastSpeechMs: number;
  readonly startedMs: number;
  readonly completeness: Completeness;
}

export type TurnEvent =
  /** A window of audio that ends at `endMs`. */
  | { readonly kind: 'window'; readonly probability: number; readonly endMs: number }
  /** The trial decoding's verdict on what was said so far. */
  | { readonly kind: 'words'; readonly completeness: Completeness };

export type TurnDecision =
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
  lastSpeechMs: 0,
  startedMs: 0,
  completeness: 'open',
};

/** One step of turn-taking. */
export function turn(
  state: TurnState,
  event: TurnEvent,
  settings: TurnSettings = defaultTurnSettings,
): { readonly state: TurnState; readonly decisions: readonly TurnDecision[] } {
  if (event.kind === 'words') {
    return decideEnd({ ...state, completeness: event.completeness }, settings);
  }
  const speech = event.probability >= settings.threshold;
  const speechSinceMs = speech ? (state.speechSinceMs ?? state.atMs) : undefined;
  const heard: TurnState = { ...state, atMs: event.endMs, speechSinceMs };
  return STEPS[state.phase](heard, speech, settings);
}

type Step = (
  state: TurnState,
  speech: boolean,
  settings: TurnSettings,
) => { readonly state: TurnState; readonly decisions: readonly TurnDecision[] };

const STEPS: Readonly<Record<TurnPhase, Step>> = {
  idle(state, _speech, settings) {
    const since = state.speechSinceMs;
    if (since === undefined || state.atMs - since < settings.startMs) {
      return { state, decisions: [] };
    }
    return {
      state: {
        ...state,
        phase: 'speaking',
        startedMs: since,
        lastSpeechMs: state.atMs,
        completeness: 'open',
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

function decideEnd(
  state: TurnState,
  settings: TurnSettings,
): { readonly state: TurnState; readonly decisions: readonly TurnDecision[] } {
  const wait = {
    complete: settings.endCompleteMs,
    open: settings.endOpenMs,
    unfinished: settings.endUnfinishedMs,
  }[state.completeness];
  if (state.phase !== 'trailing' || state.atMs - state.lastSpeechMs < wait) {
    return { state, decisions: [] };
  }
  return end(state);
}

function end(state: TurnState): {
  readonly state: TurnState;
  readonly decisions: readonly TurnDecision[];
} {
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

const COMPLETE =
  /^(yes|yeah|yep|no|nope|no thank you|no thanks|yes please|okay|ok|that's all|that is all|bye|goodbye|thank you|thanks|thank you bye|bye bye|operator|repeat|help)$/u;
const UNFINISHED =
  /(^|\s)(and|or|but|so|um|uh|er|the|a|an|my|to|for|with|at|on|of|because|is|i|i'd|i'm|we)$/u;

/** Korean says by its endings whether more follows; only short replies are sure to be complete. */
const COMPLETE_KOREAN =
  /^(?:네|예|네네|응|아니요|아뇨|아니에요|아닙니다|맞아요|맞습니다|좋아요|없어요|없습니다|됐어요|됐습니다|괜찮아요|괜찮습니다|감사합니다|고맙습니다|안녕히 계세요|네 감사합니다|여보세요|상담원|직원)$/u;
const UNFINISHED_KOREAN =
  /(?:^|\s)(?:음|어|저|그|저기|그게|그러니까|그리고|그런데|근데|또|제가|저는|저희|우리|이|좀)$|(?:는데|은데|인데|지만|려고|면서|니까|때문에|하고|이랑|에서|에게|한테|을|를|의)$/u;

/** Whether words sound finished, English or Korean ones. `text` is what was recognised so far. */
export function completenessOf(text: string): Completeness {
  const words = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}' ]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  if (words === '') return 'open';
  const korean = /[가-힣]/u.test(words);
  if ((korean ? COMPLETE_KOREAN : COMPLETE).test(words)) return 'complete';
  return (korean ? UNFINISHED_KOREAN : UNFINISHED).test(words) ? 'unfinished' : 'open';
}
