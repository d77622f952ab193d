import { millisecondsOf } from '../audio/frame.js';
import { oneLine } from '../errors.js';
import type {
  DialogueAction,
  DialogueEvent,
  DialogueState,
  DialogueStep,
  Outcome,
  Snippet,
} from '../dialogue/ports.js';
import { recordOf, type DialogueRecord, type JournalStep } from '../dialogue/record/record.js';
import type { Recognised } from '../speech/ports.js';
import type { CallFigures } from '../records/ports.js';
import type { Line } from '../telephony/line.js';
import type { Understood } from '../understanding/ports.js';
import { Alarm } from './alarm.js';
import { Comprehension } from './comprehension.js';
import type { ConversationParts, EffectOf, Effects } from './conversation-parts.js';
import { NO_SOUND, type Sound } from './discretion.js';
import { EventQueue } from './event-queue.js';
import { Floor } from './floor.js';
import { Hearing, type HeardTurn } from './hearing.js';
import type { LiveTalk } from './live/notes.js';
import { Moment } from './moment.js';
import { overhearParty } from './overhearing.js';
import { Patience, until } from './patience.js';
import type { Said } from './saying.js';
import { Speaking } from './speaking.js';
import { TalkFigures } from './talk-figures.js';
import { TalkTrace } from './talk-trace.js';
import { placeOf, Transcript } from './transcript.js';

/** Whoever speaks longer than this while it is our turn is talked over. */
const LONGEST_WAIT_MS = 8_000;
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
  readonly #effects: Effects;
  readonly #startedAt: number;
  #state: DialogueState;
  #hearing: Hearing | undefined;
  #speaking: Speaking | undefined;
  #floor: Floor | undefined;
  #moment: Moment | undefined;
  readonly #transcript: Transcript;
  readonly #comprehension: Comprehension;
  readonly #alarm: Alarm;
  /** What is being said, as the dialogue calls it. */
  #saying: string | undefined;
  /** What the latest question is called. */
  #asked = 'greeting';
  readonly #journal: JournalStep[] = [];
  readonly #figures = new TalkFigures();
  readonly #trace: TalkTrace;
  readonly #inbox: EventQueue;
  readonly #patience: Patience;
  #lineStartMs = 0;
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
    this.#effects = effects;
    this.#transcript = new Transcript(call, parts, sound);
    this.#comprehension = new Comprehension(parts.understanding);
    this.#alarm = new Alarm(parts.understanding);
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
      () => this.#inbox.taking || this.#hears,
      (ms) => {
        this.post({ kind: 'silence', ms });
      },
    );
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
    const { vad, recogniser, language, names, choose, render, log, clock } = this.#parts;
    this.#lineStartMs = clock.monotonic() - this.#startedAt;
    const transcript = this.#transcript;
    const { discretion } = transcript;
    const speaking: Speaking = new Speaking(line, render, log, clock, () => {
      this.#keptWaiting((text) => speaking.fill(text));
    });
    const floor = new Floor(speaking);
    this.#speaking = speaking;
    this.#floor = floor;
    const hearing = new Hearing(
      { vad, recogniser, language, names, choose, log },
      {
        stirred: () => {
          floor.stirred();
        },
        settled: () => {
          transcript.heardNothing();
          floor.settled();
          this.#awaitSilence();
        },
        began: (atMs) => {
          this.#patience.end();
          this.#moment?.end();
          speaking.hush();
          discretion.began(this.#lineStartMs + atMs);
          this.#alarm.reset();
          floor.began();
        },
        partial: (text) => {
          transcript.hears(text);
          this.#watch(floor, discretion.partial(text));
        },
        guessed: (text) => {
          this.#comprehension.guess(discretion.partial(text), this.#asked);
        },
        ended: (heard) => {
          void this.#heard(floor, heard);
        },
        awaited: (silentMs) => {
          this.#moment?.awaits(silentMs);
        },
      },
    );
    this.#hearing = hearing;
    this.#moment = new Moment(clock, {
      pending: () => hearing.pending || this.#comprehension.busy,
      silent: () => speaking.silent && hearing.quiet,
      due: () => {
        this.#keptWaiting((text) => speaking.aside(text));
      },
    });
    line.listen({
      frame: (pcm, atMs) => {
        hearing.frame(pcm, atMs);
      },
      played: (pcm, atMs) => {
        hearing.played(pcm, atMs);
        // What only tells that an answer takes long is none.
        if (speaking.saysAside || speaking.stalls) return;
        this.#figures.played(this.#lineStartMs + atMs, millisecondsOf(pcm));
        this.#trace.played(this.#lineStartMs + atMs);
      },
      key: (digit) => {
        this.#key(digit);
      },
      closed: () => undefined,
    });
  }

  /** Stops hearing and speaking; the conversation goes on at the next `attach`. */
  detach(): void {
    this.#patience.end();
    this.#moment?.end();
    this.#speaking?.hush();
    this.#speaking?.stop();
    this.#hearing?.close();
    this.#hearing = undefined;
    this.#speaking = undefined;
    this.#floor = undefined;
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

  /** Tells the dialogue something. */
  post(event: DialogueEvent): void {
    if (this.#closed) return;
    this.#patience.end();
    this.#moment?.end();
    this.#inbox.add(event);
  }

  /** Somebody of the staff does something with the call: what is being said is cut short for it. */
  interrupt(event: Extract<DialogueEvent, { kind: 'taken-over' | 'ended-by-staff' }>): void {
    this.#floor?.cut();
    this.post(event);
  }

  /** Keeps what the caller was saying when the call ended: nobody answers it any more. */
  async #lastWords(): Promise<void> {
    const late = this.#parts.clock.sleep(LAST_WORDS_MS).then(() => undefined);
    const last = await Promise.race([this.#hearing?.last(), late]);
    if (last !== undefined) this.#wroteDown(last);
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
    const spoke = await this.#perform(actions);
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
    log.info('decided', { call: this.#call, event: event.kind, reason });
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
    for (const action of actions) {
      if (action.do !== 'say') continue;
      const text = action.phrases.map((phrase) => phrase.text).join(' ');
      const ended = this.#transcript.weSay(text, undefined, this.#now());
      ended({ ...(await say(text)), atMs: this.#now() });
    }
    await journalled;
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
          const effect = this.#effects[action.do] as EffectOf<typeof action.do> | undefined;
          if (effect === undefined) this.#inbox.add({ kind: 'diary-failed' });
          else await effect(action);
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
    this.#inbox.add({ kind: 'not-kept' });
  }

  async #say(action: Extract<DialogueAction, { do: 'say' }>): Promise<boolean> {
    const speaking = this.#speaking;
    if (speaking === undefined) return false;
    const { interruptible, phrases } = action;
    if (speaking.saysAside) await speaking.asideOver();
    // A caller in the middle of a sentence is not talked over; what was said meanwhile is answered.
    if (interruptible) await until(this.#parts.clock, () => !this.#hears, LONGEST_WAIT_MS);
    if (interruptible && this.#inbox.outdates) return false;
    // The line may have gone meanwhile.
    if (this.#speaking !== speaking) return false;
    this.#hearing?.expect(action.expects);
    const floor = this.#floor;
    floor?.taken(interruptible);
    this.#saying = action.asks;
    this.#asked = action.asks;
    const texts = phrases.map(({ text }) => text);
    const ended = this.#transcript.weSay(texts.join(' '), action.asks, this.#now());
    const traced = this.#trace.says(action.asks, this.#now());
    const { whole, heardMs, failed } = await speaking.say(texts);
    traced(whole, this.#now());
    this.#saying = undefined;
    floor?.left();
    ended({ whole, heardMs, atMs: this.#now() });
    // What the caller did meanwhile is answered instead.
    if (failed === true && !this.#inbox.outdates) this.#inbox.add({ kind: 'unspoken' });
    return whole;
  }

  /** Whether the caller speaks, or what was said is not understood yet. */
  get #hears(): boolean {
    return this.#hearing?.speaking === true || this.#comprehension.busy;
  }

  #key(digit: string): void {
    // A key is an answer in itself: it cuts even what may not be talked over.
    this.#floor?.cut();
    this.post({ kind: 'key', digit });
  }

  /** Danger is answered while the caller still speaks. */
  #watch(floor: Floor, text: string): void {
    const understood = this.#alarm.heard(text);
    if (understood !== undefined) this.#understood(floor, text, understood);
  }

  /** Writes down what may be; returns what the conversation may know of it. */
  #wroteDown({ recognised, fromMs, toMs }: HeardTurn): Recognised {
    const start = this.#lineStartMs;
    return this.#transcript.callerSaid({ recognised, fromMs: start + fromMs, toMs: start + toMs });
  }

  async #heard(floor: Floor, turn: HeardTurn): Promise<void> {
    const { failed } = turn;
    this.#trace.heard(turn, this.#lineStartMs, this.#now());
    const recognised = this.#wroteDown(turn);
    const { text } = recognised;
    if (failed || (turn.voiced === true && floor.misses(recognised))) {
      floor.yield();
      this.post({ kind: 'unheard' });
      return;
    }
    if (!floor.answers(recognised)) {
      this.#trace.dropped(this.#now());
      this.#awaitSilence();
      return;
    }
    this.#figures.turnEnded(this.#lineStartMs + turn.toMs);
    this.#trace.understanding(this.#now());
    try {
      const understood = await this.#comprehension.understand(text, this.#asked);
      this.#trace.understood(this.#now());
      this.#understood(floor, text, understood, placeOf(turn, this.#lineStartMs));
    } catch (error) {
      this.#trace.understood(this.#now(), true);
      this.#parts.log.error('understanding failed', { call: this.#call, reason: oneLine(error) });
      floor.goOn();
      this.#awaitSilence();
    }
  }

  #understood(floor: Floor, text: string, understood: Understood, at?: Snippet): void {
    // Danger cuts even the notice short, but not the help that is being given already.
    if (understood.emergency && this.#saying !== 'emergency') floor.cut();
    else floor.yield();
    const now = this.#parts.clock.now();
    this.post({ kind: 'heard', text, understood, now, ...(at === undefined ? {} : { at }) });
  }

  #awaitSilence(): void {
    this.#patience.end();
    if (!this.#closed && this.#hearing !== undefined) this.#patience.begin();
  }

  #now(): number {
    return Math.round(this.#parts.clock.monotonic() - this.#startedAt);
  }
}
