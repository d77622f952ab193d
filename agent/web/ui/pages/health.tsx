import { Accordion, Alert, Badge, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { get, type Finding } from '../api';
import { useFindingWords } from '../parts/finding-words';
import { OtherOffices } from '../parts/other-offices';
import { Page } from '../parts/page';

const COLOURS = { fail: 'red.8', warn: 'yellow.4', ok: 'vestibule.7', skipped: 'gray.7' } as const;
const RANK = ['fail', 'warn', 'ok', 'skipped'];
const isIll = ({ status }: Finding): boolean => status === 'fail' || status === 'warn';

/** What the doctor finds: what is to be mended, the worst first; what is well is folded. */
export default function Health(): ReactNode {
  const { t } = useTranslation();
  const { data, isFetching, refetch } = useQuery({
    queryKey: ['health'],
    queryFn: () => get<{ ready: boolean; version: string; findings: Finding[] }>('/health'),
    staleTime: 30_000,
  });
  const words = useFindingWords();
  const findings = (data?.findings ?? [])
    .map(words)
    .sort((a, b) => RANK.indexOf(a.status) - RANK.indexOf(b.status));
  const ill = findings.filter(isIll);
  const well = findings.filter((one) => !isIll(one));
  return (
    <Page
      title={t('health')}
      actions={
        <Button
          variant="default"
          loading={isFetching}
          leftSection={<IconRefresh size={16} aria-hidden />}
          onClick={() => void refetch()}
        >
          {t('checkAgain')}
        </Button>
      }
    >
      {data === undefined ? undefined : (
        <Stack>
          <Alert color={data.ready ? 'vestibule' : 'red'} title={`Vestibule ${data.version}`}>
            {t(data.ready ? 'answersCalls' : 'noCallsAnswered')}.{' '}
            {ill.length === 0 ? t('allWell') : ''}
          </Alert>
          {ill.map((one) => (
            <One key={one.id} one={one} />
          ))}
          {well.length === 0 ? undefined : (
            <Accordion variant="separated">
              <Accordion.Item value="well">
                <Accordion.Control>{t('wellCount', { count: well.length })}</Accordion.Control>
                <Accordion.Panel>
                  <Stack>
                    {well.map((one) => (
                      <One key={one.id} one={one} />
                    ))}
                  </Stack>
                </Accordion.Panel>
              </Accordion.Item>
            </Accordion>
          )}
        </Stack>
      )}
      <OtherOffices kind="health" />
    </Page>
  );
}

/** What one check found; what to do, and why it matters, where something is to be done. */
function One({ one }: { one: Finding }): ReactNode {
  const { t } = useTranslation();
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between" wrap="nowrap" align="start">
        <div>
          <Title order={3} size="h6">
            {one.title}
          </Title>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {one.finding}
          </Text>
          {isIll(one) ? (
            <>
              <Text size="sm" mt={4}>
                <b>{t('whatToDo')}:</b> {one.mend}
              </Text>
              <Text size="sm" c="dimmed">
                {t('why')}: {one.why}
              </Text>
            </>
          ) : undefined}
        </div>
        <Badge color={COLOURS[one.status]} flex="none" autoContrast>
          {t(`foundOf.${one.status}`)}
        </Badge>
      </Group>
    </Card>
  );
}
