import { ApiError, fetched } from './api';

/** The configuration as the server has it. */
export interface ConfigurationNow {
  readonly text: string;
  readonly hash: string;
  readonly values: Values;
  readonly faults: readonly Fault[];
  readonly waits: readonly string[];
  /** Days of the calendar file, which are no part of the text. */
  readonly importedDays: readonly { readonly date: string; readonly name: string }[];
}

export interface Fault {
  readonly path: string;
  readonly message: string;
  readonly line?: number;
}

export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type Values = Readonly<Record<string, Json>>;

export interface Taken {
  readonly version?: number;
  readonly hash: string;
  readonly waits: readonly string[];
}

export interface Difference {
  readonly path: string;
  readonly was?: string;
  readonly is?: string;
}

export interface DifferentLine {
  readonly what: 'same' | 'added' | 'removed' | 'gap';
  readonly old?: number;
  readonly fresh?: number;
  readonly text: string;
}

export interface Diff {
  readonly lines: readonly DifferentLine[];
  readonly settings: readonly Difference[];
}

export interface Preview {
  readonly faults: readonly Fault[];
  readonly waits: readonly string[];
  readonly diff: Diff;
}

export interface Version {
  readonly number: number;
  readonly at: number;
  readonly who: string;
  readonly why?: string;
  readonly hash: string;
}

export interface Entry {
  readonly id: string;
  readonly questions: readonly string[];
  readonly answer: string;
}

export interface FaqTrial {
  readonly ranks: readonly {
    readonly id: string;
    readonly question: string;
    readonly score: number;
  }[];
  readonly answers?: string;
  readonly score: number;
  readonly margin: number;
}

export interface Prompt {
  readonly name: string;
  readonly text: string;
  readonly recorded: boolean;
}

export interface IntentBook {
  readonly trained: boolean;
  readonly accuracy?: number;
  readonly intents: readonly {
    readonly intent: string;
    readonly examples: readonly { readonly text: string; readonly own: boolean }[];
  }[];
}

export interface Understood {
  readonly intent: string;
  readonly score: number;
  readonly alternatives: readonly { readonly intent: string; readonly score: number }[];
  readonly emergency: boolean;
  readonly faq?: { readonly id: string };
}

export interface StaffMember {
  readonly id: string;
  readonly name: string;
  readonly extension: string;
  readonly onDuty: readonly string[];
  readonly away: readonly {
    readonly kind: 'absent' | 'do-not-disturb';
    readonly from: number;
    readonly until: number;
  }[];
}

export interface Rule {
  readonly id: string;
  readonly caller?: string;
  readonly called?: string;
  readonly way: 'assistant' | 'staff' | 'voicemail' | 'block' | 'allow' | 'vip';
  readonly target?: string;
  readonly until?: number;
  readonly setBy: string;
}

export interface Decision {
  readonly way: Rule['way'];
  readonly staff?: { readonly target: string };
  readonly challenged: boolean;
  readonly recorded: boolean;
  readonly because: readonly string[];
}

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

/** The faults that the server named, if that is why it refused. */
export const faultsOf = (error: unknown): readonly Fault[] =>
  error instanceof ApiError ? (error.faults as readonly Fault[]) : [];
