import { SAMPLE_RATE, samplesIn, type Pcm } from '../audio/frame.js';
import type { Piece } from './newest-pieces.js';
import type { SoundOfSide } from './ports.js';

/** So much of a side is gathered before it is sealed and written: 100 ms. Each seal costs more than its bytes. */
const ENOUGH_SAMPLES = SAMPLE_RATE / 10;

/** Sound of a call that waits to be sealed. */
export class WaitingPieces {
  #pieces: Piece[] = [];
  #samples = { caller: 0, agent: 0 };

  /** Whether a side has as much as is worth a write. */
  get enough(): boolean {
    return Math.max(this.#samples.caller, this.#samples.agent) >= ENOUGH_SAMPLES;
  }

  /** PCM of one side at `atMs` from the call's start; what is before that is left out. */
  add({ side, pcm, atMs }: SoundOfSide): void {
    const piece = pieceAt(side, pcm, atMs);
    if (piece.pcm.length === 0) return;
    this.#pieces.push(piece);
    this.#samples[side] += piece.pcm.length;
  }

  /** All that waits, what follows each other as one piece; nothing waits then. */
  take(): readonly Piece[] {
    const taken = joinedPieces(this.#pieces);
    this.clear();
    return taken;
  }

  clear(): void {
    [this.#pieces, this.#samples] = [[], { caller: 0, agent: 0 }];
  }
}

/** PCM of one side at `atMs` from the call's start, which may be before it: that part is left out. */
function pieceAt(side: Piece['side'], pcm: Pcm, atMs: number): Piece {
  const sample = samplesIn(atMs);
  const inCall = sample < 0 ? pcm.subarray(-sample) : pcm;
  return { side, index: 0, sample: Math.max(0, sample), pcm: inCall };
}

/** Pieces of a side that follow each other, as one: a seal for each frame of 20 ms would be many. */
function joinedPieces(pieces: readonly Piece[]): readonly Piece[] {
  const runs: { readonly side: Piece['side']; sample: number; end: number; parts: Pcm[] }[] = [];
  for (const { side, sample, pcm } of pieces) {
    const run = runs.findLast((one) => one.side === side);
    if (run?.end !== sample) {
      runs.push({ side, sample, end: sample + pcm.length, parts: [pcm] });
      continue;
    }
    run.parts.push(pcm);
    run.end += pcm.length;
  }
  return runs.map(({ side, sample, end, parts }) => {
    const pcm = new Int16Array(end - sample);
    let at = 0;
    for (const part of parts) {
      pcm.set(part, at);
      at += part.length;
    }
    return { side, index: 0, sample, pcm };
  });
}
