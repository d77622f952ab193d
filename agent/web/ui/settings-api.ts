import type { Fault as ServerFault } from '../../errors.js';
import type {
  ConfigurationDiff,
  ConfigurationNow as ServerConfiguration,
  ConfigurationPreview,
  ConfigurationTaken,
  ConfigurationVersion,
} from '../../privacy/configuration-desk';
import type { StoredHandlingRule } from '../../privacy/handling-room';
import type { Decision as ServerDecision } from '../../reception/handling';
import type { StaffMember as ServerStaffMember } from '../../reception/handling-staff';
import type { FaqEntry } from '../../understanding/settings';
import type { Understood as ServerUnderstood } from '../../understanding/ports';
import type {
  FaqTrial as ServerFaqTrial,
  IntentBook as ServerIntentBook,
  ShelfPrompt,
} from '../workshop';
import type { Answered } from './answered';
import { ApiError, fetched } from './api';
import { faultWords } from './fault-words';

/** The configuration as the server has it; its values are JSON. */
export type ConfigurationNow = Omit<Answered<ServerConfiguration>, 'values'> & {
  readonly values: Values;
};
export type Fault = Answered<ServerFault>;

export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type Values = Readonly<Record<string, Json>>;

export type Taken = Answered<ConfigurationTaken>;
export type Diff = Answered<ConfigurationDiff>;
export type DifferentLine = Diff['lines'][number];
export type Preview = Answered<ConfigurationPreview>;
export type Version = Answered<ConfigurationVersion>;
export type Entry = Answered<FaqEntry>;
export type FaqTrial = Answered<ServerFaqTrial>;
export type Prompt = Answered<ShelfPrompt>;
export type IntentBook = Answered<ServerIntentBook>;
export type Understood = Answered<ServerUnderstood>;
export type StaffMember = Answered<ServerStaffMember>;
export type Decision = Answered<ServerDecision>;

export type Rule = Answered<StoredHandlingRule>;

/** The sound of a prompt as callers hear it. */
export const promptSound = async (name: string): Promise<Blob> =>
  (await fetched('GET', `/prompts/sound.wav?name=${encodeURIComponent(name)}`)).blob();

/** Any text, by the voice. */
export const spoken = async (text: string): Promise<Blob> =>
  (await fetched('POST', '/prompts/say', { text })).blob();

/** Keeps a WAV file (`audio/wav`) as the recording of a prompt. */
export const keepRecording = async (name: string, wav: Blob): Promise<void> => {
  await fetched('POST', `/prompts/recording?name=${encodeURIComponent(name)}`, wav);
};

/** Faults in the language of the page. */
export const inWords = (faults: readonly Fault[]): readonly Fault[] =>
  faults.map((fault) => ({ ...fault, message: faultWords(fault.message) }));

/** The faults that the server named, if that is why it refused. */
export const faultsOf = (error: unknown): readonly Fault[] =>
  error instanceof ApiError ? inWords(error.faults as readonly Fault[]) : [];
