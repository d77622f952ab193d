import type { Pcm } from '../audio/frame.js';
import type { Away } from '../dialogue/directory.js';
import type { ConfigurationDesk } from '../privacy/configuration-desk.js';
import type { Answers, SetUpSecrets, Surroundings } from '../privacy/set-up-answers.js';
import type { HandlingPlan } from '../reception/handling.js';
import type { StaffMember } from '../reception/handling-staff.js';
import type { FaqEntry } from '../understanding/settings.js';
import type { Understood } from '../understanding/ports.js';
import type { FaqTrial, IntentBook, ShelfPrompt } from './answers/workshop.js';

export type { FaqTrial, IntentBook, IntentExample, ShelfPrompt } from './answers/workshop.js';

/** The fixed prompts: heard, recorded, given back to the voice. */
export interface PromptShelf {
  list(): Promise<readonly ShelfPrompt[]>;
  /** As callers hear it. @throws SPEECH_NO_PROMPT */
  sound(name: string): Promise<Pcm>;
  /** Any text, spoken by the voice as prompts are. */
  say(text: string): Promise<Pcm>;
  /** Keeps a WAV file as the recording; new calls play it. @throws SPEECH_NO_PROMPT, AUDIO_… */
  record(name: string, wav: Uint8Array, who: string): Promise<void>;
  /** The voice speaks it again. @throws SPEECH_NO_PROMPT, SPEECH_NOT_RECORDED */
  remove(name: string, who: string): Promise<void>;
}

/** What callers mean: examples, training, trials. */
export interface IntentDesk {
  list(): IntentBook;
  /** @throws UNDERSTANDING_EXAMPLES_DUPLICATE, UNDERSTANDING_EXAMPLES_MALFORMED */
  add(intent: string, text: string, who: string): Promise<void>;
  /** @throws UNDERSTANDING_NO_EXAMPLE */
  remove(intent: string, text: string, who: string): Promise<void>;
  /** Trains from all examples in a process of its own; new calls use it. @throws UNDERSTANDING_NOT_TRAINED */
  train(who: string): Promise<IntentBook>;
  /** What new calls make of a text. */
  understand(text: string): Promise<Understood>;
}

/** Making an example the office's own. */
export interface FirstSetUp {
  /** Whether a configuration is an example's, as it was delivered. */
  isExample(text: string): boolean;
  /** Profiles of one's own that an office can be set up as, besides the kinds that come along. */
  ownKinds(): readonly string[];
  surroundings(): Promise<Surroundings>;
  /** The configuration of an office that answers so; not checked yet, and no secret stands in it. */
  text(answers: Answers, secrets?: SetUpSecrets): string;
  /** Writes what stands in no configuration to files of its own, where `text` says that it is. */
  keepSecrets(secrets: SetUpSecrets): void;
}

/** What the office is set up with. */
export interface Workshop {
  readonly configuration: ConfigurationDesk;
  readonly firstSetUp: FirstSetUp;
  readonly prompts: PromptShelf;
  readonly intents: IntentDesk;
  /** Tries a question at `entries`, or at those in force. */
  faq(question: string, entries?: readonly FaqEntry[]): Promise<FaqTrial>;
  plan(): HandlingPlan;
  staff(now: number, away: readonly Away[]): readonly StaffMember[];
  /** People, departments and rotas that can be rung. */
  destinations(): readonly { readonly id: string; readonly name: string }[];
  /** The office's own questions by the intent of their form, and by the id of their answer. */
  questions(): Readonly<Record<string, Readonly<Record<string, string>>>>;
}
