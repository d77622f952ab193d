import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmdirSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { readPieces, sealPiece, type Piece } from './newest-pieces.js';
import type { SoundOfSide } from './ports.js';
import { WaitingPieces } from './waiting-pieces.js';

/** A file that is longer than this, and twice as long as it began, is written anew. */
const FULL_BYTES = 256_000;
/** Linux keeps what lies here in memory. */
const MEMORY = '/dev/shm';

/**
 * Folder in memory of the store at `home`: what lies there outlives the process, and neither the power
 * nor, under systemd, the service. Nothing of it is on a disk.
 */
export function lastSoundFolder(home: string): string {
  const place = createHash('sha256').update(resolve(home)).digest('hex').slice(0, 16);
  return join(MEMORY, `vestibule-${String(process.getuid?.() ?? 0)}-${place}`);
}

/** The two files of a recording's last sound, which take turns; `name` is that of its file. */
export const lastSoundPaths = (folder: string, name: string): readonly [string, string] => [
  join(folder, `${name}.last-0`),
  join(folder, `${name}.last-1`),
];

/** Names of the recordings' files of which something lies in `folder`. */
export const lastSoundsIn = (folder: string): readonly string[] =>
  isOurs(folder)
    ? readdirSync(folder).flatMap((name) => /^(.+)\.last-[01]$/u.exec(name)?.[1] ?? [])
    : [];

export interface LastSoundParts {
  /** A folder in memory; it is made when it is needed. */
  readonly folder: string;
  /** Name of the recording's file. */
  readonly name: string;
  readonly recording: string;
  readonly key: Uint8Array;
  /** Told once when nothing is kept here any more; the recording itself goes on. */
  readonly failed: (error: unknown) => void;
}

interface Half {
  readonly path: string;
  handle: number | undefined;
  bytes: number;
}

/**
 * What a recording would get besides if its call ended now: the sound of the last moments, of which it
 * is not yet known what has to be hidden, as a hang-up would leave it. It lies in memory, sealed with
 * the key of the newest sound, where the death of the process does not reach it (recovery.ts puts it in its
 * place), and is replaced whenever something is known anew.
 */
export class LastSound {
  readonly #parts: LastSoundParts;
  readonly #halves: readonly [Half, Half];
  #now: 0 | 1 = 0;
  readonly #waiting = new WaitingPieces();
  #index = 0;
  /** The length with which the file of now began. */
  #began = 0;
  #over = false;

  constructor(parts: LastSoundParts) {
    this.#parts = parts;
    const [one, other] = lastSoundPaths(parts.folder, parts.name);
    const half = (path: string): Half => ({ path, handle: undefined, bytes: 0 });
    this.#halves = [half(one), half(other)];
  }

  /** Adds `more` to what is kept, or keeps `rest` in its place. */
  keep(rest: () => readonly SoundOfSide[], more?: SoundOfSide): void {
    if (this.#over) return;
    try {
      const { bytes } = this.#halves[this.#now];
      if (more === undefined || bytes > Math.max(FULL_BYTES, 2 * this.#began)) {
        this.#replace(rest());
        return;
      }
      this.#waiting.add(more);
      if (this.#waiting.enough) this.#write(this.#halves[this.#now]);
    } catch (error) {
      this.remove();
      this.#parts.failed(error);
    }
  }

  /** Ends it and takes its files away; what cannot be goes at the next start. May be called twice. */
  remove(): void {
    this.#over = true;
    this.#waiting.clear();
    for (const half of this.#halves) {
      try {
        if (half.handle !== undefined) closeSync(half.handle);
        half.handle = undefined;
        rmSync(half.path, { force: true });
      } catch {
        // The next start finds it.
      }
    }
    leaveFolder(this.#parts.folder);
  }

  #replace(rest: readonly SoundOfSide[]): void {
    const old = this.#halves[this.#now];
    this.#now = this.#now === 0 ? 1 : 0;
    const half = this.#halves[this.#now];
    this.#waiting.clear();
    for (const one of rest) this.#waiting.add(one);
    this.#write(half);
    this.#began = half.bytes;
    if (old.handle !== undefined) ftruncateSync(old.handle, 0);
    old.bytes = 0;
  }

  /** At once, in one piece of work: it goes to memory, and nobody can die in the middle of it. */
  #write(half: Half): void {
    const { folder, recording, key } = this.#parts;
    const pieces = this.#waiting.take();
    if (pieces.length === 0) return;
    if (half.handle === undefined) {
      enterFolder(folder);
      half.handle = openSync(half.path, 'ax', 0o600);
    }
    const bytes = Buffer.concat(
      pieces.map((piece) => sealPiece(key, recording, { ...piece, index: this.#index++ })),
    );
    writeSync(half.handle, bytes);
    half.bytes += bytes.length;
  }
}

/** What a process that died had kept last: what it knew last comes first. */
export async function readLastSound(
  folder: string,
  name: string,
  recording: string,
  key: Uint8Array,
): Promise<readonly Piece[]> {
  if (!isOurs(folder)) return [];
  const found = await Promise.all(
    lastSoundPaths(folder, name).map((path) => readPieces(path, recording, key)),
  );
  return found.sort(([a], [b]) => (b?.index ?? 0) - (a?.index ?? 0)).flat();
}

function enterFolder(folder: string): void {
  // Not those above it: where Linux has no memory to mount there, it would lie on a disk.
  if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
  if (!isOurs(folder)) throw new Error(`${folder} is not a folder of ours alone`);
}

/** In memory everybody may make something under this name: that may neither be used nor stop the start. */
function isOurs(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (found === undefined) return false;
  const { uid, mode } = found;
  return uid === (process.getuid?.() ?? uid) && (mode & 0o170_077) === 0o040_000;
}

/** An empty folder goes; one in which other recordings lie stays. */
function leaveFolder(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Others are in it, or nobody has made it.
  }
}

/** Takes away what lies in `folder` of the recording's file `name`. */
export function removeLastSound(folder: string, name: string): void {
  if (!isOurs(folder)) return;
  for (const path of lastSoundPaths(folder, name)) rmSync(path, { force: true });
  leaveFolder(folder);
}
