import { keepPreviousData, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { get, post, type CallHead } from '../api';
import { useMay } from '../session';

/** So many rows are fetched at once, and so many callers asked for. */
const PAGE = 100;
/** Rows so near to what is seen are fetched, too. */
const NEAR = 30;
/** What is drawn past is not fetched: the list has to rest so long, in milliseconds. */
const REST_MS = 80;
const MOST_HITS = 200;

export interface Found extends CallHead {
  readonly lines?: readonly { readonly atMs?: number; readonly text: string }[];
}

/** Numbers of the first and the last row that are drawn. */
export interface Sight {
  readonly first: number;
  readonly last: number;
}

/** A row by its number; undefined for one that is not fetched yet. */
export type RowAt = (index: number) => Found | undefined;

/** What is looked for: the query of the API, and whether words or a number are in it. */
export interface Wanted {
  readonly query: string;
  readonly search: boolean;
}

interface Page {
  readonly calls: readonly Found[];
  readonly total: number;
}

// Comparing rows with those before takes longer than drawing the few that are seen.
const WHOLE = { structuralSharing: false } as const;

const pageOf = (query: string, number: number) => ({
  queryKey: ['calls', 'page', query, number],
  queryFn: () =>
    get<Page>(`/calls?limit=${PAGE}&skip=${number * PAGE}${query === '' ? '' : `&${query}`}`),
  ...WHOLE,
});

/** The latest calls that fit, and how many do; of a search all that are found. Undefined before it is known. */
export function useFirstRows({ query, search }: Wanted): Page | undefined {
  const { data: listed } = useQuery({
    ...pageOf(query, 0),
    enabled: !search,
    placeholderData: keepPreviousData,
  });
  const { data: hits } = useQuery({
    queryKey: ['calls', 'search', query],
    queryFn: () => get<{ calls: Found[] }>(`/calls/search?limit=${MOST_HITS}&${query}`),
    enabled: search,
    ...WHOLE,
  });
  if (!search) return listed;
  return hits && { calls: hits.calls, total: hits.calls.length };
}

/** Every row, a hundred at a time, as far as the list is looked at. */
export function useRows({ query, search }: Wanted, first: Page | undefined, sight: Sight): RowAt {
  const client = useQueryClient();
  const end = search ? 0 : Math.min(sight.last + NEAR, (first?.total ?? 0) - 1);
  const from = Math.max(1, Math.floor((sight.first - NEAR) / PAGE));
  const pages = useRested(pagesOf(from, Math.floor(end / PAGE)));
  useQueries({
    queries: (pages === '' ? [] : pages.split(',')).map((page) => pageOf(query, Number(page))),
  });
  return (index) => {
    if (search || index < PAGE) return first?.calls[index];
    const page = client.getQueryData<Page>(pageOf(query, Math.floor(index / PAGE)).queryKey);
    return page?.calls[index % PAGE];
  };
}

const pagesOf = (from: number, to: number): string =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at).join();

/** What it was when it last stood still. */
function useRested(value: string): string {
  const [rested, setRested] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), REST_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}

/**
 * Who called, of the rows in sight. What was asked is kept: a list is looked through in both directions,
 * and each question is a row of the audit log.
 */
export function useCallers(at: RowAt, { first, last }: Sight): (id: string) => string | undefined {
  const client = useQueryClient();
  const may = useMay('calls.content');
  const known = useCallback((id: string) => client.getQueryData<string>(['caller', id]), [client]);
  const unknown = Array.from({ length: last - first + 1 }, (_, row) => at(first + row)?.id)
    .filter((id) => id !== undefined && known(id) === undefined)
    .slice(0, PAGE);
  const asked = useRested(unknown.join());
  useQuery({
    queryKey: ['callers', asked],
    queryFn: async () => {
      const ids = asked.split(',');
      const { callers } = await post<{ callers: Record<string, string> }>('/calls/callers', {
        ids,
      });
      for (const id of ids) client.setQueryData(['caller', id], callers[id] ?? '');
      return true;
    },
    enabled: may && asked !== '',
    staleTime: Infinity,
  });
  return known;
}
