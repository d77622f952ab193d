import type { Pcm } from '../audio/frame.js';
import type { Recognised, RecogniseSettings, Recogniser, Utterance } from './ports.js';

/**
 * Two engines as one: the first gives the final text, the second the text that grows meanwhile. The
 * second is heard only by who asks for partial text, and its failure is nobody's loss.
 */
export class RecogniserPair implements Recogniser {
  readonly #final: Recogniser;
  readonly #partial: Recogniser;

  constructor(final: Recogniser, partial: Recogniser) {
    this.#final = final;
    this.#partial = partial;
  }

  listen(settings: RecogniseSettings, onPartial?: (text: string) => void): Utterance {
    const final = this.#final.listen(settings);
    if (onPartial === undefined) return final;
    return new PairedUtterance(final, this.#partial.listen(settings, onPartial));
  }
}

class PairedUtterance implements Utterance {
  readonly #final: Utterance;
  readonly #partial: Utterance;

  constructor(final: Utterance, partial: Utterance) {
    this.#final = final;
    this.#partial = partial;
  }

  push(pcm: Pcm): void {
    this.#final.push(pcm);
    this.#partial.push(pcm);
  }

  speculate(): Promise<Recognised> {
    return this.#final.speculate();
  }

  finish(): Promise<Recognised> {
    // What still grows is of no use once the final text is asked for.
    this.#partial.cancel();
    return this.#final.finish();
  }

  cancel(): void {
    this.#partial.cancel();
    this.#final.cancel();
  }
}
