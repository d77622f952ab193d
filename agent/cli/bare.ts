import type { SetUp } from './set-up/answers.js';

/** What was put into an archive for support. */
export interface SupportBundleMade {
  readonly file: string;
  readonly files: readonly string[];
  /** Lines of other programs' logs that were left out. */
  readonly left: number;
}

/** Writes the archive `to`; only this user can read it. @throws PRIVACY_EXPORT_UNWRITABLE */
export type SupportBundle = (to: string) => Promise<SupportBundleMade>;

export interface Profile {
  readonly name: string;
  readonly language: string;
  /** Whether it is one of the office's own. */
  readonly own: boolean;
}

/** What kinds of office there are: intents with their examples, and nothing else. */
export interface Profiles {
  list(): readonly Profile[];
  /** A copy of `from` under a new name, to be changed; returns its file. @throws SETUP_NO_PROFILE, SETUP_PROFILE_THERE */
  create(name: string, from: string, language: string): string;
}

/** What works without a configuration, or with a broken one. */
export interface Bare {
  readonly setUp: SetUp;
  readonly supportBundle: SupportBundle;
  readonly profiles: Profiles;
}
