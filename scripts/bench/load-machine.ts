import { readFileSync, readdirSync } from 'node:fs';

/** Clock ticks a second of Linux's accounting, the same on every architecture Node runs on. */
const TICKS = 100;

/** CPU seconds that process `pid` has used, its children that ended included. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
  // The name in brackets may hold spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const sum = [11, 12, 13, 14].reduce((total, at) => total + Number(fields[at] ?? 0), 0);
  return sum / TICKS;
}

/** Resident memory of process `pid` in megabytes. */
export function residentMb(pid: number): number {
  const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/u.exec(status)?.[1] ?? 0) / 1024;
}

/** Seconds of all cores since the machine's start: busy ones, and those stolen or spent waiting. */
export function machineSeconds(): { readonly busy: number; readonly idle: number } {
  const [, ...fields] = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0]?.split(/\s+/u) ?? [];
  const [user, nice, system, idle, wait, irq, soft, steal] = fields.map(Number);
  const busy = (user ?? 0) + (nice ?? 0) + (system ?? 0) + (irq ?? 0) + (soft ?? 0) + (steal ?? 0);
  return { busy: busy / TICKS, idle: ((idle ?? 0) + (wait ?? 0)) / TICKS };
}

/** Threads of process `pid`. */
export const threads = (pid: number): number => readdirSync(`/proc/${String(pid)}/task`).length;
