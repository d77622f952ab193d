import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';

async function checksumOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** Every file of a folder, as `./path` in byte order, or the file itself. */
export async function filesOf(path: string): Promise<readonly string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => `./${relative(path, join(entry.parentPath, entry.name))}`)
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

/**
 * SHA-256 of a file or a folder in lower-case hex, or undefined when there is none. A folder's is
 * that of the list `find . -type f | LC_ALL=C sort | xargs sha256sum` prints in it.
 */
export async function checksumOf(path: string): Promise<string | undefined> {
  try {
    const found = await stat(path);
    if (!found.isDirectory()) return await checksumOfFile(path);
    const hash = createHash('sha256');
    for (const file of await filesOf(path)) {
      hash.update(`${await checksumOfFile(join(path, file))}  ${file}\n`);
    }
    return hash.digest('hex');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
