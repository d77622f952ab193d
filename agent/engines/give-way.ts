import { readFileSync, writeFileSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';

/**
 * What is done in a moment and heard by everybody (media, the daemon, voice activity) goes before the first
 * word of an answer, and that before the text of what was said, where a machine has more to do than it can.
 */
const NICENESS: Readonly<Record<string, number>> = { voice: 2, recogniser: 5 };
const NICEST = 19;

/** Lets a worker of this kind give way; a machine that lets nobody do so shares as it does. */
export function giveWay(worker: string): void {
  const niceness = NICENESS[worker] ?? 0;
  if (niceness === 0) return;
  try {
    setPriority(Math.min(NICEST, getPriority() + niceness));
    // Linux may share out the cores by sessions first, and only inside of one by niceness (sched(7)); under
    // the supervisor each worker is a session. That of a terminal is not ours.
    if (session() === process.pid) writeFileSync('/proc/self/autogroup', String(niceness));
  } catch {
    // No such system, or not allowed.
  }
}

/** The session of this process: the fourth field behind its name, which may hold anything (proc(5)). */
function session(): number {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3]);
}
