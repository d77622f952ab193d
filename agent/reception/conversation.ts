import type { Clock } from '../clock.js';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import type {
  Dialogue,
  DialogueAction,
  DialogueEvent,
  DialogueState,
  Outcome,
} from '../dialogue/ports.js';
import type { Records } from '../records/ports.js';
import type { Recognised, Recogniser, VoiceActivity } from '../speech/ports.js';
import type { Line } from '../telephony/line.js';
import type { Understanding, Understood } from '../understanding/ports.js';
import { Floor } from './floor.js';
import { Hearing } from './hearing.js';
import { Speaking, type Render } from './speaking.js';

/** What a conversation needs from the house; the same for every call. */
export interface ConversationParts {
  readonly dialogue: Dialogue;
  readonly understanding: Understanding;
  readonly vad: VoiceActivity;
  readonly recogniser: Recogniser;
  readonly render: Render;
  readonly records: Records;
  readonly language: string;
  readonly silenceMs: number;
  readonly clock: Clock;
  readonly log: Log;
}

/** The effects of a conversation outside of speech: one function an action. */
export type Effects = {
  readonly [Name in Exclude<DialogueAction['do'], 'say'>]: (
    action: Extract<DialogueAction, { do: Name }>,
  ) => Promise<void>;
};

/** Whoever speaks longer than this while it is our turn is talked over. */
const LONGEST_WAIT_MS = 8_000;

/**
 * One conversation over a line: hears, decides, speaks, and journals each step. Knows no telephone:
 * the line may be a call, a desk microphone or a test.
 *
 * Events are taken one at a time. What the caller says or keys while something interruptible is
 * being said ends the saying; everything else waits for its turn.
 */
export class Conversation {
  readonly #call: string;
  readonly #parts: ConversationParts;
  readonly #effects: Effects;
  readonly #startedAt: number;
  #state: DialogueState;
  #hearing: Hearing | undefined;
  #speaking: Speaking | undefined;
  #floor: Floor | undefined;
  /** What the trial text means, understood before the turn is over. */
  #ahead: { readonly text: string; readonly understood: Promise<Understood> } | undefined;
  readonly #inbox: DialogueEvent[] = [];
  #taking = false;
  #understandingNow = 0;
  #cancelSilence: () => void = () => undefined;
  /** The silence after which the dialogue wants to know of it. */
  #patienceMs: number;
  #lineStartMs = 0;
  #closed = false;
  #idle: Promise<void> = Promise.resolve();

  /** `startedAt` is the monotonic time of the call's start. */
  constructor(call: string, startedAt: number, parts: ConversationParts, effects: Effects) {
    this.#call = call;
    this.#startedAt = startedAt;
    this.#parts = parts;
    this.#effects = effects;
    this.#state = parts.dialogue.start();
    this.#patienceMs = parts.silenceMs;
  }

  get outcome(): Outcome {
    return this.#parts.dialogue.outcome(this.#state);
  }

  /** Hears and speaks on `line` from now on, until `detach`. */
  attach(line: Line): void {
    const { vad, recogniser, language, render, log, clock } = this.#parts;
    this.#lineStartMs = clock.monotonic() - this.#startedAt;
    const speaking = new Speaking(line, render, log);
    const floor = new Floor(speaking);
    this.#speaking = speaking;
    this.#floor = floor;
    const hearing = new Hearing(
      { vad, recogniser, language, log },
      {
        stirred: () => {
          floor.stirred();
        },
        settled: () => {
          floor.settled();
          this.#awaitSilence();
        },
        began: () => {
          this.#cancelSilence();
          floor.began();
        },
        guessed: (text) => {
          this.#guess(text);
        },
        ended: (heard) => {
          void this.#heard(floor, heard.recognised, heard.fromMs, heard.toMs);
        },
      },
    );
    this.#hearing = hearing;
    line.listen({
      frame: (pcm, atMs) => {
        hearing.frame(pcm, atMs);
      },
      played: (pcm, atMs) => {
        hearing.played(pcm, atMs);
      },
      key: (digit) => {
        this.#key(digit);
      },
      closed: () => undefined,
    });
  }

  /** Stops hearing and speaking; the conversation goes on at the next `attach`. */
  detach(): void {
    this.#cancelSilence();
    this.#speaking?.stop();
    this.#hearing?.close();
    this.#hearing = undefined;
    this.#speaking = undefined;
    this.#floor = undefined;
  }

  /** Tells the dialogue something. */
  post(event: DialogueEvent): void {
    if (this.#closed) return;
    this.#cancelSilence();
    this.#inbox.push(event);
    if (!this.#taking) this.#idle = this.#take();
  }

  /** Ends the conversation: tells the dialogue, and resolves when everything is journalled. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.post({ kind: 'hung-up' });
    this.#closed = true;
    this.detach();
    await this.#idle;
  }

  async #take(): Promise<void> {
    this.#taking = true;
    for (let event = this.#inbox.shift(); event !== undefined; event = this.#inbox.shift()) {
      try {
        await this.#step(event);
      } catch (error) {
        this.#parts.log.error('a step of the conversation failed', {
          call: this.#call,
          event: event.kind,
          reason: oneLine(error),
        });
      }
    }
    this.#taking = false;
    this.#awaitSilence();
  }

  async #step(event: DialogueEvent): Promise<void> {
    const { dialogue, records, log } = this.#parts;
    const { state, actions, reason, patienceMs } = dialogue.step(this.#state, event);
    this.#state = state;
    // What was said being heard to its end changes nothing that was waited for.
    if (event.kind !== 'spoken') this.#patienceMs = patienceMs ?? this.#parts.silenceMs;
    log.info('decided', { call: this.#call, event: event.kind, reason });
    const journalled = records.decisions.add({
      call: this.#call,
      atMs: this.#now(),
      event: JSON.stringify(event),
      actions: JSON.stringify(actions),
      reason,
    });
    journalled.catch((error: unknown) => {
      log.error('a decision could not be stored', { call: this.#call, reason: oneLine(error) });
    });
    const spoke = await this.#perform(actions);
    // After what was said meanwhile: an objection to the notice counts before its end does.
    if (spoke) this.#inbox.push({ kind: 'spoken' });
    await journalled.catch(() => undefined);
  }

  /** Performs the actions in order; returns whether something was said and heard to its end. */
  async #perform(actions: readonly DialogueAction[]): Promise<boolean> {
    let spoke = false;
    for (const action of actions) {
      if (this.#closed && action.do === 'say') return false;
      if (action.do === 'say') {
        if (!(await this.#say(action))) return false;
        spoke = true;
      } else {
        try {
          await (this.#effects[action.do] as (action: DialogueAction) => Promise<void>)(action);
        } catch (error) {
          if (action.do !== 'keep-message') throw error;
          this.#notKept(error);
          return false;
        }
      }
    }
    return spoke;
  }

  /** Nobody is told that a message was kept which was not. */
  #notKept(error: unknown): void {
    const reason = oneLine(error);
    this.#parts.log.error('a message could not be stored', { call: this.#call, reason });
    this.#inbox.push({ kind: 'not-kept' });
  }

  async #say(action: Extract<DialogueAction, { do: 'say' }>): Promise<boolean> {
    const speaking = this.#speaking;
    if (speaking === undefined) return false;
    const { interruptible, phrases } = action;
    // A caller in the middle of a sentence is not talked over; what was said meanwhile is answered.
    if (interruptible) await this.#callerFinished();
    if (interruptible && this.#inbox.some(({ kind }) => kind === 'heard' || kind === 'key')) {
      return false;
    }
    this.#hearing?.expect(action.expects);
    const floor = this.#floor;
    floor?.taken(interruptible);
    const atMs = this.#now();
    const { whole, heardMs } = await speaking.say(phrases.map(({ text }) => text));
    floor?.left();
    void this.#store({
      party: 'agent',
      atMs,
      lengthMs: heardMs,
      text: phrases.map(({ text }) => text).join(' '),
      whole,
    });
    return whole;
  }

  /** Resolves when the caller is silent and what was said is understood. */
  async #callerFinished(): Promise<void> {
    const { clock } = this.#parts;
    const until = clock.monotonic() + LONGEST_WAIT_MS;
    while (
      (this.#hearing?.speaking === true || this.#understandingNow > 0) &&
      clock.monotonic() < until
    ) {
      await clock.sleep(20);
    }
  }

  #key(digit: string): void {
    // A key is an answer in itself: it cuts even what may not be talked over.
    this.#floor?.keyed();
    this.post({ kind: 'key', digit });
  }

  /** Understands a trial text while the silence is awaited that ends the turn. */
  #guess(text: string): void {
    if (this.#ahead?.text === text) return;
    const understood = this.#parts.understanding.understand(text);
    // Whoever needs it asks again and tells of the fault.
    understood.catch(() => undefined);
    this.#ahead = { text, understood };
  }

  #understand(text: string): Promise<Understood> {
    const ahead = this.#ahead;
    this.#ahead = undefined;
    const { understanding } = this.#parts;
    if (ahead?.text !== text) return understanding.understand(text);
    return ahead.understood.catch(() => understanding.understand(text));
  }

  async #heard(floor: Floor, recognised: Recognised, fromMs: number, toMs: number): Promise<void> {
    const { text } = recognised;
    if (text.trim() !== '') {
      void this.#store({
        party: 'caller',
        atMs: this.#lineStartMs + fromMs,
        lengthMs: toMs - fromMs,
        text,
        whole: true,
        recognised,
      });
    }
    if (!floor.answers(recognised)) {
      this.#awaitSilence();
      return;
    }
    this.#understandingNow += 1;
    let understood: Understood;
    try {
      understood = await this.#understand(text);
    } catch (error) {
      this.#parts.log.error('understanding failed', { call: this.#call, reason: oneLine(error) });
      floor.goOn();
      this.#awaitSilence();
      return;
    } finally {
      // Before the event is taken: its answer waits for what is still being understood.
      this.#understandingNow -= 1;
    }
    floor.yield();
    this.post({ kind: 'heard', text, understood, now: this.#parts.clock.now() });
  }

  #awaitSilence(): void {
    this.#cancelSilence();
    if (this.#closed || this.#hearing === undefined) return;
    const { clock } = this.#parts;
    const patienceMs = this.#patienceMs;
    this.#cancelSilence = clock.after(patienceMs, () => {
      if (this.#taking || this.#understandingNow > 0 || this.#hearing?.speaking === true) {
        this.#awaitSilence();
        return;
      }
      this.post({ kind: 'silence', ms: patienceMs });
    });
  }

  #now(): number {
    return Math.round(this.#parts.clock.monotonic() - this.#startedAt);
  }

  async #store(what: {
    party: 'caller' | 'agent';
    atMs: number;
    lengthMs: number;
    text: string;
    whole: boolean;
    recognised?: Recognised;
  }): Promise<void> {
    const { recognised, ...utterance } = what;
    try {
      await this.#parts.records.utterances.add({
        ...utterance,
        atMs: Math.round(utterance.atMs),
        lengthMs: Math.round(utterance.lengthMs),
        call: this.#call,
        confidence: recognised?.confidence,
        engine: recognised?.engine,
        words:
          recognised === undefined || recognised.words.length === 0
            ? undefined
            : JSON.stringify(recognised.words),
      });
    } catch (error) {
      this.#parts.log.error('an utterance could not be stored', {
        call: this.#call,
        reason: oneLine(error),
      });
    }
  }
}
