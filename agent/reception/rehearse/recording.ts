import { LINE_RATE } from './pacer.js';

/** One channel that grows; what was never written is silence. */
class Track {
  #samples: Int16Array;
  length = 0;

  constructor(room: number) {
    this.#samples = new Int16Array(room);
  }

  write(at: number, pcm: Int16Array): void {
    const end = at + pcm.length;
    if (at < 0) return;
    if (end > this.#samples.length) {
      const larger = new Int16Array(Math.max(end, this.#samples.length * 2));
      larger.set(this.#samples);
      this.#samples = larger;
    }
    this.#samples.set(pcm, at);
    this.length = Math.max(this.length, end);
  }

  read(from: number, to: number): Int16Array {
    const out = new Int16Array(Math.max(0, to - from));
    const begin = Math.max(0, from);
    // The time before the recording is silence too.
    if (to > begin) out.set(this.#samples.subarray(begin, to), begin - from);
    return out;
  }
}

/**
 * A stereo recording on the wall clock: left what the caller said, right what it heard.
 * Times are milliseconds from the start of the recording.
 */
export class StereoRecording {
  /** Samples a second. */
  readonly rate: number;
  readonly #said: Track;
  readonly #heard: Track;

  constructor(rate = LINE_RATE) {
    this.rate = rate;
    this.#said = new Track(rate * 60);
    this.#heard = new Track(rate * 60);
  }

  said(atMs: number, pcm: Int16Array): void {
    this.#said.write(this.#place(atMs), pcm);
  }

  heard(atMs: number, pcm: Int16Array): void {
    this.#heard.write(this.#place(atMs), pcm);
  }

  /** What was heard from `fromMs` to `toMs`; silence where nothing came. */
  heardBetween(fromMs: number, toMs: number): Int16Array {
    return this.#heard.read(this.#place(fromMs), this.#place(toMs));
  }

  /** Both channels, equally long. */
  channels(): { readonly said: Int16Array; readonly heard: Int16Array } {
    const length = Math.max(this.#said.length, this.#heard.length);
    return { said: this.#said.read(0, length), heard: this.#heard.read(0, length) };
  }

  #place(ms: number): number {
    return Math.round((ms * this.rate) / 1000);
  }
}
