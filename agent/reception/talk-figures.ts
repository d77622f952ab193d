import type { DialogueAction, DialogueEvent } from '../dialogue/ports.js';
import type { CallFigures } from '../records/ports.js';

/** What is not understood is asked again, offered a person, or connected. */
const NOT_UNDERSTOOD = /^(?:nonsense\.|person\.not-understood$)/u;
/** No wish: a turn in the talk, and what fits nothing. */
const NO_WISH = /^(?:control\..+|oos)$/u;
/** We were still speaking so shortly before the caller ended: what follows is no answer to it. */
const TALKED_OVER_MS = 120;

interface Step {
  readonly event: DialogueEvent;
  readonly actions: readonly DialogueAction[];
  readonly reason: string;
}

/**
 * The figures of one call while it runs: how long the caller waited for our answers and for a person, and
 * to what the turns that nobody understood were nearest. Times in milliseconds of the call; no words are
 * kept.
 */
export class TalkFigures {
  readonly #pauses: number[] = [];
  readonly #waits: number[] = [];
  readonly #missed: string[] = [];
  #turnEndedMs: number | undefined;
  #heardUntilMs = -Infinity;
  #ringsFromMs: number | undefined;

  /** The caller said something that is answered, until `atMs`. */
  turnEnded(atMs: number): void {
    this.#turnEndedMs = this.#heardUntilMs > atMs - TALKED_OVER_MS ? undefined : atMs;
  }

  /** The caller heard us until `atMs`, for `lengthMs`. */
  played(atMs: number, lengthMs: number): void {
    const ended = this.#turnEndedMs;
    this.#turnEndedMs = undefined;
    this.#heardUntilMs = atMs + lengthMs;
    if (ended !== undefined && atMs >= ended) this.#pauses.push(atMs - ended);
  }

  decided({ event, actions, reason }: Step, atMs: number): void {
    // What comes after a silence is no answer to what was said before it.
    if (event.kind === 'silence') this.#turnEndedMs = undefined;
    if (event.kind === 'heard' && NOT_UNDERSTOOD.test(reason)) {
      this.#missed.push(nearest(event.understood));
    }
    const ends =
      event.kind === 'transfer-ended' || (event.kind === 'talk' && event.what === 'connected');
    if (ends) this.#reached(atMs);
    if (actions.some((action) => action.do === 'transfer')) this.#ringsFromMs = atMs;
  }

  get value(): CallFigures {
    const [pauses, waits] = [this.#pauses, this.#waits];
    return {
      ...(pauses.length === 0 ? {} : { pauses: pauses.length, meanPauseMs: mean(pauses) }),
      ...(waits.length === 0 ? {} : { waits: waits.length, meanWaitMs: mean(waits) }),
      missed: this.#missed,
    };
  }

  #reached(atMs: number): void {
    if (this.#ringsFromMs !== undefined) this.#waits.push(atMs - this.#ringsFromMs);
    this.#ringsFromMs = undefined;
  }
}

type Understood = Extract<DialogueEvent, { kind: 'heard' }>['understood'];

/** The intent that a turn was nearest to; `oos` when it was near none. */
function nearest({ intent, alternatives }: Understood): string {
  const ranked = [intent, ...alternatives.map((one) => one.intent)];
  return ranked.find((one) => !NO_WISH.test(one)) ?? 'oos';
}

const mean = (values: readonly number[]): number =>
  Math.round(values.reduce((sum, one) => sum + one, 0) / values.length);
