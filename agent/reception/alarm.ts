import type { Understanding, Understood } from '../understanding/ports.js';
import { wordsOf } from '../understanding/text.js';

/** Words at the end of a growing text that the next look may turn into others, or deny. */
const UNSETTLED_WORDS = 2;

/**
 * Notices danger in what a caller says before the caller has finished. A text that still grows counts
 * where its settled part tells of danger, or where two looks in a row do.
 */
export class Alarm {
  readonly #understanding: Pick<Understanding, 'danger'>;
  #suspected = false;
  #raised = false;

  constructor(understanding: Pick<Understanding, 'danger'>) {
    this.#understanding = understanding;
  }

  /** A turn begins. */
  reset(): void {
    this.#suspected = false;
    this.#raised = false;
  }

  /** What the text so far means, the first time in a turn that it surely tells of danger. */
  heard(text: string): Understood | undefined {
    if (this.#raised) return undefined;
    const danger = this.#understanding.danger(text);
    const sure = this.#suspected || this.#understanding.danger(settled(text)) !== undefined;
    this.#suspected = danger !== undefined;
    if (danger === undefined || !sure) return undefined;
    this.#raised = true;
    return danger;
  }
}

const settled = (text: string): string => wordsOf(text).slice(0, -UNSETTLED_WORDS).join(' ');
