import { Group, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** The head of a page and what it holds. */
export const Page = ({
  title,
  actions,
  children,
}: {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}): ReactNode => (
  <Stack gap="md">
    <Group justify="space-between" className="no-print">
      <Title order={2} size="h3">
        {title}
      </Title>
      {actions}
    </Group>
    {children}
  </Stack>
);
