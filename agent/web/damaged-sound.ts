/** How a recording's answer names its damaged seconds; pure, so that the pages read it by the same file. */

export const DAMAGED_HEADER = 'x-damaged-seconds';

/** Seconds of a call, both included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Seconds in order, those in a row as one: `12-14,30`. */
export function writeSpans(seconds: readonly number[]): string {
  const spans: Span[] = [];
  for (const second of seconds) {
    const last = spans.at(-1);
    if (last !== undefined && last.to + 1 === second) spans.splice(-1, 1, { ...last, to: second });
    else spans.push({ from: second, to: second });
  }
  return spans
    .map(({ from, to }) => (from === to ? String(from) : `${String(from)}-${String(to)}`))
    .join(',');
}

/** What `writeSpans` wrote; none of an empty or absent header. */
export const readSpans = (header: string | null): readonly Span[] =>
  (header ?? '').split(',').flatMap((span) => {
    const [, from, to = from] = /^(\d+)(?:-(\d+))?$/u.exec(span) ?? [];
    return from === undefined ? [] : [{ from: Number(from), to: Number(to) }];
  });
