/** What a model reads out of a text. */
export interface Reading {
  /** Of unit length, or of zeros where a text has nothing to tell by: what likeness is judged by. */
  readonly vector: Float32Array;
  /** What intent heads judge by: more than the vector where the model has more to tell. */
  readonly features: Float32Array;
}

/** Makes vectors of texts: the part of the encoder that depends on the model. */
export interface TextVectors {
  /** Loads what it needs; may be called twice. Throws ENGINE errors. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /**
   * Reads texts that belong to one request. What is read of a text may differ with its company by no
   * more than rounding does.
   */
  read(texts: readonly string[]): Promise<readonly Reading[]>;
}
