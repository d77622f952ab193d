import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { open, rm, statfs } from 'node:fs/promises';
import { availableParallelism, freemem, loadavg, networkInterfaces } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { verifyModels } from '../../speech/models.js';
import type { Machine } from './check.js';
import { freeRounds } from './headroom.js';
import { soundPasses } from './network.js';

const WITHIN_MS = 5_000;
/** What a message takes when it is committed, and how often that is tried. */
const WRITE_BYTES = 16 * 1_024;
const WRITES = 32;

/** The folder that is there, of `path` and those around it. */
function there(path: string): string {
  let at = path;
  while (!existsSync(at) && at !== dirname(at)) at = dirname(at);
  return at;
}

export const thisMachine: Machine = {
  nodeVersion: process.versions.node,
  cpus: availableParallelism(),
  get load() {
    return loadavg()[0] ?? 0;
  },
  get memoryAvailable() {
    try {
      // What is free plus what can be given back (proc(5)), which `freemem` does not tell.
      const kb = /^MemAvailable:\s+(\d+) kB$/mu.exec(readFileSync('/proc/meminfo', 'latin1'))?.[1];
      return kb === undefined ? freemem() : Number(kb) * 1024;
    } catch {
      return freemem();
    }
  },
  async diskFree(path) {
    const { bavail, bsize } = await statfs(there(path));
    return bavail * bsize;
  },
  async syncMs(folder) {
    const path = join(there(folder), `.vestibule-doctor-${String(process.pid)}`);
    const file = await open(path, 'wx', 0o600);
    try {
      const took: number[] = [];
      for (let write = 0; write < WRITES; write += 1) {
        const began = performance.now();
        await file.write(Buffer.alloc(WRITE_BYTES), 0, WRITE_BYTES, write * WRITE_BYTES);
        await file.datasync();
        took.push(performance.now() - began);
      }
      return took.sort((a, b) => a - b)[WRITES / 2] ?? 0;
    } finally {
      await file.close();
      await rm(path, { force: true });
    }
  },
  async clockKept() {
    try {
      const { stdout } = await promisify(execFile)(
        'timedatectl',
        ['show', '--property=NTPSynchronized', '--value'],
        { timeout: WITHIN_MS },
      );
      return stdout.trim() === 'yes';
    } catch {
      // No systemd, as in a container: its host keeps the clock.
      return undefined;
    }
  },
  get addresses() {
    return Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter(({ internal }) => !internal)
      .map(({ address }) => address);
  },
  soundPasses,
  freeRounds: () => freeRounds(),
  wrongModels: (places) => verifyModels(places),
};
