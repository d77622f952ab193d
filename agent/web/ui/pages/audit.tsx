import { Alert, Button, Card, Stack, Table, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { get, type AuditRow } from '../api';
import { deedWord } from '../parts/codes';
import { Page } from '../parts/page';
import { fullMoment } from '../parts/times';
import { useSession } from '../session';

/** Who looked at what, and whether that log is whole. */
export default function Audit(): ReactNode {
  const { t } = useTranslation();
  const { office } = useSession();
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey: ['audit'],
    queryFn: () => get<{ rows: AuditRow[] }>('/audit?limit=300'),
  });
  const check = useMutation({
    mutationFn: () => get<{ rows: number; brokenAt?: number }>('/audit/check'),
    onSuccess: () => client.invalidateQueries({ queryKey: ['audit'] }),
  });
  return (
    <Page
      title={t('audit')}
      actions={
        <Button loading={check.isPending} onClick={() => check.mutate()}>
          {t(check.data === undefined ? 'checkChain' : 'checkAgain')}
        </Button>
      }
    >
      <Stack>
        {check.data === undefined ? undefined : check.data.brokenAt === undefined ? (
          <Alert color="vestibule">{t('chainWhole', { count: check.data.rows })}</Alert>
        ) : (
          <Alert color="red">{t('chainBroken', { at: check.data.brokenAt })}</Alert>
        )}
        <Text size="sm" c="dimmed">
          {t('auditHint')}
        </Text>
        <Card withBorder padding={0}>
          <Table.ScrollContainer minWidth={640}>
            <Table horizontalSpacing="md">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('when')}</Table.Th>
                  <Table.Th>{t('who')}</Table.Th>
                  <Table.Th>{t('what')}</Table.Th>
                  <Table.Th>{t('subject')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {data?.rows.map((row) => (
                  <Table.Tr key={row.id}>
                    <Table.Td className="no-break">{fullMoment(row.at, office.timeZone)}</Table.Td>
                    <Table.Td>{row.who}</Table.Td>
                    <Table.Td title={row.what}>
                      {deedWord(t, row.what)}
                      {row.why === null ? '' : ` (${row.why})`}
                    </Table.Td>
                    <Table.Td style={{ overflowWrap: 'anywhere' }}>{row.subject}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Card>
      </Stack>
    </Page>
  );
}
