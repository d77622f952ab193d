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
  VisuallyHidden,
} from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { fetched, get, saveAs, type Count, type Insights } from '../api';
import { intentWord, gateWord, outcomeWord } from '../parts/codes';
import { Page } from '../parts/page';
import { dayOf, lasting } from '../parts/times';

/** What is rarer than this the server does not tell, and calls the rest. */
const LEAST = 5;
const REST = 'rest';

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
  const brief = (ms: number | undefined): string =>
    ms === undefined ? '–' : t('secondsLong', { number: (ms / 1000).toFixed(1) });
  const many = (count: number | undefined): string =>
    count === undefined ? t('few', { least: LEAST }) : String(count);
  const named = (
    counts: readonly Count[],
    word: (t: TFunction, code: string) => string = (_t, code) => code,
  ): readonly Count[] =>
    counts.map(({ name, ...one }) => ({ ...one, name: name === REST ? t('rest') : word(t, name) }));
  return (
    <Page
      title={t('insights')}
      actions={
        <Group>
          <SegmentedControl
            aria-label={t('period')}
            value={days}
            onChange={setDays}
            data={['7', '30', '90', '365'].map((value) => ({
              value,
              label: t('daysShort', { number: value }),
            }))}
          />
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => void saveCsv(days)}
          >
            {t('exportCsv')}
          </Button>
        </Group>
      }
    >
      <SimpleGrid cols={{ base: 2, sm: 3, lg: 5 }}>
        <Figure label={t('calls')} value={String(data.calls)} />
        <Figure label={t('resolved')} how={t('resolvedHow')} value={percent(data.resolved)} />
        <Figure label={t('meanAnswer')} value={time(data.meanAnswerMs)} />
        <Figure label={t('meanPause')} value={brief(data.meanPauseMs)} />
        <Figure label={t('meanWait')} value={time(data.meanWaitMs)} />
        <Figure label={t('meanLength')} value={time(data.meanLengthMs)} />
        <Figure label={t('messagesTaken')} value={String(data.messages.taken)} />
        <Figure label={t('meanUntilDone')} value={time(data.meanUntilDoneMs)} />
        <Figure label={t('notUnderstood')} value={many(data.missed.turns)} />
        <Figure label={t('meanConfidence')} value={percent(data.meanConfidence)} />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Bars
          title={t('callsByDay')}
          counts={data.byDay.map(({ name, ...rest }) => ({
            ...{ name: dayOf(Date.parse(name), 'UTC') },
            ...rest,
          }))}
        />
        <Bars
          title={t('callsByHour')}
          counts={data.byHour.map((count, hour) => ({ name: `${hour}:00`, count }))}
        />
        <Shares title={t('outcomes')} counts={named(data.outcomes, outcomeWord)} />
        <Shares title={t('reasons')} counts={named(data.reasons, intentWord)} />
        <Shares title={t('missedBy')} counts={named(data.missed.nearest, intentWord)} />
        <Shares title={t('spam')} counts={named(data.spam, gateWord)} />
      </SimpleGrid>
      <Text size="sm" c="dimmed">
        {t('rareHidden', { least: LEAST })}
      </Text>
    </Page>
  );
}

/** The same for a spreadsheet, as the server writes it. */
const saveCsv = async (days: string): Promise<void> => {
  const answer = await fetched('GET', `/insights.csv?days=${days}`);
  saveAs(`insights-${days}-days.csv`, await answer.blob());
};

function Figure({ label, value, how }: { label: string; value: string; how?: string }): ReactNode {
  return (
    <Card withBorder title={how} data-figure>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text size="xl" fw={700}>
        {value}
      </Text>
      {how === undefined ? undefined : <VisuallyHidden>{how}</VisuallyHidden>}
    </Card>
  );
}

/** Columns, with the same as a table for those who do not see them. */
function Bars({ title, counts }: { title: string; counts: readonly Count[] }): ReactNode {
  const most = Math.max(1, ...counts.map(({ count = 0 }) => count));
  const [first, last] = [counts[0], counts.at(-1)];
  return (
    <Card withBorder component="figure" m={0}>
      <Title order={3} size="h5" mb="sm">
        {title}
      </Title>
      <div
        className="bars"
        role="img"
        aria-label={counts.map(({ name, count = 0 }) => `${name}: ${count}`).join(', ')}
      >
        {counts.map(({ name, count = 0 }, at) => (
          <div
            key={at}
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
  const all = counts.reduce((sum, { count = 0 }) => sum + count, 0);
  return (
    <Card withBorder>
      <Title order={3} size="h5" mb="sm">
        {title}
      </Title>
      {counts.length === 0 ? (
        <Text c="dimmed">{t('noneYet')}</Text>
      ) : (
        <Table>
          <Table.Tbody>
            {counts.slice(0, 10).map(({ name, count }) => (
              <Table.Tr key={name}>
                <Table.Td w="40%">{name}</Table.Td>
                <Table.Td>
                  <Stack gap={0}>
                    <Progress
                      value={all === 0 ? 0 : ((count ?? 0) / all) * 100}
                      size="lg"
                      aria-label={name}
                    />
                  </Stack>
                </Table.Td>
                <Table.Td ta="right" w="1%" style={{ whiteSpace: 'nowrap' }}>
                  {count ?? t('few', { least: LEAST })}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Card>
  );
}
