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

export interface DoctorReport {
  readonly findings: readonly Finding[];
  /** What `--fix` has changed, one line each. */
  readonly fixed: readonly string[];
}

/**
 * Examines this installation, broken as it may be. `fix` mends what can be mended without risk;
 * `offline` asks nothing of a daemon that runs, and reads the store beside it.
 */
export type Examine = (options: {
  readonly fix: boolean;
  readonly offline?: boolean;
}) => Promise<DoctorReport>;
