import { millisecondsOf } from '../audio/frame.js';
import { oneLine } from '../errors.js';
import type {
  DialogueAction,
  DialogueEvent,
  DialogueState,
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
import { Floor } from './floor.js';
import { Hearing, type HeardTurn } from './hearing.js';
import type { LiveTalk } from './live/notes.js';
import { overhear } from './overhearing.js';
import { Speaking } from './speaking.js';
import { TalkFigures } from './talk-figures.js';
import { TalkTrace } from './talk-trace.js';
import { Transcript } from './transcript.js';

/** Whoever speaks longer than this while it is our turn is talked over. */
const LONGEST_WAIT_MS = 8_000;
/** What was being said when the line went is awaited no longer: it is not kept then. */
const LAST_WORDS_MS = 2_000;
/** What the caller did, which makes what we were about to say out of date. */
const BY_THE_CALLER: ReadonlySet<DialogueEvent['kind']> = new Set(['heard', 'unheard', 'key']);
/** The same of what the staff does. */
const BY_THE_STAFF: ReadonlySet<DialogueEvent['kind']> = new Set(['taken-over', 'ended-by-staff']);
const outdates = ({ kind }: DialogueEvent): boolean =>
  BY_THE_CALLER.has(kind) || BY_THE_STAFF.has(kind);

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
  readonly #inbox: DialogueEvent[] = [];
  #taking = false;
  #cancelSilence: () => void = () => undefined;
  /** The silence after which the dialogue wants to know of it. */
  #patienceMs: number;
  #lineStartMs = 0;
  #closed = false;
  #closing: Promise<void> | undefined;
  #idle: Promise<void> = Promise.resolve();

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
    this.#patienceMs = parts.silenceMs;
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
    const { discretion } = this.#transcript;
    if (!discretion.waits) return undefined;
    return (settled) => {
      discretion.whenSettled(settled);
    };
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
    const speaking = new Speaking(line, render, log);
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
          this.#cancelSilence();
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
      },
    );
    this.#hearing = hearing;
    line.listen({
      frame: (pcm, atMs) => {
        hearing.frame(pcm, atMs);
      },
      played: (pcm, atMs) => {
        hearing.played(pcm, atMs);
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
    this.#cancelSilence();
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
    const { vad, recogniser, language, names, log, clock } = this.#parts;
    const { discretion } = this.#transcript;
    const whose =
      person === undefined ? ({ party: 'caller' } as const) : { party: 'agent' as const, person };
    return overhear(
      { vad, recogniser, language, names, log },
      {
        line,
        fromMs: clock.monotonic() - this.#startedAt,
        discretion: person === undefined ? discretion : discretion.beside(),
        write: (turn, fromMs, toMs) => {
          this.#transcript.turn(turn, fromMs, toMs, whose);
          heard(turn.known.text);
        },
      },
      clock,
    );
  }

  /** Tells the dialogue something. */
  post(event: DialogueEvent): void {
    if (this.#closed) return;
    this.#cancelSilence();
    this.#inbox.push(event);
    if (!this.#taking) this.#idle = this.#take();
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
    await this.#idle;
    this.#trace.close(this.#now());
    await this.#transcript.close();
  }

  #isClosed(): boolean {
    return this.#closed;
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
    const { dialogue, log } = this.#parts;
    const { state, actions, reason, patienceMs } = dialogue.step(this.#state, event);
    this.#state = state;
    // What was said being heard to its end changes nothing that was waited for.
    if (event.kind !== 'spoken') this.#patienceMs = patienceMs ?? this.#parts.silenceMs;
    this.#journal.push({ event, actions, reason });
    this.#figures.decided({ event, actions, reason }, this.#now());
    this.#trace.decided(event, actions, this.#now());
    log.info('decided', { call: this.#call, event: event.kind, reason });
    const step = { atMs: this.#now(), event, actions, reason };
    const journalled = this.#transcript.decided(step, this.record);
    const spoke = await this.#perform(actions);
    // After what was said meanwhile: an objection to the notice counts before its end does.
    if (spoke) this.#inbox.push({ kind: 'spoken' });
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
          if (effect === undefined) this.#inbox.push({ kind: 'diary-failed' });
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
    this.#inbox.push({ kind: 'not-kept' });
  }

  async #say(action: Extract<DialogueAction, { do: 'say' }>): Promise<boolean> {
    const speaking = this.#speaking;
    if (speaking === undefined) return false;
    const { interruptible, phrases } = action;
    // A caller in the middle of a sentence is not talked over; what was said meanwhile is answered.
    if (interruptible) await this.#callerFinished();
    if (interruptible && this.#inbox.some(outdates)) return false;
    this.#hearing?.expect(action.expects);
    const floor = this.#floor;
    floor?.taken(interruptible);
    this.#saying = action.asks;
    this.#asked = action.asks;
    const texts = phrases.map(({ text }) => text);
    const ended = this.#transcript.weSay(texts.join(' '), action.asks, this.#now());
    const traced = this.#trace.says(action.asks, this.#now());
    const { whole, heardMs } = await speaking.say(texts);
    traced(whole, this.#now());
    this.#saying = undefined;
    floor?.left();
    ended({ whole, heardMs, atMs: this.#now() });
    return whole;
  }

  /** Resolves when the caller is silent and what was said is understood. */
  async #callerFinished(): Promise<void> {
    const { clock } = this.#parts;
    const until = clock.monotonic() + LONGEST_WAIT_MS;
    while (
      (this.#hearing?.speaking === true || this.#comprehension.busy) &&
      clock.monotonic() < until
    ) {
      await clock.sleep(20);
    }
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
      this.#understood(floor, text, understood, this.#placeOf(turn));
    } catch (error) {
      this.#trace.understood(this.#now(), true);
      this.#parts.log.error('understanding failed', { call: this.#call, reason: oneLine(error) });
      floor.goOn();
      this.#awaitSilence();
    }
  }

  /** Where in the call, and so in its recording, a turn was said. */
  #placeOf({ fromMs, toMs }: HeardTurn): Snippet {
    return {
      fromMs: Math.max(0, Math.round(this.#lineStartMs + fromMs)),
      toMs: Math.round(this.#lineStartMs + toMs),
    };
  }

  #understood(floor: Floor, text: string, understood: Understood, at?: Snippet): void {
    // Danger cuts even the notice short, but not the help that is being given already.
    if (understood.emergency && this.#saying !== 'emergency') floor.cut();
    else floor.yield();
    const now = this.#parts.clock.now();
    this.post({ kind: 'heard', text, understood, now, ...(at === undefined ? {} : { at }) });
  }

  #awaitSilence(): void {
    this.#cancelSilence();
    if (this.#closed || this.#hearing === undefined) return;
    const { clock } = this.#parts;
    const patienceMs = this.#patienceMs;
    this.#cancelSilence = clock.after(patienceMs, () => {
      if (this.#taking || this.#comprehension.busy || this.#hearing?.speaking === true) {
        this.#awaitSilence();
        return;
      }
      this.post({ kind: 'silence', ms: patienceMs });
    });
  }

  #now(): number {
    return Math.round(this.#parts.clock.monotonic() - this.#startedAt);
  }
}
