/** In the place of a segment's number: all that is sealed with the one key of a recording of before. */
export const WHOLE = -1;

/** A segment of a recording as its key's row tells it. */
export interface SegmentRow {
  readonly number: number;
  /** Its file: 0 the recording's first, which has the segments that the call wrote; else its own. */
  readonly part: number;
  /** The segment whose place it takes, once the key of that one is gone. */
  readonly replaces: number | null;
  /** Chunks of a file of its own, once that is whole. */
  readonly chunks: number | null;
  readonly wrapped: Uint8Array;
}

/** What of a recording can be opened. */
export interface StoredSegments {
  readonly segments: readonly SegmentRow[];
  /** Whether it has, still, the one key of a recording of before. */
  readonly whole: boolean;
}

/** The segments that count: not those that are being written to take the place of others. */
export function standing({ segments, whole }: StoredSegments): readonly SegmentRow[] {
  const numbers = new Set(segments.map(({ number }) => number));
  if (whole) numbers.add(WHOLE);
  return segments.filter(({ replaces }) => replaces === null || !numbers.has(replaces));
}

/** Those that were being written to take the place of others when it was cut off. */
export function unsettled(stored: StoredSegments): readonly SegmentRow[] {
  const counting = new Set(standing(stored));
  return stored.segments.filter((one) => !counting.has(one));
}

/** Whether anything in the recording's first file can be opened. */
export const needsFirstFile = (stored: StoredSegments): boolean =>
  stored.whole || standing(stored).some(({ part }) => part === 0);

/** Whether all keys of it are gone. */
export const isErased = ({ segments, whole }: StoredSegments): boolean =>
  segments.length === 0 && !whole;

const END = '.vrec';

/** The name of a file of a recording. */
export const partName = (recording: string, part: number): string =>
  part === 0 ? `${recording}${END}` : `${recording}.${String(part)}${END}`;

/** Of which recording a file is, and which part of it; undefined for other files. */
export function partOf(
  name: string,
): { readonly recording: string; readonly part: number } | undefined {
  const found = /^([^.]+)(?:\.([1-9]\d*))?\.vrec$/u.exec(name);
  const [, recording, part] = found ?? [];
  return recording === undefined ? undefined : { recording, part: Number(part ?? 0) };
}

/** A number that neither a key nor a file of the recording has, nor had before them. */
export function nextPart(
  recording: string,
  segments: readonly Pick<SegmentRow, 'number'>[],
  names: readonly string[],
): number {
  const parts = names.flatMap((name) => {
    const found = partOf(name);
    return found?.recording === recording ? found.part : [];
  });
  return Math.max(0, ...segments.map(({ number }) => number), ...parts) + 1;
}
