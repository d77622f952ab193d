import { rmsDbfs, VoicedDetector } from '../../audio/level.js';
import { PACKET_MS } from './pacer.js';

/** What a telephone sends while its user says nothing. */
export type Dtx = 'off' | 'nothing' | 'comfort-noise';

/** Silence is sent this long after the last sound: the end of a word is quiet. */
const HANGOVER_MS = 200;
/** Comfort noise is told of again after this long. */
const COMFORT_EVERY_MS = 400;
/** Quieter than the ears: a telephone rather sends noise than cuts a word. */
const FLOOR = { floorDbfs: -55, aboveNoiseDb: 6 };

/** What is sent for one frame. */
export type Sending = 'audio' | 'comfort-noise' | 'nothing';

/** Discontinuous transmission of the simulated telephone: no audio while nothing is said. */
export class DtxGate {
  readonly #mode: Dtx;
  readonly #detector = new VoicedDetector(FLOOR);
  #quietMs = 0;

  constructor(mode: Dtx) {
    this.#mode = mode;
  }

  /** Takes the next 20 ms that leave the telephone. */
  push(frame: Int16Array): Sending {
    if (this.#mode === 'off') return 'audio';
    this.#quietMs = this.#detector.push(frame) ? 0 : this.#quietMs + PACKET_MS;
    const silentMs = this.#quietMs - HANGOVER_MS;
    if (silentMs <= 0) return 'audio';
    // Told of with the first silent frame.
    const due = (silentMs - PACKET_MS) % COMFORT_EVERY_MS === 0;
    return this.#mode === 'comfort-noise' && due ? 'comfort-noise' : 'nothing';
  }
}

/** Payload of a comfort noise packet for the noise in `frame`: its level in -dBov (RFC 3389 section 3). */
export const comfortNoise = (frame: Int16Array): Uint8Array =>
  Uint8Array.of(Math.min(127, Math.round(-rmsDbfs(frame))));
