import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import type { ChunkForm } from './chunk-header.js';
import { unpack } from './chunk-sound.js';
import { foundChunks, type FoundChunk } from './found-chunks.js';
import { boundTo, type FileFacts } from './recording-file.js';
import { unseal } from './seal.js';

/** No header that no seal proves makes a recording longer than this. */
const MOST_SECONDS = 4 * 60 * 60;

/** A second of a recording; without `samples` (interleaved stereo) it is damaged or was cut off. */
export interface IntactSecond {
  readonly second: number;
  readonly samples: Int16Array | undefined;
}

/** Which seconds of a recording can be read, and which were there and cannot. */
export interface Intactness {
  readonly intact: readonly number[];
  readonly damaged: readonly number[];
}

export interface SealedFile {
  readonly path: string;
  readonly recording: string;
  /** Keys of the segments that can be opened, by their numbers. */
  readonly keys: ReadonlyMap<number, Uint8Array>;
  /** Chunks that it had when it was closed, if that is known: tells what was cut off. */
  readonly chunks: number | undefined;
  /** Only this segment is looked at. */
  readonly only?: number;
}

/**
 * Reads what is whole of a file of a recording, in order, whatever is damaged or cut off beside it. A seal
 * proves each second, so that nothing that was changed is ever taken for sound. What its key is gone of
 * counts as damaged here: what took its place is in another file. @throws ENOENT, AUDIO_FLAC
 */
export async function* intactSeconds(file: SealedFile): AsyncGenerator<IntactSecond> {
  for await (const { second, form, plain } of unsealed(file)) {
    yield { second, samples: plain === undefined ? undefined : await unpack(form, plain) };
  }
}

/** The same without the sound: only whether it is there. @throws ENOENT */
export async function* intactPlaces(
  file: SealedFile,
): AsyncGenerator<{ readonly second: number; readonly whole: boolean }> {
  for await (const { second, plain } of unsealed(file))
    yield { second, whole: plain !== undefined };
}

export type FoundFacts = FileFacts & { readonly damaged: boolean };

/** What a file holds of the segments that `count`, by the headers that are whole. @throws ENOENT */
export async function foundFacts(
  path: string,
  count: (segment: number) => boolean = () => true,
): Promise<FoundFacts> {
  const handle = await open(path, constants.O_RDONLY);
  const seconds: number[] = [];
  let [complete, damaged] = [false, false];
  try {
    for await (const { header, lost } of foundChunks(handle)) {
      if (lost > 0) damaged = true;
      if (header.final) complete = true;
      else if (count(header.segment)) seconds.push(header.second);
    }
  } finally {
    await handle.close();
  }
  return {
    ...{ seconds: seconds.length, first: seconds[0], last: seconds.at(-1) },
    ...{ complete, damaged },
  };
}

interface Unsealed {
  readonly second: number;
  readonly form: ChunkForm;
  readonly plain: Buffer | undefined;
}

async function* unsealed(file: SealedFile): AsyncGenerator<Unsealed> {
  const handle = await open(file.path, constants.O_RDONLY);
  try {
    let [last, seen] = [-1, 0];
    let lost = new LostChunks();
    for await (const found of foundChunks(handle)) {
      lost.unknown(found.lost);
      const { final, second, form, index, segment } = found.header;
      seen = index + 1;
      const passedOver = file.only !== undefined && segment !== file.only;
      const plain = passedOver ? undefined : await plainOf(handle, found, file);
      const ends = final && (plain !== undefined || !file.keys.has(segment));
      if (plain === undefined && !passedOver && !ends) {
        lost.told(second);
        continue;
      }
      // The final chunk has no second of its own.
      yield* lost.between(last, final ? undefined : second);
      if (final) return;
      lost = new LostChunks();
      last = second;
      if (!passedOver) yield { second, form, plain };
    }
    lost.unknown(Math.max(0, (file.chunks ?? seen) - seen));
    yield* lost.between(last, undefined);
  } finally {
    await handle.close();
  }
}

/** Chunks that follow each other and cannot be read. */
class LostChunks {
  readonly #told: number[] = [];
  count = 0;

  /** Their headers are spoilt, too. */
  unknown(count: number): void {
    this.count += count;
  }

  /** Its header says which second it was. */
  told(second: number): void {
    this.count += 1;
    this.#told.push(second);
  }

  /**
   * The seconds that they were: after `last`, and before `next` if there is one. Seconds in which nothing
   * was recorded have no chunk: where headers are spoilt, each second between may have been one.
   */
  *between(last: number, next: number | undefined): Generator<Unsealed> {
    if (this.count === 0) return;
    const most = next ?? last + 1 + MOST_SECONDS;
    const told = this.#told.filter((second) => second > last && second < most);
    const end = Math.min(next ?? last + 1 + this.count, most);
    const seconds =
      told.length === this.count
        ? told
        : Array.from({ length: end - last - 1 }, (_, nth) => last + 1 + nth);
    for (const second of seconds) yield { second, form: 3, plain: undefined };
  }
}

async function plainOf(
  handle: FileHandle,
  { header, at }: FoundChunk,
  { recording, keys }: SealedFile,
): Promise<Buffer | undefined> {
  const key = keys.get(header.segment);
  if (key === undefined) return undefined;
  const sealed = Buffer.alloc(header.length);
  await handle.read(sealed, 0, header.length, at);
  try {
    return unseal(key, sealed, boundTo(header.form, recording, header.bytes));
  } catch {
    return undefined;
  }
}
