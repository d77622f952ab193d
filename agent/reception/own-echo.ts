import { EchoCanceller } from '../audio/echo-canceller.js';
import { EchoGuard } from '../audio/echo.js';
import { millisecondsOf, type Pcm } from '../audio/frame.js';

/** So long after something was played its echo may come. */
const ECHO_MS = 700;
/** What the voice activity judges at once. */
const WINDOW_MS = 32;
/** Looking for an echo costs milliseconds: not at every window. */
const LEARN_EVERY_MS = 96;

/** Our own voice, as it comes back on a line: learnt, taken away, and told from the caller's. Times are the line's. */
export class OwnEcho {
  readonly #guard = new EchoGuard();
  /** From when an echo is known: most lines have none. */
  #canceller: EchoCanceller | undefined;
  #learntMs = -Infinity;
  /** Line time of the last window of speech while we spoke, whoever spoke. */
  #loudMs = -Infinity;
  /** Line time up to which something was played. */
  #playedToMs = -Infinity;

  /** Takes 20 ms of the line that begin at `atMs`; returns them without our own voice. */
  heard(pcm: Pcm, atMs: number): Pcm {
    this.#guard.heard(pcm, atMs);
    return this.#canceller?.clean(pcm, atMs) ?? pcm;
  }

  /** Takes what was played, which may come back. */
  played(pcm: Pcm, atMs: number): void {
    this.#playedToMs = Math.max(this.#playedToMs, atMs + millisecondsOf(pcm));
    this.#guard.played(pcm, atMs);
    this.#canceller?.played(pcm, atMs);
  }

  /** Whether an echo was ever heard on this line. */
  get known(): boolean {
    return this.#guard.echo !== undefined;
  }

  /** Whether what is heard at `atMs` may be one: we speak, or did a moment ago. */
  mayCome(atMs: number): boolean {
    return atMs <= this.#playedToMs + ECHO_MS;
  }

  /** Whether the window that ends at `endMs`, with `speech` or not, is our own voice; then it is learnt from. */
  isOurs(endMs: number, speech: boolean): boolean {
    if (speech) this.#loudMs = endMs;
    if (endMs - this.#loudMs < LEARN_EVERY_MS && endMs - this.#learntMs >= LEARN_EVERY_MS) {
      this.#learntMs = endMs;
      this.#guard.learn(endMs);
    }
    const { echo } = this.#guard;
    if (echo === undefined || !this.#guard.explainsMoment(endMs)) return false;
    this.#canceller ??= new EchoCanceller();
    this.#canceller.learn(endMs - WINDOW_MS, endMs, echo.delayMs);
    return speech;
  }

  /** Whether what was heard between these times is our own voice and nothing else. */
  explains(fromMs: number, toMs: number): boolean {
    return this.#guard.explains(fromMs, toMs);
  }
}
