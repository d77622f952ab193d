import { Badge, Card, Group, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { get, type CallHead } from '../api';
import { Page } from '../parts/page';
import { fullMoment, lasting } from '../parts/times';
import { useMay, useSession } from '../session';

const ROW = 56;

/** All calls, the latest first; only the rows that are seen exist. */
export default function Calls(): ReactNode {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState('');
  const { office } = useSession();
  const { data } = useQuery({
    queryKey: ['calls'],
    queryFn: () => get<{ calls: CallHead[] }>('/calls?limit=10000'),
  });
  const rows = useMemo(() => {
    const calls = (data?.calls ?? []).map((call) => ({
      call,
      when: fullMoment(call.startedAt, office.timeZone),
    }));
    const words = wanted.toLowerCase().split(/\s+/u);
    return calls.filter(({ call, when }) => {
      const text = `${when} ${call.outcome ?? ''} ${call.intent ?? ''}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
  }, [data, wanted, office.timeZone]);
  return (
    <Page
      title={t('calls')}
      actions={
        <TextInput
          aria-label={t('search')}
          placeholder={t('search')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={wanted}
          onChange={({ currentTarget }) => setWanted(currentTarget.value)}
        />
      }
    >
      <Card withBorder padding={0}>
        {data !== undefined && rows.length === 0 ? (
          <Text p="md" c="dimmed">
            {t('noCalls')}
          </Text>
        ) : (
          <Rows rows={rows} />
        )}
      </Card>
    </Page>
  );
}

function Rows({ rows }: { rows: readonly { call: CallHead; when: string }[] }): ReactNode {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const mayOpen = useMay('calls.content');
  const scroll = useRef<HTMLDivElement>(null);
  const { ref } = useElementSize();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW,
    overscan: 12,
  });
  return (
    <div ref={scroll} className="pane-list" tabIndex={0} role="list" aria-label={t('calls')}>
      <div ref={ref} style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const row = rows[index];
          if (row === undefined) return undefined;
          const { call, when } = row;
          const ms = (call.endedAt ?? Date.now()) - (call.answeredAt ?? call.startedAt);
          return (
            <div
              key={key}
              role="listitem"
              style={{
                position: 'absolute',
                top: 0,
                insetInline: 0,
                height: ROW,
                transform: `translateY(${start}px)`,
              }}
            >
              <UnstyledButton
                className="row-button"
                disabled={!mayOpen}
                onClick={() => go(`/calls/${call.id}`)}
              >
                <Group justify="space-between" wrap="nowrap">
                  <Text>{when}</Text>
                  <Group gap="xs" wrap="nowrap">
                    {call.intent === undefined ? undefined : (
                      <Text size="sm" c="dimmed" visibleFrom="sm">
                        {call.intent}
                      </Text>
                    )}
                    <Badge
                      variant={call.endedAt === undefined ? 'filled' : 'light'}
                      color={call.endedAt === undefined ? 'red.8' : 'vestibule'}
                    >
                      {call.endedAt === undefined ? t('running') : (call.outcome ?? '–')}
                    </Badge>
                    <Text size="sm" w="3.5rem" ta="right">
                      {lasting(ms)}
                    </Text>
                  </Group>
                </Group>
              </UnstyledButton>
            </div>
          );
        })}
      </div>
    </div>
  );
}
