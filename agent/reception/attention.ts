import { oneLine } from '../errors.js';
import type { DialogueEvent, Snippet } from '../dialogue/ports.js';
import type { Recognised } from '../speech/ports.js';
import type { Understood } from '../understanding/ports.js';
import { Alarm } from './alarm.js';
import { Comprehension } from './comprehension.js';
import type { ConversationLine } from './conversation-line.js';
import type { ConversationParts } from './conversation-parts.js';
import type { HeardTurn } from './hearing.js';
import type { TalkFigures } from './talk-figures.js';
import type { TalkTrace } from './talk-trace.js';
import { placeOf, type Transcript } from './transcript.js';

/** What attention needs of its conversation. */
export interface Attending {
  readonly call: string;
  readonly transcript: Transcript;
  readonly figures: TalkFigures;
  readonly trace: TalkTrace;
  /** What is being said, as the dialogue calls it; undefined while we say nothing. */
  readonly saying: () => string | undefined;
  /** What the latest question is called. */
  readonly asked: () => string;
  readonly post: (event: DialogueEvent) => void;
  /** A turn was over and wants no answer. */
  readonly unanswered: () => void;
  /** Time of the call in milliseconds. */
  readonly now: () => number;
}

/**
 * Makes of what a caller says what the dialogue is told: each turn is written down as far as it may be, and
 * understood; danger is told of while the caller still speaks.
 */
export class Attention {
  readonly #parts: ConversationParts;
  readonly #talk: Attending;
  readonly #comprehension: Comprehension;
  readonly #alarm: Alarm;

  constructor(parts: ConversationParts, talk: Attending) {
    this.#parts = parts;
    this.#talk = talk;
    this.#comprehension = new Comprehension(parts.understanding);
    this.#alarm = new Alarm(parts.understanding);
  }

  /** Whether something that was said is not understood yet. */
  get busy(): boolean {
    return this.#comprehension.busy;
  }

  /** The caller begins to speak at `atMs` of the call. */
  began(atMs: number): void {
    this.#talk.transcript.discretion.began(atMs);
    this.#alarm.reset();
  }

  /** The caller is in the middle of saying `text`: danger is answered at once. */
  partial(line: ConversationLine, text: string): void {
    const { transcript } = this.#talk;
    transcript.hears(text);
    const known = transcript.discretion.partial(text);
    const understood = this.#alarm.heard(known);
    if (understood !== undefined) this.#understood(line, known, understood);
  }

  /** The caller may have said `text` and be done. */
  guessed(text: string): void {
    const known = this.#talk.transcript.discretion.partial(text);
    this.#comprehension.guess(known, this.#talk.asked());
  }

  /** Writes down what may be; returns what the conversation may know of it. */
  wroteDown({ startMs }: ConversationLine, { recognised, fromMs, toMs }: HeardTurn): Recognised {
    const { transcript } = this.#talk;
    return transcript.callerSaid({ recognised, fromMs: startMs + fromMs, toMs: startMs + toMs });
  }

  /** A turn is over. */
  async ended(line: ConversationLine, turn: HeardTurn): Promise<void> {
    const { floor, startMs } = line;
    const { trace, figures, post, unanswered, now } = this.#talk;
    trace.heard(turn, startMs, now());
    const recognised = this.wroteDown(line, turn);
    const { text } = recognised;
    if (turn.failed || (turn.voiced === true && floor.misses(recognised))) {
      floor.yield();
      post({ kind: 'unheard' });
      return;
    }
    if (!floor.answers(recognised)) {
      trace.dropped(now());
      unanswered();
      return;
    }
    figures.turnEnded(startMs + turn.toMs);
    trace.understanding(now());
    try {
      const understood = await this.#comprehension.understand(text, this.#talk.asked());
      trace.understood(now());
      this.#understood(line, text, understood, placeOf(turn, startMs));
    } catch (error) {
      trace.understood(now(), true);
      const { call } = this.#talk;
      this.#parts.log.error('understanding failed', { call, reason: oneLine(error) });
      floor.goOn();
      unanswered();
    }
  }

  #understood(
    { floor }: ConversationLine,
    text: string,
    understood: Understood,
    at?: Snippet,
  ): void {
    // Danger cuts even the notice short, but not the help that is being given already.
    if (understood.emergency && this.#talk.saying() !== 'emergency') floor.cut();
    else floor.yield();
    const now = this.#parts.clock.now();
    this.#talk.post({
      ...{ kind: 'heard', text, understood, now },
      ...(at === undefined ? {} : { at }),
    });
  }
}
