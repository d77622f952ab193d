import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Writes a small file whole or not at all, readable by this user only; it survives a power failure. */
export function writeWhole(file: string, content: string | Uint8Array): void {
  const folder = dirname(file);
  const fresh = `${file}.${String(process.pid)}.new`;
  makeFolderNow(folder);
  try {
    writeFileSync(fresh, content, { mode: 0o600, flush: true });
    renameSync(fresh, file);
  } finally {
    rmSync(fresh, { force: true });
  }
  syncFolderNow(folder);
}

/** Makes a folder and those above it that are lacking, for this user only; they survive a power failure. */
export function makeFolderNow(folder: string): void {
  const made = mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (made === undefined) return;
  const above = dirname(resolve(made));
  for (let place = resolve(folder); place !== above; place = dirname(place)) {
    syncFolderNow(dirname(place));
  }
}

/** Makes an entry of `folder`, or its absence, survive a power failure. */
export function syncFolderNow(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
