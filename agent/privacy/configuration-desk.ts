import type { Fault } from '../errors.js';
import type { ConfigurationVersion } from '../records/configuration-versions.js';

export type { ConfigurationVersion } from '../records/configuration-versions.js';

/** The configuration as its file has it now. */
export interface ConfigurationNow {
  readonly text: string;
  /** By which a change says what it was made from. */
  readonly hash: string;
  /** What the file sets, without defaults; empty for a file that cannot be read. */
  readonly values: Readonly<Record<string, unknown>>;
  /** What is wrong with it, when it was changed by hand. */
  readonly faults: readonly Fault[];
  /** Days of the calendar file, which are not part of the text. */
  readonly importedDays: readonly { readonly date: string; readonly name: string }[];
  /** Paths that are set otherwise than they are in force, and count from the next start. */
  readonly waits: readonly string[];
}

/** A whole text, or values of some settings by their paths; `null` takes a setting out. */
export type ConfigurationDraft =
  { readonly text: string } | { readonly values: Readonly<Record<string, unknown>> };

/** A setting that two texts have differently; `was` or `is` is missing where there was none. */
export interface Difference {
  /** Items of lists by their name: `understanding.faq[parking].answer`. */
  readonly path: string;
  readonly was?: string;
  readonly is?: string;
}

export interface DifferentLine {
  readonly what: 'same' | 'added' | 'removed' | 'gap';
  /** Numbers of the line, from 1, before and after. */
  readonly old?: number;
  readonly fresh?: number;
  readonly text: string;
}

export interface ConfigurationDiff {
  readonly unified: string;
  readonly lines: readonly DifferentLine[];
  readonly settings: readonly Difference[];
}

/** What a draft would do. */
export interface ConfigurationPreview {
  readonly faults: readonly Fault[];
  readonly waits: readonly string[];
  readonly diff: ConfigurationDiff;
}

/** Who changes something, on what, and why. */
export interface ChangeBy {
  readonly who: string;
  readonly why?: string | undefined;
  /** Hash of the text that was changed; undefined for whatever is there. */
  readonly base?: string | undefined;
  /** Whether it may wait for the next start where it has to. */
  readonly restart?: boolean | undefined;
}

export interface ConfigurationTaken {
  /** Number of the version that says so; the newest one if nothing changed. */
  readonly version: number | undefined;
  readonly hash: string;
  /** Paths that count from the next start; while there are any, nothing of the change is in force. */
  readonly waits: readonly string[];
}

/** The configuration of the office and its versions, for dashboard, API and commands. */
export interface ConfigurationDesk {
  now(): Promise<ConfigurationNow>;
  /** Keeps what the file says as a version, if it is in order and new; returns whether it was. */
  noticed(who?: string, why?: string): Promise<boolean>;
  /** What `draft` would do; nothing is changed. @throws CONFIG_UNEDITABLE */
  preview(draft: ConfigurationDraft): Promise<ConfigurationPreview>;
  /**
   * Writes it to the file, puts it in force and keeps the version. Whatever goes wrong leaves file and
   * calls as they were.
   * @throws CONFIG_CONFLICT, CONFIG_UNREADABLE and CONFIG_INVALID with each fault, CONFIG_NEEDS_RESTART,
   * CONFIG_REFUSED, CONFIG_NOT_WRITTEN
   */
  change(draft: ConfigurationDraft, by: ChangeBy): Promise<ConfigurationTaken>;
  /** The newest first. */
  versions(limit: number, before?: number): Promise<readonly ConfigurationVersion[]>;
  /** @throws CONFIG_NO_VERSION */
  version(number: number): Promise<ConfigurationVersion & { readonly text: string }>;
  /** Between two versions; without `to`, between one and the file. @throws CONFIG_NO_VERSION */
  diff(from: number, to?: number): Promise<ConfigurationDiff>;
  /** Goes back to the text of a version, which becomes the newest one. @throws as `change` */
  rollback(number: number, by: ChangeBy): Promise<ConfigurationTaken>;
}
