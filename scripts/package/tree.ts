import {
  chmodSync,
  constants,
  copyFileSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** A folder that becomes a package: what is put into it has modes that depend on no umask. */
export class Tree {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Writes `text` at `path`, which begins with a slash. */
  write(path: string, text: string | Uint8Array, mode: 0o644 | 0o755 = 0o644): void {
    const place = this.#room(path);
    writeFileSync(place, text);
    chmodSync(place, mode);
  }

  link(path: string, target: string): void {
    symlinkSync(target, this.#room(path));
  }

  /** Copies the file `from`; it may be run afterwards if it could be before. */
  file(from: string, path: string): void {
    const place = this.#room(path);
    copyFileSync(from, place, constants.COPYFILE_FICLONE);
    chmodSync(place, (statSync(from).mode & 0o111) === 0 ? 0o644 : 0o755);
  }

  /** Copies the files below `from` for which `wanted` says so; it is asked with paths below `from`. */
  copy(from: string, path: string, wanted: (below: string) => boolean): void {
    for (const below of filesBelow(from)) {
      if (!wanted(below)) continue;
      const source = join(from, below);
      if (lstatSync(source).isSymbolicLink()) this.link(join(path, below), readlinkSync(source));
      else this.file(source, join(path, below));
    }
  }

  /** Sets modes of folders and every time to `seconds` since 1970. Returns the bytes of all files. */
  settle(seconds: number): number {
    let bytes = 0;
    const paths = readdirSync(this.folder, { recursive: true, encoding: 'utf8' });
    // What is deepest first: whatever changes in a folder changes its time.
    for (const path of [...paths.sort().reverse(), '']) {
      const place = join(this.folder, path);
      const about = lstatSync(place);
      if (about.isDirectory()) chmodSync(place, 0o755);
      else bytes += about.size;
      lutimesSync(place, seconds, seconds);
    }
    return bytes;
  }

  #room(path: string): string {
    const place = join(this.folder, path);
    mkdirSync(dirname(place), { recursive: true });
    return place;
  }
}

/** Paths of files and links below `folder`, in one order on every machine. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}
