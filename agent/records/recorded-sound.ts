import { join } from 'node:path';
import { recordsErrors } from './errors.js';
import {
  foundFacts,
  intactPlaces,
  intactSeconds,
  type FoundFacts,
  type Intactness,
  type IntactSecond,
  type SealedFile,
} from './intact-sound.js';
import { inOrderOfSeconds, type Run } from './in-order.js';
import { readRecordingFile, type Chunk } from './recording-file.js';
import {
  isErased,
  needsFirstFile,
  partName,
  standing,
  type StoredSegments,
} from './stored-segments.js';

/** A recording as its row has it. */
export interface RecordedRow {
  readonly id: string;
  /** Name of its first file. */
  readonly file: string;
  /** Whether it was closed: then its files must be there. */
  readonly closed: boolean;
  /** Chunks that its first file had when it was closed. */
  readonly chunks: number | undefined;
}

/** A file of a recording, and what counts of it. */
export interface SoundFile {
  readonly path: string;
  readonly part: number;
  readonly chunks: number | undefined;
  readonly facts: FoundFacts;
}

export const NOTHING: FoundFacts = {
  ...{ seconds: 0, first: undefined, last: undefined },
  ...{ complete: false, damaged: false },
};

/**
 * The files of a recording in `folder` of which anything counts. @throws RECORDS_FILE_GONE unless it
 * `mayLack` some
 */
export async function soundFilesOf(
  folder: string,
  row: RecordedRow,
  stored: StoredSegments,
  mayLack = false,
): Promise<readonly SoundFile[]> {
  const counting = standing(stored);
  const numbers = new Set(counting.map(({ number }) => number));
  const files: SoundFile[] = [];
  // Where all keys are gone, the file tells what there was.
  if (needsFirstFile(stored) || isErased(stored)) {
    const path = join(folder, row.file);
    const count = (segment: number): boolean =>
      isErased(stored) || (segment < 0 ? stored.whole : numbers.has(segment));
    const facts = await factsOf(path, row.closed && !mayLack, count);
    if (facts !== undefined) files.push({ path, part: 0, chunks: row.chunks, facts });
  }
  for (const { number, part, chunks } of counting) {
    if (part === 0) continue;
    const path = join(folder, partName(row.id, part));
    const must = chunks !== null && !mayLack;
    const facts = await factsOf(path, must, (segment) => segment === number);
    if (facts !== undefined) files.push({ path, part, chunks: chunks ?? undefined, facts });
  }
  return files;
}

/** What the files of a recording hold together. */
export function factsTogether(files: readonly SoundFile[]): FoundFacts {
  const facts = files.map((file) => file.facts);
  if (facts.length === 0) return NOTHING;
  const firsts = facts.flatMap(({ first }) => first ?? []);
  const lasts = facts.flatMap(({ last }) => last ?? []);
  return {
    seconds: facts.reduce((sum, { seconds }) => sum + seconds, 0),
    first: firsts.length === 0 ? undefined : Math.min(...firsts),
    last: lasts.length === 0 ? undefined : Math.max(...lasts),
    complete: facts.every(({ complete }) => complete),
    damaged: facts.some(({ damaged }) => damaged),
  };
}

/** A recording that can be opened: all of its files with their keys. */
export class RecordedSound {
  readonly #recording: string;
  readonly #files: readonly SoundFile[];
  readonly #keys: ReadonlyMap<number, Uint8Array>;

  constructor(
    recording: string,
    files: readonly SoundFile[],
    keys: ReadonlyMap<number, Uint8Array>,
  ) {
    this.#recording = recording;
    this.#files = files;
    this.#keys = keys;
  }

  /** The seconds in order. @throws RECORDS_CHUNK_DAMAGED, AUDIO_FLAC */
  async *chunks(): AsyncGenerator<Chunk> {
    const runs = this.#runs(({ path }) => readRecordingFile(path, this.#recording, this.#keys));
    for await (const same of inOrderOfSeconds(runs)) yield* same.slice(-1);
  }

  /** The same around what is damaged. What one file has not and another has is whole. @throws AUDIO_FLAC */
  async *intact(): AsyncGenerator<IntactSecond> {
    const runs = this.#runs((file) => intactSeconds(this.#sealed(file)));
    for await (const same of inOrderOfSeconds(runs)) {
      const found = same.findLast(({ samples }) => samples !== undefined) ?? same[0];
      if (found !== undefined) yield found;
    }
  }

  /** Which seconds can be read, and which not. */
  async intactness(): Promise<Intactness> {
    const intact: number[] = [];
    const damaged: number[] = [];
    const runs = this.#runs((file) => intactPlaces(this.#sealed(file)));
    for await (const same of inOrderOfSeconds(runs)) {
      const [one] = same;
      if (one !== undefined) (same.some(({ whole }) => whole) ? intact : damaged).push(one.second);
    }
    return { intact, damaged };
  }

  #sealed({ path, chunks }: SoundFile): SealedFile {
    return { path, recording: this.#recording, keys: this.#keys, chunks };
  }

  #runs<Item>(open: (file: SoundFile) => AsyncGenerator<Item>): readonly Run<Item>[] {
    return this.#files.map((file) => ({
      // What is damaged may be before the first second that is known.
      from: file.facts.damaged || file.part === 0 ? undefined : file.facts.first,
      open: () => open(file),
    }));
  }
}

/** Undefined for a file that is not there and need not be. @throws RECORDS_FILE_GONE */
async function factsOf(
  path: string,
  must: boolean,
  count: (segment: number) => boolean,
): Promise<FoundFacts | undefined> {
  try {
    return await foundFacts(path, count);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    // Rows and keys are committed before a file is made: only what was ended must be there.
    if (!must) return undefined;
    throw recordsErrors.make('FILE_GONE', { place: path });
  }
}
