/** What one check of `vestibule doctor` found. */
export interface Finding {
  /** Stable, such as `files.private`. */
  readonly id: string;
  readonly title: string;
  readonly status: 'ok' | 'warn' | 'fail' | 'skipped';
  /** What was found, in one clause. */
  readonly finding: string;
  /** What goes wrong when this is not in order. */
  readonly why: string;
  /** What to do; empty when there is nothing to do. */
  readonly mend: string;
}
