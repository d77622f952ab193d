import type { DialogueRecord } from '../dialogue/record/record.js';
import { inEveryText } from '../privacy/redaction.js';
import type { Recognised } from '../speech/ports.js';
import { redactorOf, type ConversationParts } from './conversation-parts.js';
import { Discretion, type DiscreetTurn, type Sound, type Turn } from './discretion.js';
import { LiveNotes, type LiveLine } from './live/notes.js';
import { Minutes, type DecidedInCall } from './minutes.js';

/**
 * What is said and decided in one call, in the store and before those who watch it: never more of it than
 * may be kept. `sound` is what is recorded of the call.
 */
export class Transcript {
  /** What can be seen of it while it runs. */
  readonly live: LiveNotes;
  readonly discretion: Discretion;
  readonly #minutes: Minutes;

  constructor(call: string, parts: ConversationParts, sound: Sound) {
    this.live = new LiveNotes(() => parts.changed?.(call));
    this.discretion = new Discretion(redactorOf(parts), sound, (kind, place, atMs) => {
      void this.#minutes.hid({ kind, place, atMs });
    });
    this.#minutes = new Minutes(call, parts.records, parts.log, parts.clock, this.discretion);
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
    { stored, hidden }: DiscreetTurn,
    fromMs: number,
    toMs: number,
    whose: Pick<LiveLine, 'party' | 'person'>,
  ): void {
    const line = { ...whose, atMs: fromMs, text: stored.text, whole: true };
    this.live.said(line);
    void this.#minutes.said({
      ...{ ...line, lengthMs: toMs - fromMs, recognised: stored },
      ...(hidden === undefined ? {} : { hidden }),
    });
  }

  /** We begin to say `text`, which asks `asks`; the returned function is told how it ended. */
  weSay(
    text: string,
    asks: string,
    atMs: number,
  ): (end: { readonly whole: boolean; readonly heardMs: number; readonly atMs: number }) => void {
    this.live.asked(asks);
    this.discretion.asks(asks);
    const said = this.discretion.says(text, atMs);
    const line = { party: 'agent', atMs, text: said.stored, whole: true } as const;
    this.live.said(line);
    return ({ whole, heardMs, atMs: endMs }) => {
      said.heard(endMs);
      if (!whole) this.live.cut(atMs);
      void this.#minutes.said({ ...line, whole, lengthMs: heardMs });
    };
  }

  /** Resolves when the step is journalled. */
  decided(step: DecidedInCall, record: DialogueRecord | undefined): Promise<void> {
    this.live.decided(record);
    return this.#minutes.decided(step);
  }

  /** A record of the call as it may be kept. */
  kept(record: DialogueRecord): DialogueRecord {
    const { inJournal } = this.discretion;
    return inJournal === undefined ? record : inEveryText(record, inJournal);
  }

  /** Resolves when nothing waits to be written. */
  close(): Promise<void> {
    return this.#minutes.close();
  }
}
