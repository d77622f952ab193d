import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';

/** A disk of so many megabytes that goes away with the test; undefined where none may be mounted. */
export function smallDisk(t: Test, megabytes: number): string | undefined {
  const disk = mkdtempSync(join(tmpdir(), 'vestibule-disk-'));
  const size = `size=${String(megabytes)}m`;
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', size, 'tmpfs', disk]).status === 0;
  t.teardown(() => {
    if (mounted) spawnSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true, force: true });
    rmSync(`${disk}.key`, { force: true });
  });
  if (mounted) return disk;
  t.comment('mounting a small disk needs root: left out');
  return undefined;
}

/** Whether the disk could be made read-only, or writable again. */
export const remounted = (disk: string, how: 'ro' | 'rw'): boolean =>
  spawnSync('mount', ['-o', `remount,${how}`, disk]).status === 0;
