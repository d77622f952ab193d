import { FRAME_MS, type Pcm } from '../audio/frame.js';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import type { Recognised, Recogniser, Utterance, VadLine, VoiceActivity } from '../speech/ports.js';
import { completenessAfter, phrasesFor, type Expectation } from '../speech/expectations.js';
import {
  startOfTurns,
  turn,
  type TurnDecision,
  type TurnEvent,
  type TurnState,
} from '../speech/turn.js';

/** What hearing tells of the caller; times on the line's timeline in milliseconds. */
export interface HearingListener {
  /** The caller began to speak. */
  began(atMs: number): void;
  /** The caller's turn is over; `recognised.text` may be empty (a cough, noise). */
  ended(turn: { recognised: Recognised; fromMs: number; toMs: number }): void;
}

export interface HearingParts {
  readonly vad: VoiceActivity;
  readonly recogniser: Recogniser;
  readonly language: string;
  readonly log: Log;
}

/** Audio kept from before speech is noticed, so that no first syllable is lost. */
const PREROLL_MS = 320;
/** Frames kept until the voice-activity worker has judged them. */
const KEPT_FRAMES = 100;

/** Hears one party: voice activity, turns, and what was said in each turn. */
export class Hearing {
  readonly #parts: HearingParts;
  readonly #listener: HearingListener;
  readonly #vad: VadLine;
  #turn: TurnState = startOfTurns;
  /** The last frames, with the line time at which each starts. */
  #recent: { pcm: Pcm; atMs: number }[] = [];
  #utterance: Utterance | undefined;
  /** Line time up to which the utterance has been given audio. */
  #givenToMs = 0;
  #fromMs = 0;
  #trailing = false;
  #closed = false;
  #expectation: Expectation | undefined;

  constructor(parts: HearingParts, listener: HearingListener) {
    this.#parts = parts;
    this.#listener = listener;
    this.#vad = parts.vad.open((probability, endMs) => {
      this.#step({ kind: 'window', probability, endMs });
    });
  }

  /** Takes 20 ms of the party's audio that starts at `atMs`. */
  frame(pcm: Pcm, atMs: number): void {
    if (this.#closed) return;
    this.#recent.push({ pcm, atMs });
    if (this.#recent.length > KEPT_FRAMES) this.#recent.shift();
    this.#vad.push(pcm);
    if (this.#utterance !== undefined && !this.#trailing) this.#give();
  }

  /** What the next turns are likely to be; until something else is asked. */
  expect(expectation: Expectation | undefined): void {
    this.#expectation = expectation;
  }

  /** Whether the caller is in the middle of a turn. */
  get speaking(): boolean {
    return this.#turn.phase !== 'idle';
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#vad.close();
    this.#utterance?.cancel();
    this.#utterance = undefined;
  }

  #step(event: TurnEvent): void {
    if (this.#closed) return;
    const { state, decisions } = turn(this.#turn, event);
    this.#turn = state;
    for (const decision of decisions) this.#do(decision);
  }

  #do(decision: TurnDecision): void {
    switch (decision.decide) {
      case 'begin':
        this.#fromMs = decision.fromMs;
        this.#givenToMs = Math.max(0, decision.fromMs - PREROLL_MS);
        this.#trailing = false;
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
        this.#give();
        break;
      case 'end':
        void this.#finish(decision.lastSpeechMs);
        break;
    }
  }

  #listen(): Utterance {
    const { recogniser, language } = this.#parts;
    const expected = phrasesFor(language, this.#expectation);
    return recogniser.listen({ language, ...(expected.length === 0 ? {} : { expected }) });
  }

  /** Gives the utterance every frame it has not had yet. */
  #give(): void {
    for (const { pcm, atMs } of this.#recent) {
      if (atMs < this.#givenToMs) continue;
      this.#utterance?.push(pcm);
      this.#givenToMs = atMs + FRAME_MS;
    }
  }

  async #speculate(): Promise<void> {
    const utterance = this.#utterance;
    if (utterance === undefined) return;
    try {
      const { text } = await utterance.speculate();
      if (this.#utterance === utterance && this.#trailing) {
        this.#step({ kind: 'words', completeness: completenessAfter(text, this.#expectation) });
      }
    } catch (error) {
      this.#parts.log.warn('trial decoding failed', { reason: oneLine(error) });
    }
  }

  async #finish(toMs: number): Promise<void> {
    const utterance = this.#utterance;
    const fromMs = this.#fromMs;
    this.#utterance = undefined;
    this.#trailing = false;
    if (utterance === undefined) return;
    let recognised: Recognised = NOTHING;
    try {
      recognised = await utterance.finish();
    } catch (error) {
      this.#parts.log.warn('recognition failed', { reason: oneLine(error) });
    }
    // The call may have ended while the text was under way.
    if (!this.#isClosed()) this.#listener.ended({ recognised, fromMs, toMs });
  }

  #isClosed(): boolean {
    return this.#closed;
  }
}

const NOTHING: Recognised = {
  text: '',
  words: [],
  confidence: 0,
  engine: 'none',
  secondsAudio: 0,
  secondsCpu: 0,
};
