import type { DialogueRecord } from '../../dialogue/record/record.js';

/** Something that was said in a running call, as it may be stored. */
export interface LiveLine {
  readonly party: 'caller' | 'agent';
  /** Id of the transfer target who said it, on our side of the call. */
  readonly person?: string;
  /** Milliseconds from the call's start. */
  readonly atMs: number;
  readonly text: string;
  /** False if it was cut short. */
  readonly whole: boolean;
}

/** Where a running talk stands. */
export interface LiveTalk {
  /** What the latest question is called; undefined before the first. */
  readonly asks: string | undefined;
  /** Code of what the call is mainly about, as far as that is known. */
  readonly intent: string | undefined;
  readonly urgency: DialogueRecord['urgency'];
  /** The name that the caller gave. */
  readonly name: string | undefined;
  readonly lines: readonly LiveLine[];
  /** What the caller is in the middle of saying; empty between turns. */
  readonly partial: string;
}

/**
 * What can be seen of one talk while it runs: in memory only, and never more than what may be stored.
 * `changed` is called whenever there is something new.
 */
export class LiveNotes implements LiveTalk {
  asks: string | undefined;
  intent: string | undefined;
  urgency: DialogueRecord['urgency'] = 'unknown';
  name: string | undefined;
  readonly lines: LiveLine[] = [];
  partial = '';
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  asked(question: string): void {
    this.asks = question;
    this.#changed();
  }

  /** `text` grows while the caller speaks. */
  hears(text: string): void {
    if (text === this.partial) return;
    this.partial = text;
    this.#changed();
  }

  said(line: LiveLine): void {
    const later = this.lines.findIndex(({ atMs }) => atMs > line.atMs);
    this.lines.splice(later < 0 ? this.lines.length : later, 0, line);
    if (line.party === 'caller') this.partial = '';
    this.#changed();
  }

  /** It is known what may be read of what was said at `atMs`. */
  mended(party: LiveLine['party'], atMs: number, text: string): void {
    const at = this.lines.findLastIndex((one) => one.party === party && one.atMs === atMs);
    const line = this.lines[at];
    if (line === undefined) return;
    this.lines[at] = { ...line, text };
    this.#changed();
  }

  /** What we say from `atMs` on was not heard to its end. */
  cut(atMs: number): void {
    const at = this.lines.findLastIndex((one) => one.party === 'agent' && one.atMs === atMs);
    const line = this.lines[at];
    if (line === undefined) return;
    this.lines[at] = { ...line, whole: false };
    this.#changed();
  }

  decided(record: DialogueRecord | undefined): void {
    this.intent = record?.intent ?? undefined;
    this.urgency = record?.urgency ?? 'unknown';
    this.name = record?.slots.name?.value ?? undefined;
    this.#changed();
  }
}
