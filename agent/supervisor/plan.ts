import { readFileSync } from 'node:fs';

/** What a process is to the supervisor. Workers and the daemon are Node and send heartbeats. */
export type ProcessKind = 'asterisk' | 'worker' | 'daemon';

export interface ProcessPlan {
  readonly name: string;
  readonly kind: ProcessKind;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Where its output is appended; the daemon's goes to our standard error. */
  readonly logFile?: string;
}

/** What `vestibule asterisk render` writes to run/plan.json. */
export interface Plan {
  readonly processes: readonly ProcessPlan[];
  readonly ari: {
    readonly url: string;
    readonly user: string;
    readonly passwordFile: string;
    readonly app: string;
  };
  readonly pidFile: string;
  readonly heartbeatMs: number;
  /** A process that sent no heartbeat for so long is dead. */
  readonly deadMs: number;
}

/** Reads a plan; a broken one throws with one line. */
export function readPlan(path: string): Plan {
  try {
    const plan = JSON.parse(readFileSync(path, 'utf8')) as Plan;
    if (!Array.isArray(plan.processes) || typeof plan.pidFile !== 'string')
      throw new Error('shape');
    return plan;
  } catch (cause) {
    throw new Error(`${path} is no plan; run \`vestibule asterisk render\``, { cause });
  }
}
