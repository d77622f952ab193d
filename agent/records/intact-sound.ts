import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
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
  readonly key: Uint8Array;
  /** Chunks that it had when it was closed, if that is known: tells what was cut off. */
  readonly chunks: number | undefined;
}

/**
 * Reads what is whole of a recording, in order, whatever is damaged or cut off beside it. A seal proves
 * each second, so that nothing that was changed is ever taken for sound. @throws ENOENT, AUDIO_FLAC
 */
export async function* intactSeconds(file: SealedFile): AsyncGenerator<IntactSecond> {
  for await (const { second, form, plain } of unsealed(file)) {
    yield { second, samples: plain === undefined ? undefined : await unpack(form, plain) };
  }
}

/** The same without the sound. @throws ENOENT */
export async function intactnessOf(file: SealedFile): Promise<Intactness> {
  const intact: number[] = [];
  const damaged: number[] = [];
  for await (const { second, plain } of unsealed(file))
    (plain === undefined ? damaged : intact).push(second);
  return { intact, damaged };
}

/** What a file holds by the headers that are whole. @throws ENOENT */
export async function foundFacts(path: string): Promise<FileFacts & { readonly damaged: boolean }> {
  const handle = await open(path, constants.O_RDONLY);
  const seconds: number[] = [];
  let [complete, damaged] = [false, false];
  try {
    for await (const { header, lost } of foundChunks(handle)) {
      if (lost > 0) damaged = true;
      if (header.final) complete = true;
      else seconds.push(header.second);
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
  readonly form: 1 | 2;
  readonly plain: Buffer | undefined;
}

async function* unsealed(file: SealedFile): AsyncGenerator<Unsealed> {
  const handle = await open(file.path, constants.O_RDONLY);
  try {
    let [last, seen] = [-1, 0];
    let lost = new LostChunks();
    for await (const found of foundChunks(handle)) {
      lost.unknown(found.lost);
      const plain = await plainOf(handle, found, file);
      const { final, second, form, index } = found.header;
      seen = index + 1;
      if (plain === undefined) {
        lost.told(second);
        continue;
      }
      // The final chunk has no second of its own.
      yield* lost.between(last, final ? undefined : second);
      if (final) return;
      lost = new LostChunks();
      last = second;
      yield { second, form, plain };
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
    for (const second of seconds) yield { second, form: 2, plain: undefined };
  }
}

async function plainOf(
  handle: FileHandle,
  { header, at }: FoundChunk,
  { recording, key }: SealedFile,
): Promise<Buffer | undefined> {
  const sealed = Buffer.alloc(header.length);
  await handle.read(sealed, 0, header.length, at);
  try {
    return unseal(key, sealed, boundTo(header.form, recording, header.bytes));
  } catch {
    return undefined;
  }
}
