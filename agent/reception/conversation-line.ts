import { millisecondsOf } from '../audio/frame.js';
import type { Expectation } from '../speech/expectations.js';
import type { WorkerTimes } from '../speech/ports.js';
import type { Line } from '../telephony/line.js';
import type { ConversationParts } from './conversation-parts.js';
import { Floor } from './floor.js';
import { Hearing, type HeardTurn } from './hearing.js';
import { Moment } from './moment.js';
import type { Said } from './saying.js';
import { Speaking } from './speaking.js';

/** What a conversation does about what happens on its line; times in milliseconds of the call. */
export interface LineListener {
  /** The caller began to speak. */
  began(atMs: number): void;
  /** What seemed to be the caller was nothing. */
  settled(): void;
  /** What has been said so far, while the caller goes on. */
  partial(text: string): void;
  /** What was said, while it is not sure yet that the turn is over. */
  guessed(text: string): void;
  ended(turn: HeardTurn): void;
  key(digit: string): void;
  /** Something that answers the caller was heard from `atMs` on. */
  answered(atMs: number, lengthMs: number): void;
  /** The first words of what is said were made by a worker. */
  made(times: WorkerTimes): void;
  /** It takes long until something is said; `say` says a word meanwhile. */
  keptWaiting(say: (text: string) => Promise<Said>): void;
}

/** The ear and the mouth of a conversation on one line, and who of the two parties has the floor there. */
export class ConversationLine {
  readonly floor: Floor;
  /** Time of the call at which the line's own time begins, in milliseconds. */
  readonly startMs: number;
  /** The caller's telephone holds the call: what comes is its music, and nobody's words. */
  held = false;
  readonly #line: Line;
  readonly #listener: LineListener;
  readonly #speaking: Speaking;
  readonly #hearing: Hearing;
  readonly #moment: Moment;

  /** `understanding` tells whether something that was heard is not understood yet. */
  constructor(
    line: Line,
    startMs: number,
    parts: ConversationParts,
    understanding: () => boolean,
    listener: LineListener,
  ) {
    const { vad, recogniser, language, names, choose, log, clock } = parts;
    const told = (times: WorkerTimes): void => {
      listener.made(times);
    };
    const render: ConversationParts['render'] = (text, heard) =>
      parts.render(text, { ...heard, told });
    this.#line = line;
    this.startMs = startMs;
    this.#listener = listener;
    const speaking: Speaking = new Speaking(line, render, log, clock, () => {
      listener.keptWaiting((text) => speaking.fill(text));
    });
    this.#speaking = speaking;
    const floor = new Floor(speaking);
    this.floor = floor;
    const hearing = new Hearing(
      { vad, recogniser, language, names, choose, log },
      {
        stirred: () => {
          floor.stirred();
        },
        settled: () => {
          floor.settled();
          listener.settled();
        },
        began: (atMs) => {
          this.endMoment();
          speaking.hush();
          listener.began(startMs + atMs);
          floor.began();
        },
        partial: (text) => {
          listener.partial(text);
        },
        guessed: (text) => {
          listener.guessed(text);
        },
        ended: (turn) => {
          listener.ended(turn);
        },
        awaited: (silentMs) => {
          this.#moment.awaits(silentMs);
        },
      },
    );
    this.#hearing = hearing;
    this.#moment = new Moment(clock, {
      pending: () => hearing.pending || understanding(),
      silent: () => speaking.silent && hearing.quiet,
      due: () => {
        listener.keptWaiting((text) => speaking.aside(text));
      },
    });
  }

  /** Whether the caller speaks. */
  get hears(): boolean {
    return this.#hearing.speaking;
  }

  /** Begins to listen. */
  open(): void {
    const speaking = this.#speaking;
    this.#line.listen({
      frame: (pcm, atMs) => {
        // Silence and no gap: a turn ends by it, and times stay those of the line.
        this.#hearing.frame(this.held ? new Int16Array(pcm.length) : pcm, atMs);
      },
      played: (pcm, atMs) => {
        this.#hearing.played(pcm, atMs);
        // What only tells that an answer takes long is none.
        if (speaking.saysAside || speaking.stalls) return;
        this.#listener.answered(this.startMs + atMs, millisecondsOf(pcm));
      },
      key: (digit) => {
        this.#listener.key(digit);
      },
      closed: () => undefined,
    });
  }

  /** Stops to hear and to speak. */
  close(): void {
    this.endMoment();
    this.#speaking.hush();
    this.#speaking.stop();
    this.#hearing.close();
  }

  /** What was awaited is there, or is awaited no longer. */
  endMoment(): void {
    this.#moment.end();
  }

  /** What the caller is in the middle of saying, when the call has ended. */
  last(): Promise<HeardTurn | undefined> {
    return this.#hearing.last();
  }

  /** Whether a word on the way is being said. */
  get saysAside(): boolean {
    return this.#speaking.saysAside;
  }

  /** Resolves when that word was said. */
  asideOver(): Promise<void> {
    return this.#speaking.asideOver();
  }

  /** What kind of answer is expected next. */
  expect(expectation: Expectation | undefined): void {
    this.#hearing.expect(expectation);
  }

  /** Says `texts`, one after the other. */
  say(texts: readonly string[]): Promise<Said> {
    return this.#speaking.say(texts);
  }
}
