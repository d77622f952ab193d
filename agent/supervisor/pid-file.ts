import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

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
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie holds no port and no lock any more; only its parent has not looked yet.
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

export const isAlive = ({ pid, startedAt }: Identity): boolean => startTimeOf(pid) === startedAt;

const isIdentity = (value: unknown): value is Identity =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Identity).name === 'string' &&
  Number.isSafeInteger((value as Identity).pid) &&
  (value as Identity).pid > 1 &&
  typeof (value as Identity).startedAt === 'string';

/** The file that tells who belongs to this installation. */
export class PidFile {
  readonly #path: string;
  #entries: Identity[] = [];

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * What the file of an earlier supervisor names and is still alive. It stays in the file until it
   * is gone: whoever ends it may be killed over it.
   */
  leftovers(): readonly Identity[] {
    try {
      const entries: unknown = JSON.parse(readFileSync(this.#path, 'utf8'));
      this.#entries = Array.isArray(entries) ? entries.filter(isIdentity).filter(isAlive) : [];
    } catch {
      this.#entries = [];
    }
    return this.#entries;
  }

  /** Notes that `name` is now the process `pid`. @throws if the disk refuses it */
  note(name: string, pid: number): void {
    const startedAt = startTimeOf(pid);
    if (startedAt === undefined) return;
    const others = this.#entries.filter((one) => one.pid !== pid && isAlive(one));
    this.#entries = [...others, { name, pid, startedAt }];
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
    writeFileSync(`${this.#path}.new`, `${JSON.stringify(this.#entries)}\n`, { mode: 0o600 });
    renameSync(`${this.#path}.new`, this.#path);
  }

  remove(): void {
    rmSync(this.#path, { force: true });
  }
}

const LEFTOVER_GRACE_MS = 3_000;
const KILLED_WITHIN_MS = 2_000;
const LOOK_MS = 50;

/** Ends what an earlier supervisor left behind, and waits until it is gone and its ports are free. */
export async function endLeftovers(
  leftovers: readonly Identity[],
  graceMs = LEFTOVER_GRACE_MS,
): Promise<void> {
  for (const one of leftovers) signal(one, 'SIGTERM');
  await untilGone(leftovers, graceMs);
  for (const one of leftovers) signal(one, 'SIGKILL');
  await untilGone(leftovers, KILLED_WITHIN_MS);
}

async function untilGone(leftovers: readonly Identity[], withinMs: number): Promise<void> {
  const until = performance.now() + withinMs;
  while (leftovers.some(isAlive) && performance.now() < until) await sleep(LOOK_MS);
}

function signal(one: Identity, name: NodeJS.Signals): void {
  if (!isAlive(one)) return;
  try {
    process.kill(one.pid, name);
  } catch {
    // It ended by itself in between.
  }
}
