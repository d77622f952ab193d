import { Alert, Button, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../api';
import { Page } from '../parts/page';

/** Whether the log of who looked at what is whole. */
export default function Audit(): ReactNode {
  const { t } = useTranslation();
  const check = useMutation({
    mutationFn: () => get<{ rows: number; brokenAt?: number }>('/audit/check'),
  });
  return (
    <Page title={t('audit')}>
      <Stack align="start">
        <Button loading={check.isPending} onClick={() => check.mutate()}>
          {t(check.data === undefined ? 'checkChain' : 'checkAgain')}
        </Button>
        {check.data === undefined ? undefined : check.data.brokenAt === undefined ? (
          <Alert color="vestibule">{t('chainWhole', { count: check.data.rows })}</Alert>
        ) : (
          <Alert color="red">{t('chainBroken', { at: check.data.brokenAt })}</Alert>
        )}
      </Stack>
    </Page>
  );
}
