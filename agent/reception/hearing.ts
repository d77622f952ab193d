import { VoicedDetector } from '../audio/level.js';
import { FRAME_MS, type Pcm } from '../audio/frame.js';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import type { Recognised, Recogniser, Utterance, VadLine, VoiceActivity } from '../speech/ports.js';
import { likelyFor, type Expectation } from '../speech/expectations.js';
import { completenessOfTrial } from '../speech/trial.js';
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

export interface HearingParts {
  readonly vad: VoiceActivity;
  readonly recogniser: Recogniser;
  readonly language: string;
  /** Names of the office's directory. */
  readonly names?: readonly string[] | undefined;
  /** Chooses among what a turn may have been, by what was asked. */
  readonly choose?: Choose | undefined;
  readonly log: Log;
  readonly turns?: TurnSettings;
}

/** What was heard, or another reading of it that answers what was asked. */
export type Choose = (heard: Recognised, asked: Expectation | undefined) => Recognised;

/** What is said piece by piece. */
const PIECEMEAL: ReadonlySet<Expectation | undefined> = new Set<Expectation>([
  ...(['number', 'birth', 'email', 'person'] as const),
]);

/** A turn that is still going on after this is no echo: ours would have stopped. */
const ECHO_TURN_MS = 1_500;

/** Words that begin without voice ("stop", "what") are loud before they are surely speech. */
const FAINT = 0.1;
const FAINT_MS = 64;

/** So far behind the line, voice activity does not tell whether the caller speaks; in milliseconds. */
const UNJUDGED_MS = 1_000;
/** A silence by the level alone, in which nobody speaks. */
const QUIET_MS = 2_000;

/** Audio kept from before speech is noticed, so that no first syllable is lost. */
const PREROLL_MS = 320;
/** The same where it would be our own voice that comes back. */
const ECHO_PREROLL_MS = 96;
/** So long after the caller begins our own voice is still heard: we fall silent, and its echo comes late. */
const OVERLAP_MS = 320;
/** A turn of less than this has nothing behind the overlap. */
const AGAIN_MS = 640;
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
  #recent: { pcm: Pcm; atMs: number }[] = [];
  #utterance: Utterance | undefined;
  /** Line time up to which the utterance has been given audio. */
  #givenToMs = 0;
  #fromMs = 0;
  #trailing = false;
  /** What the last trial made of the turn so far. */
  #trial: Recognised | undefined;
  /** The last trial, if it holds all that was asked, so that nothing better need be sought at the turn's end. */
  #whole: Recognised | undefined;
  readonly #voice = new VoiceMeter();
  /** Line time at which the caller went on last. */
  #resumedMs = 0;
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
    if (this.#utterance !== undefined && !this.#trailing) this.#give();
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
    const utterance = this.#utterance;
    if (utterance === undefined) return undefined;
    this.#utterance = undefined;
    const times = { fromMs: this.#fromMs, toMs: this.#givenToMs };
    try {
      return { recognised: await utterance.finish(), ...times, failed: false };
    } catch (error) {
      this.#parts.log.warn('recognition failed', { reason: oneLine(error) });
      return undefined;
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#vad.close();
    this.#utterance?.cancel();
    this.#utterance = undefined;
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
    const { phase } = this.#turn;
    // The first echo of a call begins a turn, because its delay is not known yet.
    if (phase !== 'idle' && endMs - this.#fromMs <= ECHO_TURN_MS) {
      if (this.#echo.explains(this.#fromMs, endMs)) this.#step({ kind: 'drop' });
    }
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
        this.#utterance?.cancel();
        this.#utterance = undefined;
        this.#trailing = false;
        this.#listener.settled();
        break;
      case 'begin':
        this.#fromMs = decision.fromMs;
        this.#resumedMs = decision.fromMs;
        this.#givenToMs = Math.max(0, decision.fromMs - this.#prerollMs);
        this.#trailing = false;
        this.#trial = undefined;
        this.#whole = undefined;
        this.#awaited = false;
        this.#utterance = this.#listen();
        this.#give();
        this.#listener.began(decision.fromMs);
        break;
      case 'speculate':
        // Silence that follows is held back, so that the trial result still stands at the end.
        this.#trailing = true;
        void this.#speculate();
        break;
      case 'resume':
        this.#trailing = false;
        this.#awaited = false;
        this.#resumedMs = decision.fromMs;
        this.#whole = undefined;
        if (this.#trial !== undefined && isEmpty(this.#trial)) this.#startAfresh(decision.fromMs);
        this.#give();
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

  #listen(): Utterance {
    const { recogniser, language, names } = this.#parts;
    const settings = { language, ...likelyFor(language, this.#expectation, names) };
    const utterance = recogniser.listen(settings, (text) => {
      if (this.#utterance === utterance && !this.#closed) this.#listener.partial(text);
    });
    return utterance;
  }

  /** What came before was no words ("um"), and would only make the words that come unclear. */
  #startAfresh(fromMs: number): void {
    // Digits and letters that were not understood may be, with those that follow.
    if (PIECEMEAL.has(this.#expectation)) return;
    this.#utterance?.cancel();
    this.#givenToMs = fromMs - PREROLL_MS;
    this.#utterance = this.#listen();
  }

  /** Gives the utterance every frame it has not had yet. */
  #give(): void {
    // From behind: of six seconds of frames mostly one is new.
    const given = this.#recent.findLastIndex(({ atMs }) => atMs < this.#givenToMs);
    for (const { pcm, atMs } of this.#recent.slice(given + 1)) {
      this.#utterance?.push(pcm);
      this.#givenToMs = atMs + FRAME_MS;
    }
  }

  async #speculate(): Promise<void> {
    const utterance = this.#utterance;
    const resumedMs = this.#resumedMs;
    if (utterance === undefined) return;
    try {
      const heard = await utterance.speculate();
      const trial = this.#chosen(heard);
      const { text } = trial;
      if (this.#utterance === utterance && this.#trailing) {
        const completeness = completenessOfTrial({
          ...{ trial, before: this.#trial, asked: this.#expectation, mayEcho: this.#mayEcho },
          spokenMs: this.#turn.lastSpeechMs - this.#resumedMs,
        });
        if (text.trim() !== '' || this.#trial === undefined) this.#trial = trial;
        // A trial that comes late may lack what was said since.
        const stands = resumedMs === this.#resumedMs;
        if (stands && heard.provisional === true && trial.provisional === false)
          this.#whole = trial;
        if (text.trim() !== '') this.#listener.guessed(text);
        this.#step({ kind: 'words', completeness });
      }
    } catch (error) {
      this.#parts.log.warn('trial decoding failed', { reason: oneLine(error) });
    }
  }

  async #finish(toMs: number): Promise<void> {
    const utterance = this.#utterance;
    const fromMs = this.#fromMs;
    const trial = this.#trial;
    const whole = this.#whole;
    this.#utterance = undefined;
    this.#trailing = false;
    if (utterance === undefined) return;
    let recognised: Recognised = NOTHING;
    let failed = false;
    const lengthMs = Math.round(toMs - fromMs);
    const voiced = this.#voice.isSure(lengthMs);
    if (this.#echo.explains(fromMs, toMs)) {
      utterance.cancel();
      this.#parts.log.debug('a turn was none', { reason: 'echo', ms: lengthMs });
      this.#listener.ended({ recognised, fromMs, toMs, failed: false });
      return;
    }
    try {
      if (whole === undefined) recognised = this.#chosen(await utterance.finish());
      else {
        recognised = whole;
        utterance.cancel();
      }
      const again = isEmpty(recognised) && this.#echoes && lengthMs >= AGAIN_MS;
      if (again) recognised = await this.#again(fromMs + OVERLAP_MS);
    } catch (error) {
      failed = true;
      this.#parts.log.warn('recognition failed', { reason: oneLine(error) });
    }
    // A sound at the end ("uh") can make the whole unclear, and a busy recogniser come too late.
    if (isEmpty(recognised) && trial !== undefined && !isEmpty(trial)) {
      recognised = trial;
      failed = false;
    }
    if (!failed && isEmpty(recognised)) {
      this.#parts.log.debug('a turn was none', { reason: 'no words', ms: lengthMs });
    }
    // The call may have ended while the text was under way.
    if (!this.#isClosed()) this.#listener.ended({ recognised, fromMs, toMs, failed, voiced });
  }

  /** Hears what is kept from `fromMs` on once more, without what was mixed with our own voice. */
  async #again(fromMs: number): Promise<Recognised> {
    this.#parts.log.debug('a turn is heard again', { reason: 'echo' });
    const utterance = this.#listen();
    for (const { pcm, atMs } of this.#recent) if (atMs >= fromMs) utterance.push(pcm);
    return this.#chosen(await utterance.finish());
  }

  #chosen(heard: Recognised): Recognised {
    return this.#parts.choose?.(heard, this.#expectation) ?? heard;
  }

  /** Whether our own voice comes back on this line, and may do so now. */
  get #echoes(): boolean {
    return this.#mayEcho && this.#echo.known;
  }

  get #prerollMs(): number {
    return this.#echoes ? ECHO_PREROLL_MS : PREROLL_MS;
  }

  /** Whether what is heard may be an echo: we speak, or did a moment ago. */
  get #mayEcho(): boolean {
    return this.#echo.mayCome(this.#turn.atMs);
  }

  #isClosed(): boolean {
    return this.#closed;
  }
}

const isEmpty = ({ text }: Recognised): boolean => text.trim() === '';

const NOTHING: Recognised = {
  text: '',
  words: [],
  confidence: 0,
  engine: 'none',
  secondsAudio: 0,
  secondsCpu: 0,
};
