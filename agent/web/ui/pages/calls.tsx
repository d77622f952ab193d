import { Badge, Card, Group, Text, UnstyledButton } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconMicrophone } from '@tabler/icons-react';
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { get, post, type CallHead } from '../api';
import { CallFilter, NO_WISH, queryOf, type CallWish, type Kinds } from '../parts/call-filter';
import { intentWord, outcomeWord, urgencyWord } from '../parts/codes';
import { OtherOffices } from '../parts/other-offices';
import { Page } from '../parts/page';
import { lasting, moment } from '../parts/times';
import { useMay, useSession } from '../session';

const ROW = 56;
/** Rows of a search show where the words stand. */
const HIT_ROW = 84;
const MOST_HITS = 200;

/** What was looked for last, for whoever comes back from a call; in no address, which browsers keep. */
let kept = NO_WISH;

interface Found extends CallHead {
  readonly lines?: readonly { readonly atMs?: number; readonly text: string }[];
}

/** All calls, the latest first, or those that fit; only the rows that are seen exist. */
export default function Calls(): ReactNode {
  const { t } = useTranslation();
  const { office } = useSession();
  const mayRead = useMay('calls.content');
  const [wish, setWish] = useState<CallWish>(kept);
  kept = wish;
  const query = queryOf(wish, office.timeZone);
  const search = wish.words !== '' || wish.number !== '';
  const { data: listed } = useQuery({
    queryKey: ['calls', search ? '' : query],
    queryFn: () =>
      get<{ calls: CallHead[]; kinds: Kinds }>(`/calls?limit=10000&${search ? '' : query}`),
    placeholderData: keepPreviousData,
    // Comparing ten thousand rows with those before takes longer than drawing the twenty that are seen.
    structuralSharing: false,
  });
  const { data: hits } = useQuery({
    queryKey: ['calls', 'search', query],
    queryFn: () => get<{ calls: Found[] }>(`/calls/search?limit=${String(MOST_HITS)}&${query}`),
    enabled: search,
    structuralSharing: false,
  });
  const found: readonly Found[] | undefined = search ? hits?.calls : listed?.calls;
  const rows = found ?? [];
  const narrowed = query !== '';
  return (
    <Page title={t('calls')}>
      <CallFilter
        wish={wish}
        kinds={listed?.kinds ?? { outcome: [], intent: [], urgency: [] }}
        mayRead={mayRead}
        onChange={setWish}
      />
      <Text size="sm" c="dimmed" role="status">
        {found === undefined ? ' ' : t('foundCalls', { count: rows.length })}
      </Text>
      <Card withBorder padding={0}>
        {found !== undefined && rows.length === 0 ? (
          <Text p="md" c="dimmed">
            {t(narrowed ? 'nothingFound' : 'noCalls')}
          </Text>
        ) : (
          <Rows key={String(search)} rows={rows} height={search ? HIT_ROW : ROW} />
        )}
      </Card>
      <OtherOffices kind="calls" query="?limit=100" />
    </Page>
  );
}

function Rows({ rows, height }: { rows: readonly Found[]; height: number }): ReactNode {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const { office } = useSession();
  const mayOpen = useMay('calls.content');
  const scroll = useRef<HTMLDivElement>(null);
  const { ref } = useElementSize();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => height,
    overscan: 12,
  });
  const seen = virtual.getVirtualItems();
  const callers = useCallers(rows, seen[0]?.index ?? 0, seen.at(-1)?.index ?? 0);
  return (
    <div ref={scroll} className="pane-list" tabIndex={0} role="list" aria-label={t('calls')}>
      <div ref={ref} style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {seen.map(({ index, start, key }) => {
          const call = rows[index];
          if (call === undefined) return undefined;
          const ms = (call.endedAt ?? Date.now()) - (call.answeredAt ?? call.startedAt);
          return (
            <div
              key={key}
              role="listitem"
              style={{
                position: 'absolute',
                top: 0,
                insetInline: 0,
                height,
                transform: `translateY(${start}px)`,
              }}
            >
              <UnstyledButton
                className="row-button"
                disabled={!mayOpen}
                onClick={() => go(`/calls/${call.id}`)}
              >
                <Group justify="space-between" wrap="nowrap">
                  <div className="call-when">
                    <Group gap="xs" wrap="nowrap">
                      <Text className="no-break">{moment(call.startedAt, office.timeZone)}</Text>
                      {call.recorded ? (
                        <IconMicrophone size={14} aria-label={t('hasRecording')} role="img" />
                      ) : undefined}
                    </Group>
                    {mayOpen ? (
                      <Text size="sm" c="dimmed" className="no-break">
                        {callers(call.id)}
                      </Text>
                    ) : undefined}
                  </div>
                  <Group gap="xs" wrap="nowrap">
                    {call.intent === undefined ? undefined : (
                      <Text size="sm" c="dimmed" visibleFrom="sm">
                        {intentWord(t, call.intent)}
                      </Text>
                    )}
                    {call.urgency === 'urgent' || call.urgency === 'emergency' ? (
                      <Badge color="red.8">{urgencyWord(t, call.urgency)}</Badge>
                    ) : undefined}
                    <Badge
                      variant={call.endedAt === undefined ? 'filled' : 'light'}
                      color={call.endedAt === undefined ? 'red.8' : 'vestibule'}
                    >
                      {call.endedAt === undefined
                        ? t('running')
                        : outcomeWord(t, call.outcome ?? '–')}
                    </Badge>
                    <Text size="sm" w="3.5rem" ta="right">
                      {lasting(ms)}
                    </Text>
                  </Group>
                </Group>
                {call.lines === undefined || call.lines.length === 0 ? undefined : (
                  <Text size="sm" c="dimmed" truncate>
                    {call.lines.map(({ text }) => `“${text}”`).join(' ')}
                  </Text>
                )}
              </UnstyledButton>
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** So many callers are asked for at once. */
const PAGE = 50;

/**
 * Who called, by call, of the pages of rows that are in sight. What was asked is kept: the list is looked
 * through in both directions, and each question is a row of the audit log.
 */
function useCallers(
  rows: readonly Found[],
  first: number,
  last: number,
): (id: string) => string | undefined {
  const may = useMay('calls.content');
  const from = Math.floor(first / PAGE);
  const pages = Array.from({ length: Math.floor(last / PAGE) - from + 1 }, (_, at) => from + at);
  const asked = useQueries({
    queries: pages.map((page) => {
      const ids = rows.slice(page * PAGE, (page + 1) * PAGE).map(({ id }) => id);
      return {
        queryKey: ['callers', ...ids],
        queryFn: () => post<{ callers: Record<string, string> }>('/calls/callers', { ids }),
        enabled: may && ids.length > 0,
        staleTime: Infinity,
        placeholderData: keepPreviousData,
      };
    }),
  });
  const found = asked.flatMap(({ data }) => (data === undefined ? [] : [data.callers]));
  return (id) => found.find((callers) => id in callers)?.[id];
}
