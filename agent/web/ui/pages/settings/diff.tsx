import { Badge, Stack, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Diff } from '../../settings-api';

const SIGNS = { same: ' ', added: '+', removed: '−', gap: '…' } as const;

/** What is different, setting by setting and line by line. */
export function DiffView({ diff }: { diff: Diff }): ReactNode {
  const { t } = useTranslation();
  if (diff.lines.length === 0) return <Text c="dimmed">{t('settings.versions.same')}</Text>;
  return (
    <Stack>
      {diff.settings.length === 0 ? undefined : (
        <div>
          <Title order={4} size="h6" mb={4}>
            {t('settings.versions.settings')}
          </Title>
          <Stack gap={6}>
            {diff.settings.map(({ path, was, is }) => (
              <div key={`${path} ${was ?? ''} ${is ?? ''}`} className="wrapping">
                <Text size="sm" fw={600} ff="monospace">
                  {path}{' '}
                  {was === undefined ? (
                    <Badge size="sm">{t('settings.versions.fresh')}</Badge>
                  ) : undefined}
                  {is === undefined ? (
                    <Badge size="sm" color="red.8">
                      {t('settings.versions.gone')}
                    </Badge>
                  ) : undefined}
                </Text>
                {was === undefined ? undefined : (
                  <Text size="sm">
                    {t('settings.versions.was')}: <del>{was}</del>
                  </Text>
                )}
                {is === undefined ? undefined : (
                  <Text size="sm">
                    {t('settings.versions.is')}: <ins>{is}</ins>
                  </Text>
                )}
              </div>
            ))}
          </Stack>
        </div>
      )}
      <div>
        <Title order={4} size="h6" mb={4}>
          {t('settings.versions.lines')}
        </Title>
        <div className="diff" tabIndex={0} role="region" aria-label={t('settings.versions.lines')}>
          <Table withRowBorders={false} verticalSpacing={0} horizontalSpacing={6}>
            <Table.Tbody>
              {diff.lines.map(({ what, old, fresh, text }, at) => (
                <Table.Tr key={at} data-what={what}>
                  <Table.Td className="diff-number">{old}</Table.Td>
                  <Table.Td className="diff-number">{fresh}</Table.Td>
                  <Table.Td className="diff-text">
                    {SIGNS[what]} {text}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      </div>
    </Stack>
  );
}
