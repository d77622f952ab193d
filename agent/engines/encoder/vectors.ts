/** Makes vectors of texts: the part of the encoder that depends on the model. */
export interface TextVectors {
  /** Numbers in a vector. */
  readonly size: number;
  /** Loads what it needs; may be called twice. Throws ENGINE errors. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** The vector of `text`, of unit length; of zeros where a text has nothing to tell by. */
  vector(text: string): Promise<Float32Array>;
}
