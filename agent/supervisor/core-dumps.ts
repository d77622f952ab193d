import { writeFileSync } from 'node:fs';

/**
 * Nothing of this process's memory, nor of what it starts, goes into a core dump: after a crash the keys
 * of the store and what callers said would lie in the open. Linux alone; elsewhere it does nothing.
 */
export function keepOutOfCoreDumps(): void {
  try {
    writeFileSync('/proc/self/coredump_filter', '0');
  } catch {
    // No Linux, or no /proc: the unit of systemd forbids core dumps besides.
  }
}
