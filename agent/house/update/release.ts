import { execFile } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { oneLine } from '../../errors.js';
import { updateErrors } from './errors.js';
import { manifestShape, type Manifest } from './manifest.js';

/** A release as it lies on the disk: a Debian package, or a folder that is run as it is. */
export interface Release {
  readonly kind: 'deb' | 'folder';
  readonly path: string;
  readonly manifest: Manifest;
}

/** Reads what the release at `path` says of itself. @throws UPDATE_NO_RELEASE */
export async function readRelease(path: string): Promise<Release> {
  const place = resolve(path);
  try {
    const folder = statSync(place).isDirectory();
    const text = folder
      ? readFileSync(join(place, 'release.json'), 'utf8')
      : (await promisify(execFile)('dpkg-deb', ['--info', place, 'release.json'])).stdout;
    return {
      kind: folder ? 'folder' : 'deb',
      path: place,
      manifest: manifestShape.parse(JSON.parse(text)),
    };
  } catch (cause) {
    throw updateErrors.make('NO_RELEASE', { place, detail: oneLine(cause).slice(0, 200), cause });
  }
}
