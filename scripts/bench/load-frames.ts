import { rmsDbfs, voicedFrames } from '../../agent/audio/level.js';

/** Samples a second of both tracks here. */
export const RATE = 8000;
const SLOT = RATE / 100;
const HOP = RATE / 50;
/** Speech is followed in pieces of this many samples. */
const PIECE = (RATE * 32) / 100;
/** How far a piece may lie from where it is looked for first, and at most, in samples. */
const NEAR = RATE / 40;
const DRIFT = RATE / 10;
/** Every other sample tells how alike two pieces are. */
const STRIDE = 2;
/** Loud enough to be missed, and so quiet that it is missing, in dBFS. */
const LOUD = -32;
const GONE_BELOW = 30;
/** Pieces that agree less than this are not compared: other sounds lie over them. */
const ALIKE = 0.6;

export interface FrameLoss {
  /** Frames of 20 ms that were compared. */
  readonly compared: number;
  readonly lost: number;
  /** Frames of silence that lie between frames of speech: nothing is missing, the rest comes later. */
  readonly late: number;
  /** Frames of loud speech that could not be compared. */
  readonly unlike: number;
}

/** How loud each 20 ms is, from 0 up. */
const envelope = (pcm: Int16Array): Float64Array =>
  Float64Array.from({ length: Math.floor(pcm.length / HOP) }, (_, at) =>
    Math.max(0, rmsDbfs(pcm.subarray(at * HOP, (at + 1) * HOP)) + 50),
  );

/** Samples that `other` lies behind `track`, as a whole. */
function offset(track: Int16Array, other: Int16Array): number {
  const [a, b] = [envelope(track), envelope(other)];
  let best = { sum: -1, lag: 0 };
  for (let lag = -a.length; lag <= b.length; lag += 1) {
    let sum = 0;
    const to = Math.min(a.length, b.length - lag);
    for (let at = Math.max(0, -lag); at < to; at += 1) sum += (a[at] ?? 0) * (b[at + lag] ?? 0);
    if (sum > best.sum) best = { sum, lag };
  }
  return best.lag * HOP;
}

interface Placed {
  readonly lag: number;
  readonly alike: number;
}

/** Where a piece of `track` lies best in `other`, within `reach` of `near`, and how alike they are. */
function within(
  track: Int16Array,
  from: number,
  other: Int16Array,
  near: number,
  reach: number,
): Placed {
  let best = { lag: near, alike: 0 };
  for (let lag = near - reach; lag <= near + reach; lag += 1) {
    let [cross, own, its] = [0, 1, 1];
    for (let at = from; at < from + PIECE; at += STRIDE) {
      const x = track[at] ?? 0;
      const y = other[at + lag] ?? 0;
      cross += x * y;
      own += x * x;
      its += y * y;
    }
    const alike = cross / Math.sqrt(own * its);
    if (alike > best.alike) best = { lag, alike };
  }
  return best;
}

function place(track: Int16Array, from: number, other: Int16Array, near: number): Placed {
  const found = within(track, from, other, near, NEAR);
  return found.alike < ALIKE ? within(track, from, other, near, DRIFT) : found;
}

/**
 * Follows the speech of `sent` in `arrived`, both at RATE: a frame is lost where speech is silence at
 * the other end, or where speech that follows lies nearer than before. Where it lies farther, silence was
 * put in: what was sent is all there.
 */
export function framesLost(sent: Int16Array, arrived: Int16Array): FrameLoss {
  const whole = offset(sent, arrived);
  const voiced = voicedFrames(sent, PIECE);
  let [compared, lost, late, unlike] = [0, 0, 0, 0];
  let before: number | undefined;
  /** Frames that are silence in the piece before: lost, unless what follows lies farther. */
  let silent = 0;
  const apart = (): void => {
    lost += silent;
    [silent, before] = [0, undefined];
  };
  let lag = whole;
  voiced.forEach((speaks, at) => {
    const from = at * PIECE;
    // What lies outside of the other recording was not lost.
    const outside = from + lag < DRIFT || from + lag + PIECE + DRIFT > arrived.length;
    if (!speaks || outside || rmsDbfs(sent.subarray(from, from + PIECE)) < LOUD) {
      apart();
      return;
    }
    const found = place(sent, from, arrived, lag);
    if (found.alike < ALIKE) {
      unlike += PIECE / HOP;
      apart();
      return;
    }
    compared += PIECE / HOP;
    lag = found.lag;
    const moved = Math.round((found.lag - (before ?? found.lag)) / HOP);
    before = found.lag;
    let missing = 0;
    for (let slot = from; slot < from + PIECE; slot += SLOT) {
      const level = rmsDbfs(sent.subarray(slot, slot + SLOT));
      const there = rmsDbfs(arrived.subarray(slot + lag, slot + lag + SLOT));
      if (level > LOUD && there < level - GONE_BELOW) missing += SLOT;
    }
    if (moved > 0) late += moved;
    else lost += silent - moved;
    silent = moved > 0 ? 0 : Math.ceil(missing / HOP);
  });
  apart();
  return { compared, lost, late, unlike };
}
