import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { foundChunks } from './found-chunks.js';
import type { SoundFile } from './recorded-sound.js';
import { standing, WHOLE, type StoredSegments } from './stored-segments.js';

/** From which second to which a segment of a recording reaches, and where it lies. */
export interface Reach {
  readonly segment: number;
  readonly file: SoundFile;
  readonly first: number;
  readonly last: number;
}

/**
 * How far the segments that stand reach, by the headers that are whole. What is damaged or cut off may be of
 * the segments around it or of others between them: all of those reach over it.
 */
export async function reachOfSegments(
  files: readonly SoundFile[],
  stored: StoredSegments,
): Promise<readonly Reach[]> {
  const numbers = standing(stored).map(({ number, part }) => ({ number, part }));
  if (stored.whole) numbers.push({ number: WHOLE, part: 0 });
  const reaches: Reach[] = [];
  for (const file of files) {
    const own = numbers.filter(({ part }) => part === file.part).map(({ number }) => number);
    const reach = (segment: number, first: number, last: number): void => {
      if (own.includes(segment)) reaches.push({ segment, file, first, last });
    };
    let [now, from, last, seen] = [-Infinity, 0, -1, 0];
    /** Ends the segment of now and passes over those before `next`, of which no header is whole. */
    const pass = (next: number, to: number): void => {
      reach(now, from, to);
      for (const one of own) if (one > now && one < next) reach(one, last + 1, to);
    };
    const handle = await open(file.path, constants.O_RDONLY);
    try {
      for await (const { header, lost } of foundChunks(handle)) {
        const { segment, second, final, index } = header;
        seen = index + 1;
        if (final) break;
        if (segment !== now) {
          pass(lost > 0 ? segment : now, lost > 0 ? Math.max(last, second - 1) : last);
          [now, from] = [segment, lost > 0 ? last + 1 : second];
        }
        last = second;
      }
    } finally {
      await handle.close();
    }
    const cutOff = seen < (file.chunks ?? 0);
    pass(cutOff ? Infinity : now, cutOff ? Infinity : last);
  }
  return reaches;
}
