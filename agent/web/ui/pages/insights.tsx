import {
  Button,
  Card,
  Group,
  Progress,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Table,
  Text,
  Title,
} from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { get, saveAs, type Count, type Insights } from '../api';
import { Page } from '../parts/page';
import { lasting } from '../parts/times';

/** How the calls went, in numbers; nobody is named. */
export default function InsightsPage(): ReactNode {
  const { t } = useTranslation();
  const [days, setDays] = useState('30');
  const { data } = useQuery({
    queryKey: ['insights', days],
    queryFn: () => get<Insights>(`/insights?days=${days}`),
  });
  if (data === undefined) return undefined;
  const percent = (part: number | undefined): string =>
    part === undefined ? '–' : `${Math.round(part * 100)} %`;
  const time = (ms: number | undefined): string => (ms === undefined ? '–' : lasting(ms));
  return (
    <Page
      title={t('insights')}
      actions={
        <Group>
          <SegmentedControl
            aria-label={t('insights')}
            value={days}
            onChange={setDays}
            data={['7', '30', '90', '365'].map((value) => ({
              value,
              label: t('lastDays', { count: Number(value) }),
            }))}
          />
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => saveCsv(data)}
          >
            {t('exportCsv')}
          </Button>
        </Group>
      }
    >
      <SimpleGrid cols={{ base: 2, md: 5 }}>
        <Figure label={t('calls')} value={String(data.calls)} />
        <Figure label={t('messagesTaken')} value={String(data.messages.taken)} />
        <Figure label={t('meanLength')} value={time(data.meanLengthMs)} />
        <Figure label={t('meanUntilDone')} value={time(data.meanUntilDoneMs)} />
        <Figure label={t('meanConfidence')} value={percent(data.meanConfidence)} />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Bars title={t('callsByDay')} counts={data.byDay} />
        <Bars
          title={t('callsByHour')}
          counts={data.byHour.map((count, hour) => ({ name: `${hour}:00`, count }))}
        />
        <Shares title={t('outcomes')} counts={data.outcomes} />
        <Shares title={t('reasons')} counts={data.reasons} />
      </SimpleGrid>
    </Page>
  );
}

const Figure = ({ label, value }: { label: string; value: string }): ReactNode => (
  <Card withBorder>
    <Text size="sm" c="dimmed">
      {label}
    </Text>
    <Text size="xl" fw={700}>
      {value}
    </Text>
  </Card>
);

/** Columns, with the same as a table for those who do not see them. */
function Bars({ title, counts }: { title: string; counts: readonly Count[] }): ReactNode {
  const most = Math.max(1, ...counts.map(({ count }) => count));
  const [first, last] = [counts[0], counts.at(-1)];
  return (
    <Card withBorder component="figure" m={0}>
      <Title order={3} size="h5" mb="sm">
        {title}
      </Title>
      <div
        className="bars"
        role="img"
        aria-label={counts.map(({ name, count }) => `${name}: ${count}`).join(', ')}
      >
        {counts.map(({ name, count }) => (
          <div
            key={name}
            title={`${name}: ${count}`}
            style={{ height: `${(count / most) * 100}%`, minHeight: count > 0 ? 3 : 1 }}
          />
        ))}
      </div>
      <Group justify="space-between">
        <Text size="xs" c="dimmed">
          {first?.name}
        </Text>
        <Text size="xs" c="dimmed">
          {last?.name}
        </Text>
      </Group>
    </Card>
  );
}

function Shares({ title, counts }: { title: string; counts: readonly Count[] }): ReactNode {
  const { t } = useTranslation();
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  return (
    <Card withBorder>
      <Title order={3} size="h5" mb="sm">
        {title}
      </Title>
      {all === 0 ? (
        <Text c="dimmed">{t('noneYet')}</Text>
      ) : (
        <Table>
          <Table.Tbody>
            {counts.slice(0, 10).map(({ name, count }) => (
              <Table.Tr key={name}>
                <Table.Td w="45%">{name}</Table.Td>
                <Table.Td>
                  <Stack gap={0}>
                    <Progress value={(count / all) * 100} size="lg" aria-label={name} />
                  </Stack>
                </Table.Td>
                <Table.Td w="4rem" ta="right">
                  {count}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Card>
  );
}

function saveCsv(data: Insights): void {
  const rows = [
    ['what', 'name', 'count'],
    ...data.byDay.map(({ name, count }) => ['calls by day', name, String(count)]),
    ...data.byHour.map((count, hour) => ['calls by hour', `${hour}:00`, String(count)]),
    ...data.outcomes.map(({ name, count }) => ['outcome', name, String(count)]),
    ...data.reasons.map(({ name, count }) => ['reason', name, String(count)]),
  ];
  const cell = (value: string): string => `"${value.replaceAll('"', '""')}"`;
  const text = rows.map((row) => row.map(cell).join(',')).join('\r\n');
  saveAs(`insights-${data.days}-days.csv`, new Blob([`${text}\r\n`], { type: 'text/csv' }));
}
