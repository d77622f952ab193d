import { Badge, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Logins } from '../../answers/session';
import { get, remove } from '../api';
import { useSession } from '../session';
import { fullMoment } from './times';

/** Where one is logged in, and how to end it there. */
export function MyLogins(): ReactNode {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { office } = useSession();
  const { data } = useQuery({ queryKey: ['logins'], queryFn: () => get<Logins>('/me/logins') });
  const end = useMutation({
    mutationFn: (id: string) => remove(`/me/logins/${id}`),
    onSettled: () => client.invalidateQueries({ queryKey: ['logins'] }),
  });
  return (
    <Card withBorder>
      <Stack>
        <Title order={3} size="h5">
          {t('myLogins')}
        </Title>
        {data?.logins.map(({ id, device, begunAt, lastAt, here }) => (
          <Group key={id} justify="space-between" wrap="nowrap">
            <div>
              <Text>{device === '' ? t('unknownDevice') : device}</Text>
              <Text size="sm" c="dimmed">
                {t('loginTimes', {
                  begun: fullMoment(begunAt, office.timeZone),
                  last: fullMoment(lastAt, office.timeZone),
                })}
              </Text>
            </div>
            {here ? (
              <Badge variant="default" flex="none">
                {t('thisLogin')}
              </Badge>
            ) : (
              <Button
                size="xs"
                variant="subtle"
                color="red.8"
                aria-label={`${t('endLogin')}: ${device}`}
                onClick={() => end.mutate(id)}
              >
                {t('endLogin')}
              </Button>
            )}
          </Group>
        ))}
      </Stack>
    </Card>
  );
}
