import { millisecondsOf, samplesIn } from '../audio/frame.js';
import { hiddenTone } from '../audio/hidden-tone.js';
import type { SoundOfSide } from '../records/ports.js';

export type Side = 'caller' | 'agent';

export type SideFrame = SoundOfSide;

/** What of a side may not be heard again, in milliseconds of the call. */
export interface HiddenSound {
  readonly side: Side;
  readonly fromMs: number;
  readonly toMs: number;
}

/** When somebody began to speak, by the call's time, and on which side. */
interface Turn {
  readonly atMs: number;
  readonly side: Side;
}

const SIDES = ['caller', 'agent'] as const;

/** Turns, of which two of either side may begin at once. */
class Turns {
  readonly #turns = new Map<string, Turn>();

  get all(): readonly Turn[] {
    return [...this.#turns.values()];
  }

  add(turn: Turn): void {
    this.#turns.set(nameOf(turn), turn);
  }

  delete(turn: Turn): void {
    this.#turns.delete(nameOf(turn));
  }

  /** When the first of a side, or of both, began; Infinity if there is none. Asked with every frame. */
  first(side?: Side): number {
    let first = Infinity;
    for (const turn of this.#turns.values())
      if (side === undefined || turn.side === side) first = Math.min(first, turn.atMs);
    return first;
  }
}

const nameOf = ({ atMs, side }: Turn): string => `${side} ${String(atMs)}`;

type Writable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

/** Sound is let go so long after it came: a turn is noticed late, and begins before it is noticed. */
const LAG_MS = 800;
/** A turn may have begun so long before the moment that it is told with. */
const GUARD_MS = 500;
/** Nobody decides a turn later than this: what is held then stays hidden. */
const MOST_UNDECIDED_MS = 45_000;
/** Until there is consent, so much is kept in memory, and never more. */
const RING_MS = 60_000;

/**
 * The sound of a call between the line and the disk: nothing goes on before it is known whether what
 * was said in it may be kept. A crash loses what is held here, and that is the point.
 */
export class HeldSound {
  #frames: SideFrame[] = [];
  /** Turns that were begun, and nobody has decided yet. */
  readonly #undecided = new Turns();
  /** Turns whose words are known, and not yet whether they may be kept. */
  readonly #waiting = new Turns();
  #hidden: Writable<HiddenSound>[] = [];
  #nowMs = 0;

  push(frame: SideFrame): void {
    this.#frames.push(frame);
    this.#nowMs = Math.max(this.#nowMs, frame.atMs + millisecondsOf(frame.pcm));
  }

  /** Somebody on `side` began to speak: nothing from here on is let go before `decided`. */
  began(atMs: number, side: Side = 'caller'): void {
    this.#undecided.add({ atMs, side });
  }

  /** What was said in the turn that began at `atMs` is known, and what of the sound is to be hidden. */
  decided(atMs: number, hidden: readonly HiddenSound[], side: Side = 'caller'): void {
    this.#hidden.push(...hidden);
    this.#undecided.delete({ atMs, side });
    this.#waiting.delete({ atMs, side });
  }

  /** The turn's words are known and may belong to a number that is not whole yet: `decided` comes later. */
  waits(atMs: number, side: Side = 'caller'): void {
    this.#undecided.delete({ atMs, side });
    this.#waiting.add({ atMs, side });
  }

  /** Hides a side from `fromMs` on, until the returned function is told the end. */
  hide(side: Side, fromMs: number): (toMs: number) => void {
    const hidden = { side, fromMs, toMs: Infinity };
    this.#hidden.push(hidden);
    return (toMs) => {
      hidden.toMs = toMs;
    };
  }

  /** What was taken for a turn was none. */
  dropped(atMs: number, side: Side = 'caller'): void {
    this.#undecided.delete({ atMs, side });
  }

  /** Forgets what is older than a minute: nobody has agreed to its being kept. */
  trim(): void {
    const oldest = this.#nowMs - RING_MS;
    const kept = this.#frames.findIndex(({ atMs }) => atMs >= oldest);
    if (kept > 0) this.#frames.splice(0, kept);
  }

  /** Forgets everything. */
  clear(): void {
    this.#frames = [];
  }

  /** What may go to the disk now, in the order in which it came. */
  take(): readonly SideFrame[] {
    this.#giveUp();
    const first = Math.min(this.#undecided.first(), this.#waiting.first());
    return this.#before(Math.min(this.#nowMs - LAG_MS, first - GUARD_MS));
  }

  /** All the rest: the call is over. Turns that nobody decided are hidden. */
  takeAll(): readonly SideFrame[] {
    for (const turn of [...this.#undecided.all, ...this.#waiting.all])
      this.#hideFrom(turn, Infinity);
    return this.#before(Infinity);
  }

  /** What `takeAll` would let go now; nothing is let go. */
  rest(): readonly SideFrame[] {
    return this.#frames.map((frame) => this.asIfOver(frame));
  }

  /** A frame as `takeAll` would let it go now. */
  asIfOver(frame: SideFrame): SideFrame {
    const open = SIDES.flatMap((side): readonly HiddenSound[] => {
      const first = Math.min(this.#undecided.first(side), this.#waiting.first(side));
      return first === Infinity ? [] : [{ side, fromMs: first - GUARD_MS, toMs: Infinity }];
    });
    return open.length + this.#hidden.length === 0 ? frame : this.#toned(frame, open);
  }

  #giveUp(): void {
    for (const turn of this.#undecided.all) {
      if (this.#nowMs - turn.atMs > MOST_UNDECIDED_MS) this.#hideFrom(turn, this.#nowMs);
    }
  }

  #hideFrom(turn: Turn, toMs: number): void {
    this.#undecided.delete(turn);
    this.#waiting.delete(turn);
    this.#hidden.push({ side: turn.side, fromMs: turn.atMs - GUARD_MS, toMs });
  }

  /** What came before `limitMs`, in the order in which it came: asked with every frame, so it copies nothing. */
  #before(limitMs: number): readonly SideFrame[] {
    const later = this.#frames.findIndex(({ atMs }) => atMs >= limitMs);
    if (later === 0 || this.#frames.length === 0) return [];
    const gone = this.#frames.splice(0, later < 0 ? this.#frames.length : later);
    if (this.#hidden.length === 0) return gone;
    const released = gone.map((frame) => this.#toned(frame));
    // A side may be told late: what of it comes before the limit still waits behind the other side's.
    const oldestMs = this.#frames.reduce((oldest, { atMs }) => Math.min(oldest, atMs), limitMs);
    this.#hidden = this.#hidden.filter(({ toMs }) => toMs > oldestMs);
    return released;
  }

  #toned(frame: SideFrame, more: readonly HiddenSound[] = []): SideFrame {
    const endMs = frame.atMs + millisecondsOf(frame.pcm);
    const covering = [...this.#hidden, ...more].filter(
      ({ side, fromMs, toMs }) => side === frame.side && fromMs < endMs && toMs > frame.atMs,
    );
    if (covering.length === 0) return frame;
    const pcm = frame.pcm.slice();
    for (const { fromMs, toMs } of covering) {
      const from = Math.max(0, samplesIn(fromMs - frame.atMs));
      const to = Math.min(
        pcm.length,
        toMs === Infinity ? pcm.length : samplesIn(toMs - frame.atMs),
      );
      hiddenTone(pcm, from, to, samplesIn(frame.atMs));
    }
    return { ...frame, pcm };
  }
}
