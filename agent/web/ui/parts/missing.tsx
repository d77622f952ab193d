import { Alert, Anchor, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

/** In the place of something that cannot be shown, such as what was erased meanwhile: why, and the way back. */
export function Missing({ error, back }: { error: Error; back: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <Alert color="gray" role="status">
      <Stack gap="xs">
        <Text>{error.message}</Text>
        <Anchor component={Link} href={back}>
          {t('back')}
        </Anchor>
      </Stack>
    </Alert>
  );
}
