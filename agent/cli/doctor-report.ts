import type { Finding } from '../finding.js';

export interface DoctorReport {
  readonly findings: readonly Finding[];
  /** What `--fix` has changed, one line each. */
  readonly fixed: readonly string[];
}

/**
 * Examines this installation, broken as it may be. `fix` mends what can be mended without risk;
 * `offline` asks nothing of a daemon that runs, and reads the store beside it; `quick` leaves the benchmarks
 * of processor and disk out.
 */
export type Examine = (options: {
  readonly fix: boolean;
  readonly offline?: boolean;
  readonly quick?: boolean;
}) => Promise<DoctorReport>;
