import { VoicedDetector } from '../audio/level.js';
import { FRAME_MS, type Pcm } from '../audio/frame.js';
import type { Log } from '../log.js';
import type { Expectation } from '../speech/expectations.js';
import type { Recognised, VadLine, VoiceActivity } from '../speech/ports.js';
import { VoiceMeter } from '../speech/voice-meter.js';
import {
  defaultTurnSettings,
  startOfTurns,
  turn,
  type TurnDecision,
  type TurnEvent,
  type TurnSettings,
  type TurnState,
} from '../speech/turn.js';
import { OwnEcho } from './own-echo.js';
import {
  isEmpty,
  NO_WORDS,
  PREROLL_MS,
  SpokenTurn,
  type PlacedFrame,
  type SpokenTurnParts,
} from './spoken-turn.js';

/** A turn that is over. */
export interface HeardTurn {
  /** Its text may be empty (a cough, noise). */
  readonly recognised: Recognised;
  readonly fromMs: number;
  readonly toMs: number;
  /** Recognition failed: what was said is not known. */
  readonly failed: boolean;
  /** It was long, and surely a voice, whatever was heard of it. */
  readonly voiced?: boolean;
}

/** What hearing tells of the caller; times on the line's timeline in milliseconds. */
export interface HearingListener {
  /** Perhaps the caller begins to speak: `began` or `settled` follows. */
  stirred(): void;
  /** It was not the caller: a click, or our own voice coming back. */
  settled(): void;
  /** The caller began to speak. */
  began(atMs: number): void;
  /** What has been said so far, while the caller goes on; grows, and its end may change. */
  partial(text: string): void;
  /** What was said so far, while it is not sure yet that the turn is over; may come again. */
  guessed(text: string): void;
  ended(turn: HeardTurn): void;
  /**
   * The caller has spoken and been silent for `silentMs`; what was said is not known yet. Once in a turn,
   * unless the caller goes on; `ended` or `settled` follows.
   */
  awaited?(silentMs: number): void;
}

export interface HearingParts extends Pick<
  SpokenTurnParts,
  'recogniser' | 'language' | 'names' | 'choose'
> {
  readonly vad: VoiceActivity;
  readonly log: Log;
  readonly turns?: TurnSettings;
}

/** A turn that is still going on after this is no echo: ours would have stopped. */
const ECHO_TURN_MS = 1_500;

/** Words that begin without voice ("stop", "what") are loud before they are surely speech. */
const FAINT = 0.1;
const FAINT_MS = 64;

/** So far behind the line, voice activity does not tell whether the caller speaks; in milliseconds. */
const UNJUDGED_MS = 1_000;
/** A silence by the level alone, in which nobody speaks. */
const QUIET_MS = 2_000;

/** Audio kept from before speech is noticed, where it would be our own voice that comes back. */
const ECHO_PREROLL_MS = 96;
/** Frames kept: until the voice-activity worker has judged them, and to hear a turn again. */
const KEPT_FRAMES = 300;

/** Hears one party: voice activity, turns, and what was said in each turn. */
export class Hearing {
  readonly #parts: HearingParts;
  readonly #listener: HearingListener;
  readonly #vad: VadLine;
  readonly #settings: TurnSettings;
  readonly #echo = new OwnEcho();
  readonly #level = new VoicedDetector();
  #loud = false;
  /** Line time at which it was loud last, and up to which there is audio. */
  #loudMs = 0;
  #lineMs = 0;
  /** Turns that are over and not known yet. */
  #unknown = 0;
  /** Whether `awaited` was told of this turn. */
  #awaited = false;
  /** Line time since which it has been loud and might be speech. */
  #faintSinceMs: number | undefined;
  /** Line time of the first frame: that of the voice activity starts there. */
  #startMs: number | undefined;
  #turn: TurnState = startOfTurns;
  /** The last frames, with the line time at which each starts. */
  readonly #recent: PlacedFrame[] = [];
  #spoken: SpokenTurn | undefined;
  readonly #voice = new VoiceMeter();
  #closed = false;
  #finishing: Promise<void> = Promise.resolve();
  #expectation: Expectation | undefined;

  constructor(parts: HearingParts, listener: HearingListener) {
    this.#parts = parts;
    this.#listener = listener;
    this.#settings = parts.turns ?? defaultTurnSettings;
    this.#vad = parts.vad.open((probability, endMs) => {
      this.#window(probability, endMs + (this.#startMs ?? 0));
    });
  }

  /** Takes 20 ms of the party's audio that starts at `atMs`. */
  frame(pcm: Pcm, atMs: number): void {
    if (this.#closed) return;
    this.#startMs ??= atMs;
    const clean = this.#echo.heard(pcm, atMs);
    this.#loud = this.#level.push(clean);
    this.#lineMs = atMs + FRAME_MS;
    if (this.#loud) this.#loudMs = this.#lineMs;
    this.#recent.push({ pcm: clean, atMs });
    if (this.#recent.length > KEPT_FRAMES) this.#recent.shift();
    this.#vad.push(clean);
    this.#spoken?.follow();
    // While voice activity is away nothing else notices the end of a turn.
    if (this.speaking && this.quiet) this.#awaits(this.#lineMs - this.#loudMs);
  }

  /** Takes what the party was played, which may come back as an echo. */
  played(pcm: Pcm, atMs: number): void {
    this.#echo.played(pcm, atMs);
  }

  /** What the next turns are likely to be; until something else is asked. */
  expect(expectation: Expectation | undefined): void {
    this.#expectation = expectation;
  }

  /** Whether the caller is in the middle of a turn. */
  get speaking(): boolean {
    return this.#turn.phase !== 'idle';
  }

  /** Whether there is something that was said, or is being said, and is not known yet. */
  get pending(): boolean {
    return this.#unknown > 0 || this.speaking;
  }

  /** Whether nobody speaks: by voice activity, and by the level of the line while that is away. */
  get quiet(): boolean {
    if (!this.speaking) return this.#turn.stirredMs === undefined;
    const unjudged = this.#lineMs - this.#turn.atMs >= UNJUDGED_MS;
    return unjudged && this.#lineMs - this.#loudMs >= QUIET_MS;
  }

  /**
   * The line is gone: resolves when a turn that had ended is heard, with what the caller was in the
   * middle of saying, if anything.
   */
  async last(): Promise<HeardTurn | undefined> {
    await this.#finishing;
    const said = await this.#spoken?.last();
    return said && { ...said, failed: false };
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#vad.close();
    this.#spoken?.cancel();
    this.#spoken = undefined;
  }

  #window(probability: number, endMs: number): void {
    if (!this.#mayEcho) {
      this.#step({ kind: 'window', probability, endMs });
      return;
    }
    const heard = this.#suspected(probability, endMs);
    const speech = heard >= this.#settings.stirThreshold;
    const echo = this.#echo.isOurs(endMs, speech);
    this.#step({ kind: 'window', probability: echo ? 0 : heard, endMs });
    if (!speech) return;
    // The first echo of a call begins a turn, because its delay is not known yet.
    const fromMs = this.#spoken?.fromMs ?? -Infinity;
    if (endMs - fromMs > ECHO_TURN_MS) return;
    if (this.#echo.explains(fromMs, endMs)) this.#step({ kind: 'drop' });
  }

  /** The probability, raised to that of a stir where a sound might be the beginning of a word. */
  #suspected(probability: number, endMs: number): number {
    if (!this.#loud || probability < FAINT) this.#faintSinceMs = undefined;
    else this.#faintSinceMs ??= endMs;
    const since = this.#faintSinceMs ?? Infinity;
    // The window that ends at `since` counts too.
    return endMs - since < FAINT_MS / 2
      ? probability
      : Math.max(probability, this.#settings.stirThreshold);
  }

  #step(event: TurnEvent): void {
    if (this.#closed) return;
    const { state, decisions } = turn(this.#turn, event, this.#settings);
    this.#turn = state;
    if (event.kind === 'window') this.#voice.window(event.probability, state);
    for (const decision of decisions) this.#do(decision);
  }

  #do(decision: TurnDecision): void {
    switch (decision.decide) {
      case 'stir':
        this.#listener.stirred();
        break;
      case 'settle':
        this.#spoken?.cancel();
        this.#spoken = undefined;
        this.#listener.settled();
        break;
      case 'begin':
        this.#awaited = false;
        this.#spoken = this.#begun(decision.fromMs);
        this.#listener.began(decision.fromMs);
        break;
      case 'speculate':
        void this.#speculate();
        break;
      case 'resume':
        this.#awaited = false;
        this.#spoken?.resume(decision.fromMs);
        break;
      case 'end':
        this.#awaits(Math.max(decision.silenceMs, this.#lineMs - decision.lastSpeechMs));
        this.#unknown += 1;
        this.#finishing = this.#finish(decision.lastSpeechMs).finally(() => {
          this.#unknown -= 1;
        });
        break;
    }
  }

  #awaits(silentMs: number): void {
    if (this.#awaited) return;
    this.#awaited = true;
    this.#listener.awaited?.(silentMs);
  }

  #begun(fromMs: number): SpokenTurn {
    return new SpokenTurn(
      {
        ...this.#parts,
        recent: this.#recent,
        asked: () => this.#expectation,
        partial: (text) => {
          this.#listener.partial(text);
        },
      },
      fromMs,
      this.#echoes ? ECHO_PREROLL_MS : PREROLL_MS,
    );
  }

  async #speculate(): Promise<void> {
    const trial = await this.#spoken?.tried(() => ({
      mayEcho: this.#mayEcho,
      lastSpeechMs: this.#turn.lastSpeechMs,
    }));
    if (trial === undefined) return;
    if (trial.text.trim() !== '') this.#listener.guessed(trial.text);
    this.#step({ kind: 'words', completeness: trial.completeness });
  }

  async #finish(toMs: number): Promise<void> {
    const spoken = this.#spoken;
    this.#spoken = undefined;
    if (spoken === undefined) return;
    const { fromMs } = spoken;
    const lengthMs = Math.round(toMs - fromMs);
    const voiced = this.#voice.isSure(lengthMs);
    if (this.#echo.explains(fromMs, toMs)) {
      spoken.cancel();
      this.#wasNone('echo', lengthMs);
      this.#listener.ended({ recognised: NO_WORDS, fromMs, toMs, failed: false });
      return;
    }
    const { recognised, failed } = await spoken.finish(toMs, () => this.#echoes);
    if (!failed && isEmpty(recognised)) this.#wasNone('no words', lengthMs);
    // The call may have ended while the text was under way.
    if (!this.#isClosed()) this.#listener.ended({ recognised, fromMs, toMs, failed, voiced });
  }

  #wasNone(reason: string, ms: number): void {
    this.#parts.log.debug('a turn was none', { reason, ms });
  }

  /** Whether our own voice comes back on this line, and may do so now. */
  get #echoes(): boolean {
    return this.#mayEcho && this.#echo.known;
  }

  /** Whether what is heard may be an echo: we speak, or did a moment ago. */
  get #mayEcho(): boolean {
    return this.#echo.mayCome(this.#turn.atMs);
  }

  #isClosed(): boolean {
    return this.#closed;
  }
}
