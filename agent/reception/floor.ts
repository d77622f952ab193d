import { isBackchannel, isDoubtful } from '../speech/backchannel.js';
import type { Recognised } from '../speech/ports.js';
import type { Speaking } from './speaking.js';

/** What the floor needs of what is being said. */
export type FloorSpeaking = Pick<
  Speaking,
  'busy' | 'asking' | 'pause' | 'resume' | 'stop' | 'hush'
>;

/** So many false alarms in a row, and only a turn that has begun makes us fall silent. */
const MOST_ALARMS = 3;
/**
 * Who has the floor while we speak. Whoever seems to speak gets it at once; without words we take it
 * back and go on.
 */
export class Floor {
  readonly #speaking: FloorSpeaking;
  #interruptible = false;
  #cut = false;
  #alarms = 0;
  /** Whether something unclear was passed over already since we began to speak. */
  #doubted = false;

  constructor(speaking: FloorSpeaking) {
    this.#speaking = speaking;
  }

  /** We begin to say something. */
  taken(interruptible: boolean): void {
    this.#interruptible = interruptible;
    this.#cut = false;
    this.#doubted = false;
  }

  /** What we said is over. */
  left(): void {
    this.#interruptible = false;
  }

  /** Ends whatever is being said, also what may not be talked over: for a key, or danger. */
  cut(): void {
    this.#cut = true;
    this.#speaking.hush();
    this.#speaking.stop();
  }

  /**
   * Whether a long turn over what we say was not understood: nobody speaks for so long to say nothing, or
   * to show that it listens.
   */
  misses({ text }: Recognised): boolean {
    const { busy, asking } = this.#speaking;
    return this.#interruptible && busy && (text.trim() === '' || isBackchannel(text, asking));
  }

  stirred(): void {
    if (this.#interruptible && this.#alarms < MOST_ALARMS) this.#speaking.pause();
  }

  settled(): void {
    if (!this.#interruptible || this.#cut) return;
    this.#alarms += 1;
    this.#speaking.resume('here');
  }

  began(): void {
    if (this.#interruptible) this.#speaking.pause();
  }

  /** The caller's turn is over. True if it said something that wants an answer; else we go on. */
  answers(recognised: Recognised): boolean {
    const { busy, asking } = this.#speaking;
    const text = recognised.text.trim();
    if (text !== '' && !(busy && this.#passesOver(recognised, asking))) {
      this.#alarms = 0;
      return true;
    }
    this.goOn();
    return false;
  }

  /** Says again what was being said when the caller made itself heard. */
  goOn(): void {
    if (!this.#cut) this.#speaking.resume('clause');
  }

  /** The caller has said something that is answered: whatever may be cut is. */
  yield(): void {
    if (this.#interruptible) this.#speaking.stop();
  }

  #passesOver(recognised: Recognised, asking: boolean): boolean {
    if (isBackchannel(recognised.text, asking)) return true;
    if (!isDoubtful(recognised, asking)) return false;
    // Who says something unclear twice wants something.
    const first = !this.#doubted;
    this.#doubted = true;
    return first;
  }
}
