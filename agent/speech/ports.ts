import type { Pcm } from '../audio/frame.js';
import type { Pronunciation } from './pronunciation.js';

/** One line's voice activity: frames in, probabilities of speech out. */
export interface VadLine {
  /**
   * Takes 20 ms of PCM at 16 kHz, which may not be written into any more. Never blocks; a dead worker makes it
   * a no-op until it is back.
   */
  push(frame: Pcm): void;
  /** Forgets what was heard so far. */
  reset(): void;
  close(): void;
}

/** Hears `probability` (0..1) for the window of audio that ends `endMs` ms after the line's first frame. */
export type VadListener = (probability: number, endMs: number) => void;

/** Port of voice-activity detection, batched over all lines of this process. */
export interface VoiceActivity {
  open(listener: VadListener): VadLine;
}

/** A recognised word; times in seconds from the start of the utterance's audio. */
export interface Word {
  readonly word: string;
  readonly start: number;
  readonly end: number;
  /** 0..1 */
  readonly confidence: number;
  /** The engine tells no times: these were made from the text and the audio. */
  readonly estimated?: boolean;
}

/** When a worker answered a question, by the monotonic clock of who asked, in milliseconds. */
export interface WorkerTimes {
  readonly askedAt: number;
  readonly answeredAt: number;
  /** For how long it worked on the answer, as it says itself; before, the question waited for its turn. */
  readonly workedMs: number;
}

/** What was recognised of an utterance. */
export interface Recognised {
  readonly text: string;
  readonly words: readonly Word[];
  /** 0..1; 0 when nothing was recognised. */
  readonly confidence: number;
  readonly engine: string;
  readonly secondsAudio: number;
  readonly secondsCpu: number;
  /**
   * What it may have been besides, likeliest first. Where the text is empty they only count if they are what
   * was asked for.
   */
  readonly readings?: readonly string[];
  /** Of a trial: `finish` may know better, though nothing was said since. */
  readonly provisional?: boolean;
  /** When the worker made it; undefined where it tells nothing of that. */
  readonly times?: WorkerTimes;
}

export interface RecogniseSettings {
  /** BCP 47 language, such as `en`. */
  readonly language: string;
  /** Phrases that are likely after what was asked, in any order and number, such as digits. */
  readonly expected?: readonly string[];
  /** Whole answers that are likely, each alone; the caller may still say anything. */
  readonly answers?: readonly string[];
  /** Names that are likely anywhere in what is said, as "Doctor Carter" in "Is Doctor Carter there?" */
  readonly names?: readonly string[];
  /** Word times are wanted as good as they can be had, also where that costs several times the text. */
  readonly wordTimes?: boolean;
  /** So many other texts are wanted, of what was not heard surely. */
  readonly readings?: number;
}

/**
 * One utterance being recognised: one stream of the worker. Whoever opens it calls `finish` or
 * `cancel`; both may be called twice.
 */
export interface Utterance {
  push(pcm: Pcm): void;
  /** Decodes what has been pushed so far and keeps it; more may follow. */
  speculate(): Promise<Recognised>;
  /**
   * The final text of all that was pushed. If nothing came since `speculate`, its result is reused unless it
   * was provisional.
   */
  finish(): Promise<Recognised>;
  cancel(): void;
}

/** Port of speech recognition. */
export interface Recogniser {
  /** `onPartial` hears growing text where the engine gives any. */
  listen(settings: RecogniseSettings, onPartial?: (text: string) => void): Utterance;
}

export interface SpeakSettings {
  readonly language: string;
  /** Name of the voice in the model catalogue; the worker's own if absent. */
  readonly voice?: string | undefined;
  /** 1 is the voice's own pace; 1.2 is faster. */
  readonly pace?: number;
  /** Words that are said otherwise than they are written. */
  readonly pronunciations?: readonly Pronunciation[];
}

/** How somebody hears a text while it is made. */
export interface Heard {
  /** Aborts when nobody wants the rest any more. */
  readonly signal: AbortSignal;
  /** How much is still to be heard of what came before, in milliseconds. */
  readonly aheadMs: number;
  /** Hears when the first clause was made, where a worker makes it and tells. */
  readonly told?: (times: WorkerTimes) => void;
}

/**
 * Port of speech synthesis: yields PCM clause by clause as it is ready; for somebody who hears it as it
 * comes, shortly before it is heard.
 */
export interface Voice {
  speak(text: string, settings: SpeakSettings, live?: Heard): AsyncIterable<Pcm>;
}

/** A text's sentence vector (unit length) and, if a head was named, that head's logits. */
export interface Embedded {
  readonly vector: Float32Array;
  readonly logits: Float32Array | undefined;
  /** Greatest cosine to an example of the head that is in scope; undefined where it does not tell. */
  readonly near: number | undefined;
}

/** What heads are trained from. */
export interface TextReading {
  /** Of unit length: what likeness is judged by. */
  readonly vector: Float32Array;
  /** What heads judge each text by. */
  readonly features: Float32Array;
}

/** Port of the sentence encoder and the trained intent heads. */
export interface Encoder {
  /** `head` is the path of a head's ONNX file trained by `vestibule intents train`. */
  embed(texts: readonly string[], head?: string): Promise<readonly Embedded[]>;
  /** What heads are trained from; each of the two has one length for all texts. */
  readings(texts: readonly string[]): Promise<readonly TextReading[]>;
}
