import { SAMPLE_RATE, samplesIn, type Pcm } from '../audio/frame.js';
import { CHUNK_SAMPLES } from './chunk-sound.js';
import type { Chunk } from './recording-file.js';

/** A side may lag behind the other by this much before its second is written without it. */
const LATE_SECONDS = 3;

/**
 * Puts the frames of both sides on one timeline, a second at a time, with memory for a few seconds
 * only. Gaps stay silent; where frames overlap, what came first stays.
 */
export class Timeline {
  readonly #seconds = new Map<number, Int16Array>();
  /** First sample that the side has not written yet. */
  readonly #reached = { caller: 0, agent: 0 };
  #newest = 0;
  /** Seconds before this one have been taken away. */
  #oldest = 0;

  /** Adds PCM of one side at `atMs` from the start. What is too late or already there is dropped. */
  write(side: 'caller' | 'agent', pcm: Pcm, atMs: number): void {
    const from = samplesIn(atMs);
    const floor = Math.max(this.#reached[side], this.#oldest * SAMPLE_RATE);
    // By the second and not by the sample: this is done with every frame of every call.
    for (let index = Math.max(0, floor - from); index < pcm.length;) {
      const second = Math.floor((from + index) / SAMPLE_RATE);
      const samples = this.#second(second);
      const start = second * SAMPLE_RATE - from;
      const end = Math.min(pcm.length, start + SAMPLE_RATE);
      const lane = side === 'caller' ? 0 : 1;
      for (; index < end; index += 1) samples[(index - start) * 2 + lane] = pcm[index] ?? 0;
    }
    this.#reached[side] = Math.max(this.#reached[side], from + pcm.length);
    this.#newest = Math.max(this.#newest, Math.floor((from + pcm.length) / SAMPLE_RATE));
  }

  /** The seconds that nothing more can come for, in order. */
  take(): readonly Chunk[] {
    return this.#takeBefore(this.#newest - LATE_SECONDS);
  }

  /** Everything that is left. */
  takeAll(): readonly Chunk[] {
    return this.#takeBefore(this.#newest + 1);
  }

  #takeBefore(end: number): readonly Chunk[] {
    if (end <= this.#oldest) return [];
    const taken: Chunk[] = [];
    for (const [second, samples] of [...this.#seconds].sort(([a], [b]) => a - b)) {
      if (second >= end) continue;
      this.#seconds.delete(second);
      taken.push({ second, samples });
    }
    this.#oldest = end;
    return taken;
  }

  #second(second: number): Int16Array {
    const there = this.#seconds.get(second);
    if (there !== undefined) return there;
    const fresh = new Int16Array(CHUNK_SAMPLES);
    this.#seconds.set(second, fresh);
    return fresh;
  }
}
