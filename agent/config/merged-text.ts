import { diffArrays } from 'diff';

/** Lines `from` to `to` (exclusive) of the base, which say `lines` instead. */
interface Hunk {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

/**
 * What was changed between `base` and `changed`, done to `own`, which says the same as `base` in other
 * writing. Where a change touches what is written otherwise, its own writing counts.
 */
export function mergedText(own: string, base: string, changed: string): string {
  const lines = linesOf(base);
  const theirs = new Set(hunksOf(lines, linesOf(changed)));
  const left = [...hunksOf(lines, linesOf(own)), ...theirs].toSorted(
    (a, b) => a.from - b.from || a.to - b.to,
  );
  const result: string[] = [];
  let at = 0;
  for (let [next] = left; next !== undefined; [next] = left) {
    const region = regionOf(next, left);
    const changes = region.hunks.filter((hunk) => theirs.has(hunk));
    result.push(...lines.slice(at, region.from));
    at = region.from;
    for (const hunk of changes.length > 0 ? changes : region.hunks) {
      result.push(...lines.slice(at, hunk.from), ...hunk.lines);
      at = hunk.to;
    }
    result.push(...lines.slice(at, region.to));
    at = region.to;
    for (const hunk of region.hunks) left.splice(left.indexOf(hunk), 1);
  }
  return [...result, ...lines.slice(at)].join('');
}

const linesOf = (text: string): string[] => text.split(/(?<=\n)/u);

function hunksOf(base: readonly string[], other: readonly string[]): Hunk[] {
  const hunks: Hunk[] = [];
  let at = 0;
  let open: { from: number; lines: string[] } | undefined;
  const close = (): void => {
    if (open !== undefined) hunks.push(...single({ ...open, to: at }));
    open = undefined;
  };
  for (const { added, removed, value } of diffArrays([...base], [...other])) {
    if (!added && !removed) {
      close();
      at += value.length;
      continue;
    }
    open ??= { from: at, lines: [] };
    if (added) open.lines.push(...value);
    else at += value.length;
  }
  close();
  return hunks;
}

/** A line for each line, where there are as many: what is done to one leaves the next alone. */
const single = (hunk: Hunk): readonly Hunk[] =>
  hunk.lines.length === hunk.to - hunk.from
    ? hunk.lines.map((line, at) => ({
        from: hunk.from + at,
        to: hunk.from + at + 1,
        lines: [line],
      }))
    : [hunk];

/** Whether two hunks write the same lines, or put something into the same place. */
const overlap = (one: Hunk, other: { readonly from: number; readonly to: number }): boolean =>
  (one.from < other.to && other.from < one.to) || (one.from === other.from && one.to === other.to);

/** As much of the base as hunks share lines with, beginning at `first`, and those hunks. */
function regionOf(
  first: Hunk,
  hunks: readonly Hunk[],
): { readonly from: number; readonly to: number; readonly hunks: readonly Hunk[] } {
  const region = { from: first.from, to: first.to };
  const found = new Set([first]);
  for (let grown = true; grown;) {
    grown = false;
    for (const hunk of hunks) {
      if (found.has(hunk) || !overlap(hunk, region)) continue;
      found.add(hunk);
      region.from = Math.min(region.from, hunk.from);
      region.to = Math.max(region.to, hunk.to);
      grown = true;
    }
  }
  return { ...region, hunks: hunks.filter((hunk) => found.has(hunk)) };
}
