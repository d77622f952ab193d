import type { ReadingRoom } from '../privacy/reading-room.js';
import type { Encoder, Recogniser, Voice } from '../speech/ports.js';
import type { RenderedPbx } from '../telephony/pbx/render.js';
import type { HeadDescription } from '../understanding/head.js';

/** Speech workers that a command may use: those that run, or some of its own. */
export interface Speech {
  readonly encoder: Encoder;
  readonly voice: Voice;
  readonly recogniser: Recogniser;
}

/** What the commands need of the house; main.ts builds it. Commands import no configuration. */
export interface House {
  /** Checks the configuration. @throws CONFIG_… with every fault */
  check(): void;
  /** Renders Asterisk's configuration and the supervisor's plan; returns the plan's path. */
  render(): { readonly pbx: RenderedPbx; readonly plan: string; readonly sipPort: number };
  /** Answers calls until the process is told to end. */
  run(): Promise<void>;
  /** Trains the intent head; without `force` only when examples or encoder changed. */
  train(force: boolean): Promise<{ readonly head: HeadDescription; readonly trained: boolean }>;
  /** Opens the store for reading for the length of `use`. */
  reading<T>(use: (room: ReadingRoom, who: string) => Promise<T>): Promise<T>;
  /** Lends speech workers for the length of `use`: the running ones, else its own. */
  speech<T>(
    kinds: readonly ('encoder' | 'voice' | 'recogniser')[],
    use: (speech: Speech) => Promise<T>,
  ): Promise<T>;
  readonly language: string;
}
