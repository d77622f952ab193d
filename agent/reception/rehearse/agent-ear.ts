import { VoicedDetector } from '../../audio/level.js';
import { PACKET_MS } from './pacer.js';

/** A stretch of speech of the other side, in milliseconds of the recording. */
export interface Turn {
  readonly startMs: number;
  readonly endMs: number;
}

/** The simulated caller's ears: tells when the other side speaks and when it has finished. */
export class AgentEar {
  readonly #pauseMs: number;
  readonly #detector = new VoicedDetector();
  readonly #onTurn: (turn: Turn) => void;
  #startMs: number | undefined;
  #voicedMs = 0;
  #heardMs = 0;

  /** A turn is over after `pauseMs` of silence. */
  constructor(pauseMs: number, onTurn: (turn: Turn) => void) {
    this.#pauseMs = pauseMs;
    this.#onTurn = onTurn;
  }

  /** Whether the other side speaks or pauses within a turn. */
  get speaking(): boolean {
    return this.#startMs !== undefined;
  }

  /** Start of the turn that goes on. */
  get startMs(): number | undefined {
    return this.#startMs;
  }

  /** How long nothing has been heard. */
  get silentMs(): number {
    return this.#heardMs - this.#voicedMs;
  }

  /** Takes the next 20 ms, which begin at `atMs`. */
  push(frame: Int16Array, atMs: number): void {
    this.#heardMs = atMs + PACKET_MS;
    if (this.#detector.push(frame)) {
      // The detector is sure at the second frame only.
      this.#startMs ??= atMs - PACKET_MS;
      this.#voicedMs = this.#heardMs;
    } else if (this.silentMs >= this.#pauseMs) this.close();
  }

  /** The call is over: so is the turn. */
  close(): void {
    if (this.#startMs === undefined) return;
    const turn = { startMs: this.#startMs, endMs: this.#voicedMs };
    this.#startMs = undefined;
    this.#onTurn(turn);
  }
}
