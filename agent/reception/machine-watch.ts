import type { Pcm } from '../audio/frame.js';
import { ToneDetector, type MachineTone } from '../audio/tones.js';

/** Machines show themselves at once; later only music and keys would be heard as one. */
const WATCHED_MS = 20_000;

/** Listens for a fax machine or a text telephone at the start of a call. */
export class MachineWatch {
  readonly #found: (tone: MachineTone) => void;
  #detector: ToneDetector | undefined = new ToneDetector();

  /** `found` is called at most once. */
  constructor(found: (tone: MachineTone) => void) {
    this.#found = found;
  }

  /** Takes 20 ms of the caller's audio that begins `atMs` after the call did. */
  frame(pcm: Pcm, atMs: number): void {
    if (atMs > WATCHED_MS) this.#detector = undefined;
    const tone = this.#detector?.push(pcm);
    if (tone === undefined) return;
    this.#detector = undefined;
    this.#found(tone);
  }
}
