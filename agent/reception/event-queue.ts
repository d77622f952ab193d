import type { DialogueEvent } from '../dialogue/ports.js';

/** What the caller did, which makes what we were about to say out of date. */
const BY_THE_CALLER: ReadonlySet<DialogueEvent['kind']> = new Set(['heard', 'unheard', 'key']);
/** The same of what the staff does. */
const BY_THE_STAFF: ReadonlySet<DialogueEvent['kind']> = new Set(['taken-over', 'ended-by-staff']);

/** Events of a conversation, taken one at a time in the order in which they came. */
export class EventQueue {
  readonly #take: (event: DialogueEvent) => Promise<void>;
  readonly #drained: () => void;
  readonly #waiting: DialogueEvent[] = [];
  #taking = false;
  #idle: Promise<void> = Promise.resolve();

  /** `take` never rejects; `drained` is called each time when nothing waits any more. */
  constructor(take: (event: DialogueEvent) => Promise<void>, drained: () => void) {
    this.#take = take;
    this.#drained = drained;
  }

  /** Whether an event is being taken. */
  get taking(): boolean {
    return this.#taking;
  }

  /** Resolves when everything that waits now has been taken. */
  get idle(): Promise<void> {
    return this.#idle;
  }

  /** Whether something waits that makes what we are about to say out of date. */
  get outdates(): boolean {
    return this.#waiting.some(({ kind }) => BY_THE_CALLER.has(kind) || BY_THE_STAFF.has(kind));
  }

  add(event: DialogueEvent): void {
    this.#waiting.push(event);
    if (!this.#taking) this.#idle = this.#run();
  }

  async #run(): Promise<void> {
    this.#taking = true;
    for (let event = this.#waiting.shift(); event !== undefined; event = this.#waiting.shift()) {
      await this.#take(event);
    }
    this.#taking = false;
    this.#drained();
  }
}
