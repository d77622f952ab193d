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

/** What works without a configuration, or with a broken one. */
export interface Bare {
  readonly setUp: SetUp;
  readonly supportBundle: SupportBundle;
}
