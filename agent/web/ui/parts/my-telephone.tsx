import { Card, Select } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../api';
import { useTelephone, type Telephone } from './telephone';

/** Which telephone of the office is one's own. */
export function MyTelephone(): ReactNode {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data } = useTelephone();
  const choose = useMutation({
    mutationFn: (extension: string | null) => post<Telephone>('/me/telephone', { extension }),
    onSuccess: (after) => client.setQueryData(['telephone'], after),
  });
  if (data === undefined || data.telephones.length === 0) return undefined;
  return (
    <Card withBorder>
      <Select
        label={t('telephone')}
        description={t('telephoneHow')}
        placeholder={t('noTelephone')}
        data={data.telephones.map(({ number, name }) => ({
          value: number,
          label: `${number} ${name}`,
        }))}
        value={data.extension}
        onChange={(extension) => choose.mutate(extension)}
        clearable
      />
    </Card>
  );
}
