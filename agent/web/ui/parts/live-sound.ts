import { link } from '../link';

/** Samples a second of what the server sends (mono, 16 bit, little endian). */
const RATE = 16_000;
/** Sound is played so much later than it came: what is late by less is not heard to be. */
const BEHIND_S = 0.3;
/** Farther behind or ahead than this, the clock is set anew. */
const OFF_S = 1.2;
const HEADER_BYTES = 8;

type Side = 'caller' | 'agent';

/**
 * Plays what comes over the link: the caller left, the receptionist right, each piece at its place in the
 * call's time. `level` hears how loud each side is, 0 to 1.
 */
export class LiveSound {
  readonly #context = new AudioContext();
  readonly #gains: Readonly<Record<Side, GainNode>>;
  readonly #off: () => void;
  readonly #level: (side: Side, level: number) => void;
  /** Context time at which the call began; undefined before the first piece. */
  #zero: number | undefined;

  constructor(level: (side: Side, level: number) => void) {
    this.#level = level;
    this.#gains = { caller: this.#channel(-0.8), agent: this.#channel(0.8) };
    this.#off = link.listenToSound((piece) => this.#play(piece));
    void this.#context.resume();
  }

  close(): void {
    this.#off();
    void this.#context.close();
  }

  #channel(pan: number): GainNode {
    const gain = this.#context.createGain();
    const panner = this.#context.createStereoPanner();
    panner.pan.value = pan;
    gain.connect(panner).connect(this.#context.destination);
    return gain;
  }

  #play(piece: ArrayBuffer): void {
    const view = new DataView(piece);
    const side: Side = view.getUint8(0) === 0 ? 'caller' : 'agent';
    const atS = view.getUint32(4, true) / 1000;
    const samples = new Int16Array(piece, HEADER_BYTES);
    if (samples.length === 0) return;
    const buffer = this.#context.createBuffer(1, samples.length, RATE);
    const channel = buffer.getChannelData(0);
    let most = 0;
    for (let at = 0; at < samples.length; at += 1) {
      const value = (samples[at] ?? 0) / 32_768;
      channel[at] = value;
      most = Math.max(most, Math.abs(value));
    }
    this.#level(side, most);
    const now = this.#context.currentTime;
    if (this.#zero === undefined || Math.abs(this.#zero + atS - now) > OFF_S) {
      this.#zero = now + BEHIND_S - atS;
    }
    const source = this.#context.createBufferSource();
    source.buffer = buffer;
    source.connect(this.#gains[side]);
    source.start(Math.max(now, this.#zero + atS));
  }
}
