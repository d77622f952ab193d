import type { Clock } from '../clock.js';
import type { Snippet } from '../dialogue/ports.js';
import type { DialogueRecord } from '../dialogue/record/record.js';
import { inEveryText } from '../privacy/redaction.js';
import type { Recognised } from '../speech/ports.js';
import { redactorOf, type ConversationParts } from './conversation-parts.js';
import { Discretion, type DiscreetTurn, type Kept, type Sound, type Turn } from './discretion.js';
import type { HeardTurn } from './hearing.js';
import { LiveNotes, type LiveLine } from './live/notes.js';
import { Minutes, type DecidedInCall } from './minutes.js';

/** So long after digits that may begin a number more of them are awaited, in milliseconds. */
const MORE_MS = 60_000;

/**
 * What is said and decided in one call, in the store and before those who watch it: never more of it than
 * may be kept. `sound` is what is recorded of the call.
 */
export class Transcript {
  /** What can be seen of it while it runs. */
  readonly live: LiveNotes;
  readonly discretion: Discretion;
  readonly #minutes: Minutes;
  readonly #clock: Clock;
  /** Steps that were decided while it is not known what of them may be written down. */
  #steps: DecidedInCall[] = [];
  #cancelMore: () => void = () => undefined;

  constructor(call: string, parts: ConversationParts, sound: Sound) {
    this.live = new LiveNotes(() => parts.changed?.(call));
    this.discretion = new Discretion(redactorOf(parts), sound, (kind, place, atMs) => {
      void this.#minutes.hid({ kind, place, atMs });
    });
    this.#clock = parts.clock;
    this.#minutes = new Minutes(call, parts.records, parts.log, parts.clock, this.discretion);
  }

  /** As `Conversation.undecided`. */
  get undecided(): ((settled: () => Promise<void>) => void) | undefined {
    const { discretion } = this;
    if (!discretion.waits) return undefined;
    return (settled) => {
      discretion.whenSettled(settled);
    };
  }

  /** The caller is in the middle of saying `text`. */
  hears(text: string): void {
    this.live.hears(this.discretion.growing(text));
  }

  /** The caller said nothing after all. */
  heardNothing(): void {
    this.discretion.dropped();
    this.live.hears('');
  }

  /** A turn of the caller is over; returns what the conversation may know of it. */
  callerSaid(turn: Turn): Recognised {
    const discreet = this.discretion.heard(turn);
    if (discreet.stored.text.trim() === '') this.live.hears('');
    else this.turn(discreet, turn.fromMs, turn.toMs, { party: 'caller' });
    return discreet.known;
  }

  /** A turn that has words, of the caller or of `person` of the staff. */
  turn(
    turn: DiscreetTurn,
    fromMs: number,
    toMs: number,
    whose: Pick<LiveLine, 'party' | 'person'>,
  ): void {
    const line = { ...whose, atMs: fromMs, text: turn.stored.text, whole: true };
    this.live.said(line);
    const write = ({ stored, hidden }: Kept): void => {
      void this.#minutes.said({
        ...{ ...line, text: stored.text, lengthMs: toMs - fromMs, recognised: stored },
        ...(hidden === undefined ? {} : { hidden }),
      });
    };
    if (turn.settled === undefined) {
      write(turn);
      return;
    }
    this.#awaitMore();
    turn.settled((kept) => {
      this.live.mended(line.party, fromMs, kept.stored.text);
      write(kept);
    });
  }

  /**
   * We begin to say `text`, which asks `asks`; undefined: what was asked before still is. The returned
   * function is told how it ended.
   */
  weSay(
    text: string,
    asks: string | undefined,
    atMs: number,
  ): (end: { readonly whole: boolean; readonly heardMs: number; readonly atMs: number }) => void {
    if (asks !== undefined) {
      this.live.asked(asks);
      this.discretion.asks(asks);
    }
    const said = this.discretion.says(text, atMs);
    const line = { party: 'agent', atMs, text: said.stored, whole: true } as const;
    this.live.said(line);
    return ({ whole, heardMs, atMs: endMs }) => {
      said.heard(endMs);
      if (!whole) this.live.cut(atMs);
      const write = (stored: string): void => {
        void this.#minutes.said({ ...line, text: stored, whole, lengthMs: heardMs });
      };
      if (said.settled === undefined) {
        write(said.stored);
        return;
      }
      said.settled((stored) => {
        this.live.mended('agent', atMs, stored);
        write(stored);
      });
    };
  }

  /** Resolves when the step is journalled; at once where that has to wait for what the caller says next. */
  decided(step: DecidedInCall, record: DialogueRecord | undefined): Promise<void> {
    this.live.decided(record);
    if (!this.discretion.waits) return this.#minutes.decided(step);
    this.#steps.push(step);
    if (this.#steps.length === 1) this.discretion.whenSettled(() => this.#journal());
    return Promise.resolve();
  }

  /** A record of the call as it may be kept. */
  kept(record: DialogueRecord): DialogueRecord {
    const { inJournal } = this.discretion;
    return inJournal === undefined ? record : inEveryText(record, inJournal);
  }

  /** Resolves when nothing waits to be written. */
  async close(): Promise<void> {
    this.#cancelMore();
    await this.discretion.close();
    await this.#minutes.close();
  }

  /** In the order in which they were decided. */
  async #journal(): Promise<void> {
    await Promise.all(this.#steps.splice(0).map((step) => this.#minutes.decided(step)));
  }

  /** Whoever says nothing more has told no number; whoever is speaking is heard first. */
  #awaitMore(): void {
    this.#cancelMore();
    this.#cancelMore = this.#clock.after(MORE_MS, () => {
      if (this.discretion.listens) this.#awaitMore();
      else this.discretion.giveUp();
    });
  }
}

/** Where in the call, and so in its recording, a turn was said; `lineStartMs` is when its line began. */
export const placeOf = (
  { fromMs, toMs }: Pick<HeardTurn, 'fromMs' | 'toMs'>,
  lineStartMs: number,
): Snippet => ({
  fromMs: Math.max(0, Math.round(lineStartMs + fromMs)),
  toMs: Math.round(lineStartMs + toMs),
});
