/** An intent and how sure the model is of it, 0..1. */
export interface Scored {
  readonly intent: string;
  readonly score: number;
}

/** The answer of the FAQ that fits best. `margin` is its lead over the next entry. */
export interface FaqMatch {
  readonly id: string;
  readonly score: number;
  readonly margin: number;
}

/** A part of what was said that an approved answer fits. */
export interface AskedPart extends Scored {
  /** The part's words, as `plain` writes them. */
  readonly text: string;
  readonly faq: FaqMatch;
}

/** What a text means. */
export interface Understood {
  readonly intent: string;
  readonly score: number;
  readonly alternatives: readonly Scored[];
  /** What else the caller wants, in the order said; absent when that is nothing. */
  readonly others?: readonly Scored[];
  readonly slots: Readonly<Record<string, { value: string; confidence: number; heard: string }>>;
  readonly emergency: boolean;
  /** Present only when an entry passed the score and the margin. */
  readonly faq: FaqMatch | undefined;
  /** Where several things were said in one breath: those that an approved answer fits; absent when none is. */
  readonly asked?: readonly AskedPart[];
  /** The language model that proposed the intent; absent when it is our own. */
  readonly proposedBy?: string;
}

/** Port of understanding, as the reception uses it. */
export interface Understanding {
  /** `asked` is what the last question is called, where there was one. */
  understand(text: string, asked?: string): Promise<Understood>;
  /** What `text` means if a phrase of emergency is said in it: known at once, also of half a sentence. */
  danger(text: string): Understood | undefined;
}
