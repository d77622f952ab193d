import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A process by its id and start time, so that a reused id is never taken for it. */
export interface Identity {
  readonly name: string;
  readonly pid: number;
  readonly startedAt: string;
}

/** Start time of a process in clock ticks since boot (proc(5), field 22), or undefined. */
export function startTimeOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    // The second field is a name in brackets that may hold spaces.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

export const isAlive = ({ pid, startedAt }: Identity): boolean => startTimeOf(pid) === startedAt;

/** The file that tells who belongs to this installation. */
export class PidFile {
  readonly #path: string;
  #entries: Identity[] = [];

  constructor(path: string) {
    this.#path = path;
  }

  /** What the file of an earlier supervisor names and is still alive. */
  leftovers(): readonly Identity[] {
    try {
      return (JSON.parse(readFileSync(this.#path, 'utf8')) as Identity[]).filter(isAlive);
    } catch {
      return [];
    }
  }

  /** Notes that `name` is now the process `pid`. */
  note(name: string, pid: number): void {
    const startedAt = startTimeOf(pid);
    if (startedAt === undefined) return;
    this.#entries = [...this.#entries.filter((one) => one.name !== name), { name, pid, startedAt }];
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
    writeFileSync(`${this.#path}.new`, `${JSON.stringify(this.#entries)}\n`, { mode: 0o600 });
    renameSync(`${this.#path}.new`, this.#path);
  }

  remove(): void {
    rmSync(this.#path, { force: true });
  }
}

const LEFTOVER_GRACE_MS = 3_000;

/** Ends what an earlier supervisor left behind, and waits until it is gone. */
export async function endLeftovers(leftovers: readonly Identity[]): Promise<void> {
  for (const { pid } of leftovers) signal(pid, 'SIGTERM');
  const until = performance.now() + LEFTOVER_GRACE_MS;
  while (leftovers.some(isAlive) && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  for (const one of leftovers.filter(isAlive)) signal(one.pid, 'SIGKILL');
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself in between.
  }
}
