import { Card, Text } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useMay, useSession } from '../session';
import { CallRow } from './call-row';
import { useCallers, useFirstRows, useRows, type Wanted } from './call-rows';

const ROW = 56;
/** Rows of a search show where the words stand. */
const HIT_ROW = 84;
/** Rows above and below what is seen. */
const AROUND = 4;

/** Where the list stood when a call of it was opened, for whoever comes back. */
let left: { readonly query: string; readonly top: number } | undefined;

/** The calls that fit, the latest first; only the rows that are seen exist. */
export function CallList(wanted: Wanted): ReactNode {
  const { t } = useTranslation();
  const first = useFirstRows(wanted);
  return (
    <>
      <Text size="sm" c="dimmed" role="status">
        {first === undefined ? ' ' : t('foundCalls', { count: first.total })}
      </Text>
      <Card withBorder padding={0}>
        {first?.total === 0 ? (
          <Text p="md" c="dimmed">
            {t(wanted.query === '' ? 'noCalls' : 'nothingFound')}
          </Text>
        ) : (
          <Rows key={String(wanted.search)} wanted={wanted} first={first} />
        )}
      </Card>
    </>
  );
}

function Rows({
  wanted,
  first,
}: {
  wanted: Wanted;
  first: ReturnType<typeof useFirstRows>;
}): ReactNode {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const { office } = useSession();
  const mayOpen = useMay('calls.content');
  const scroll = useRef<HTMLDivElement>(null);
  const height = wanted.search ? HIT_ROW : ROW;
  const { query } = wanted;
  const virtual = useVirtualizer({
    count: first?.total ?? 0,
    getScrollElement: () => scroll.current,
    estimateSize: () => height,
    overscan: AROUND,
    initialOffset: left?.query === query ? left.top : 0,
  });
  useEffect(() => {
    left = undefined;
  }, []);
  const seen = virtual.getVirtualItems();
  const sight = { first: seen[0]?.index ?? 0, last: seen.at(-1)?.index ?? 0 };
  const at = useRows(wanted, first, sight);
  const caller = useCallers(at, sight);
  const open = useCallback(
    (id: string) => {
      left = { query, top: scroll.current?.scrollTop ?? 0 };
      go(`/calls/${id}`);
    },
    [go, query],
  );
  return (
    <div ref={scroll} className="pane-list" tabIndex={0} role="list" aria-label={t('calls')}>
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {seen.map(({ index, start }) => {
          const call = at(index);
          return (
            <CallRow
              key={index}
              call={call}
              caller={call === undefined ? undefined : caller(call.id)}
              top={start}
              height={height}
              timeZone={office.timeZone}
              t={t}
              onOpen={mayOpen ? open : undefined}
            />
          );
        })}
      </div>
    </div>
  );
}
