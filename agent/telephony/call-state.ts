import { telephonyErrors } from './errors.js';

/**
 * The states of a call, as Asterisk sees them and as we hold them.
 *
 *            StasisStart            ear up                 last word said
 *   (new) ──► offered ──answer──► answered ──► talking ──────► ended
 *                │                    │          │  ▲            ▲
 *                │                    │ transfer │  │ returned   │
 *                │                    │          ▼  │            │
 *                │                    │        with-person ──────┤
 *                └────────────────────┴──────────────────────────┘
 *                        caller hangs up, or something fails
 *
 * Where staff ring first, a call goes from offered to with-person at once.
 */
export type CallState = 'offered' | 'answered' | 'talking' | 'with-person' | 'ended';

const TRANSITIONS: Readonly<Record<CallState, readonly CallState[]>> = {
  offered: ['answered', 'with-person', 'ended'],
  answered: ['talking', 'ended'],
  talking: ['with-person', 'ended'],
  'with-person': ['answered', 'ended'],
  ended: [],
};

/** The state of one call; a change that the table does not list throws TELEPHONY_STATE_UNLISTED. */
export class CallStateHolder {
  #state: CallState = 'offered';

  get state(): CallState {
    return this.#state;
  }

  to(next: CallState): void {
    if (!TRANSITIONS[this.#state].includes(next)) {
      throw telephonyErrors.make('STATE_UNLISTED', { place: `${this.#state} to ${next}` });
    }
    this.#state = next;
  }
}
