import type { Pcm } from '../audio/frame.js';
import type { RecognizeResult, RecognizeSettings } from '../speech/protocol.js';

/** What an utterance is opened with; `alternatives` asks for so many instead of word confidences. */
export interface HearSettings extends RecognizeSettings {
  readonly alternatives?: number;
}

/** One way to read a segment. */
export interface Alternative {
  readonly text: string;
  /** 0..1, or a log-likelihood where there are several alternatives. */
  readonly confidence: number;
  readonly words: RecognizeResult['words'];
}

/** A result with the alternatives that were asked for, best first; at least one. */
export interface HeardResult extends RecognizeResult {
  readonly alternatives: readonly Alternative[];
}

/** Who hears what an utterance brings while it goes on. */
export interface HearListener {
  /** The text so far, after each decoding of new audio, where the engine decodes as it hears. */
  partial?(text: string): void;
  /**
   * With this the engine splits at its own endpoints: it gets each segment that ends, and `finish`
   * gives the rest. Without it an utterance is one piece.
   */
  segment?(result: HeardResult): void;
}

/** One utterance with an engine. `finish` or `cancel` ends it; both may be called twice. */
export interface HeardUtterance {
  push(pcm: Pcm): void;
  /** What stands now. `provisional` in the result says that `finish` may still know better. */
  speculate(): Promise<RecognizeResult>;
  finish(): Promise<HeardResult>;
  cancel(): void;
}

/** A recognition engine as the services of a worker use it. */
export interface RecognitionEngine {
  /** As results name it. */
  readonly engine: string;
  /** Loads the model. Throws ENGINE errors. */
  start(): Promise<void>;
  stop(): Promise<void>;
  hear(settings: HearSettings, listener: HearListener): HeardUtterance;
}

/** An utterance's audio beyond this is dropped from its start, so that no client fills the memory. */
export const MOST_HELD_MS = 120_000;
