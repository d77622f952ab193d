import { oneLine } from '../errors.js';
import type { DialogueEvent, DialogueState, DialogueStep, Outcome } from '../dialogue/ports.js';
import { recordOf, type DialogueRecord, type JournalStep } from '../dialogue/record/record.js';
import type { CallFigures } from '../records/ports.js';
import type { Line } from '../telephony/line.js';
import { Attention } from './attention.js';
import { ConversationLine } from './conversation-line.js';
import type { ConversationParts, Effects } from './conversation-parts.js';
import { NO_SOUND, type Sound } from './discretion.js';
import { EventQueue } from './event-queue.js';
import type { LiveTalk } from './live/notes.js';
import { overhearParty } from './overhearing.js';
import { Patience } from './patience.js';
import { Performing } from './performing.js';
import type { Said } from './saying.js';
import { TalkFigures } from './talk-figures.js';
import { TalkTrace } from './talk-trace.js';
import { Transcript } from './transcript.js';

/** What was being said when the line went is awaited no longer: it is not kept then. */
const LAST_WORDS_MS = 2_000;

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
  readonly #startedAt: number;
  #state: DialogueState;
  #line: ConversationLine | undefined;
  readonly #transcript: Transcript;
  readonly #attention: Attention;
  readonly #performing: Performing;
  readonly #journal: JournalStep[] = [];
  readonly #figures = new TalkFigures();
  readonly #trace: TalkTrace;
  readonly #inbox: EventQueue;
  readonly #patience: Patience;
  /** The caller's telephone holds the call. */
  #held = false;
  #closed = false;
  #closing: Promise<void> | undefined;

  /** `startedAt` is the monotonic time of the call's start; `sound` what is recorded of it. */
  constructor(
    call: string,
    startedAt: number,
    parts: ConversationParts,
    effects: Effects,
    sound: Sound = NO_SOUND,
  ) {
    this.#call = call;
    this.#startedAt = startedAt;
    this.#parts = parts;
    this.#transcript = new Transcript(call, parts, sound);
    this.#trace = new TalkTrace(parts.traces, call, startedAt);
    this.#state = parts.dialogue.start();
    this.#inbox = new EventQueue(
      (event) => this.#take(event),
      () => {
        this.#awaitSilence();
      },
    );
    this.#patience = new Patience(
      parts.clock,
      parts.silenceMs,
      () => this.#held || this.#inbox.taking || this.#hears,
      (ms) => {
        this.post({ kind: 'silence', ms });
      },
    );
    const shared = { call, transcript: this.#transcript, trace: this.#trace };
    const now = (): number => this.#now();
    this.#performing = new Performing(parts, {
      ...{ ...shared, effects, inbox: this.#inbox, now },
      line: () => this.#line,
      hears: () => this.#hears,
      closed: () => this.#closed,
    });
    this.#attention = new Attention(parts, {
      ...{ ...shared, figures: this.#figures, now },
      saying: () => this.#performing.saying,
      asked: () => this.#performing.asked,
      post: (event) => {
        this.post(event);
      },
      unanswered: () => {
        this.#awaitSilence();
      },
    });
  }

  get outcome(): Outcome {
    return this.#parts.dialogue.outcome(this.#state);
  }

  /** A text of a message without what may never be stored. */
  inMessage(text: string): string {
    return this.#transcript.discretion.inMessage(text, this.#now());
  }

  /**
   * Has a function told when it is known whether the caller's latest digits may be stored; undefined while
   * nothing waits for that.
   */
  get undecided(): ((settled: () => Promise<void>) => void) | undefined {
    return this.#transcript.undecided;
  }

  /** What the call came to so far; undefined before anything was decided. */
  get record(): DialogueRecord | undefined {
    if (this.#journal.length === 0) return undefined;
    return this.#transcript.kept(recordOf(this.#journal, this.#parts.language));
  }

  /** What is said and decided, as it may be seen while it runs. */
  get live(): LiveTalk {
    return this.#transcript.live;
  }

  /** How long the caller waited, and what was not understood. */
  get figures(): CallFigures {
    return this.#figures.value;
  }

  /** Hears and speaks on `line` from now on, until `detach`. */
  attach(line: Line): void {
    const startMs = this.#parts.clock.monotonic() - this.#startedAt;
    const attention = this.#attention;
    const on: ConversationLine = new ConversationLine(
      line,
      startMs,
      this.#parts,
      () => attention.busy,
      {
        began: (atMs) => {
          this.#patience.end();
          attention.began(atMs);
        },
        settled: () => {
          this.#transcript.heardNothing();
          this.#awaitSilence();
        },
        partial: (text) => {
          attention.partial(on, text);
        },
        guessed: (text) => {
          attention.guessed(text);
        },
        ended: (turn) => {
          void attention.ended(on, turn);
        },
        key: (digit) => {
          // A key is an answer in itself: it cuts even what may not be talked over.
          on.floor.cut();
          this.post({ kind: 'key', digit });
        },
        answered: (atMs, lengthMs) => {
          this.#figures.played(atMs, lengthMs);
          this.#trace.played(atMs);
        },
        made: (times) => {
          this.#trace.made(times);
        },
        keptWaiting: (say) => {
          this.#keptWaiting(say);
        },
      },
    );
    on.held = this.#held;
    this.#line = on;
    on.open();
  }

  /** Stops hearing and speaking; the conversation goes on at the next `attach`. */
  detach(): void {
    this.#patience.end();
    this.#line?.close();
    this.#line = undefined;
  }

  /**
   * Writes down what is said on `line` while people talk, by `person` of the staff or by the caller;
   * nothing is answered. `heard` gets what may be known of each turn. Returns its end.
   */
  overhear(
    line: Pick<Line, 'listen'>,
    person: string | undefined,
    heard: (text: string) => void,
  ): () => Promise<void> {
    const fromMs = this.#parts.clock.monotonic() - this.#startedAt;
    return overhearParty(this.#parts, this.#transcript, { line, fromMs, person, heard });
  }

  /**
   * The caller's telephone holds the call, or is back: meanwhile nobody is there to break the silence, and what comes
   * is music that their side plays to us.
   */
  callerHolds(held: boolean): void {
    this.#held = held;
    if (this.#line !== undefined) this.#line.held = held;
    if (!held && !this.#inbox.taking) this.#awaitSilence();
  }

  /** Tells the dialogue something. */
  post(event: DialogueEvent): void {
    if (this.#closed) return;
    this.#patience.end();
    this.#line?.endMoment();
    this.#inbox.add(event);
  }

  /** Somebody of the staff does something with the call: what is being said is cut short for it. */
  interrupt(event: Extract<DialogueEvent, { kind: 'taken-over' | 'ended-by-staff' }>): void {
    this.#line?.floor.cut();
    this.post(event);
  }

  /** Keeps what the caller was saying when the call ended: nobody answers it any more. */
  async #lastWords(): Promise<void> {
    const late = this.#parts.clock.sleep(LAST_WORDS_MS).then(() => undefined);
    const line = this.#line;
    const last = await Promise.race([line?.last(), late]);
    if (line !== undefined && last !== undefined) this.#attention.wroteDown(line, last);
  }

  /** Ends the conversation: tells the dialogue, and resolves when everything is journalled. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closing ??= this.#lastWords();
    await this.#closing;
    if (this.#isClosed()) return;
    this.post({ kind: 'hung-up' });
    this.#closed = true;
    this.detach();
    await this.#inbox.idle;
    this.#trace.close(this.#now());
    await this.#transcript.close();
  }

  #isClosed(): boolean {
    return this.#closed;
  }

  async #take(event: DialogueEvent): Promise<void> {
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

  async #step(event: DialogueEvent): Promise<void> {
    const { actions, patienceMs, journalled } = this.#decide(event);
    // What was said being heard to its end changes nothing that was waited for.
    if (event.kind !== 'spoken') this.#patience.ms = patienceMs ?? this.#parts.silenceMs;
    const spoke = await this.#performing.perform(actions);
    // After what was said meanwhile: an objection to the notice counts before its end does.
    if (spoke) this.#inbox.add({ kind: 'spoken' });
    await journalled;
  }

  #decide(
    event: DialogueEvent,
  ): Omit<DialogueStep, 'state' | 'reason'> & { readonly journalled: Promise<void> } {
    const { dialogue, log } = this.#parts;
    const { state, ...decided } = dialogue.step(this.#state, event);
    const { actions, reason } = decided;
    this.#state = state;
    this.#journal.push({ event, actions, reason });
    this.#figures.decided({ event, actions, reason }, this.#now());
    this.#trace.decided(event, actions, this.#now());
    // What decides nothing, such as that we have spoken, is for whoever looks closely.
    const level = reason.startsWith('ignored.') ? 'debug' : 'info';
    log[level]('decided', { call: this.#call, event: event.kind, reason });
    const step = { atMs: this.#now(), event, actions, reason };
    return { ...decided, journalled: this.#transcript.decided(step, this.record) };
  }

  /** The caller is told that it takes a moment, beside whatever else is under way: what is asked stays. */
  #keptWaiting(say: (text: string) => Promise<Said>): void {
    this.#tellMoment(say).catch((error: unknown) => {
      const reason = oneLine(error);
      this.#parts.log.error('a caller could not be told to wait', { call: this.#call, reason });
    });
  }

  async #tellMoment(say: (text: string) => Promise<Said>): Promise<void> {
    const { actions, journalled } = this.#decide({ kind: 'kept-waiting' });
    await this.#performing.aside(actions, say);
    await journalled;
  }

  /** Whether the caller speaks, or what was said is not understood yet. */
  get #hears(): boolean {
    return this.#line?.hears === true || this.#attention.busy;
  }

  #awaitSilence(): void {
    this.#patience.end();
    if (!this.#closed && this.#line !== undefined) this.#patience.begin();
  }

  #now(): number {
    return Math.round(this.#parts.clock.monotonic() - this.#startedAt);
  }
}
