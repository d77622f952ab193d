import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Paths } from '../config/paths.js';

/** A process of the supervisor that lives. */
export interface LivingProcess {
  readonly name: string;
  readonly pid: number;
}

/** The supervisor's processes that live, by its file of process ids. */
export function processesOf(paths: Paths): readonly LivingProcess[] {
  try {
    const entries = JSON.parse(
      readFileSync(join(paths.run, 'supervisor.pid'), 'utf8'),
    ) as readonly (LivingProcess & { readonly startedAt: string })[];
    return entries.filter(({ pid, startedAt }) => startOf(pid) === startedAt);
  } catch {
    return [];
  }
}

/** When a process began, in ticks since boot (proc(5), field 22); a reused id began later. */
export function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
