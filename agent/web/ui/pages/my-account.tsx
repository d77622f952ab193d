import {
  Alert,
  Button,
  Card,
  Code,
  Group,
  MultiSelect,
  NumberInput,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
  useMantineColorScheme,
  type MantineColorScheme,
} from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { get, post, remove, type Keys } from '../api';
import { Confirm } from '../parts/confirm';
import { CalendarFeed, Notices } from '../parts/notices';
import { MyLogins } from '../parts/my-logins';
import { MyTelephone } from '../parts/my-telephone';
import { Page } from '../parts/page';
import { fullMoment } from '../parts/times';
import { useSession } from '../session';
import { chooseLanguage } from '../words';
import { AddPasskey, Authenticator, OwnPassword } from './set-up';

/** One's own account: how it looks, how one gets in, and what programs may do for one. */
export default function MyAccount(): ReactNode {
  const { t, i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { account } = useSession();
  return (
    <Page title={`${t('account')}: ${account.name}`}>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Card withBorder>
          <Stack>
            <div>
              <Text size="sm" fw={500} id="language">
                {t('language')}
              </Text>
              <SegmentedControl
                aria-labelledby="language"
                value={i18n.resolvedLanguage ?? 'en'}
                onChange={(value) => void chooseLanguage(value)}
                data={[
                  { value: 'en', label: 'English' },
                  { value: 'ko', label: '한국어' },
                ]}
              />
            </div>
            <div>
              <Text size="sm" fw={500} id="appearance">
                {t('appearance')}
              </Text>
              <SegmentedControl
                aria-labelledby="appearance"
                value={colorScheme}
                onChange={(value) => setColorScheme(value as MantineColorScheme)}
                data={(['auto', 'light', 'dark'] as const).map((value) => ({
                  value,
                  label: t(value),
                }))}
              />
            </div>
          </Stack>
        </Card>
        <Card withBorder>
          <Title order={3} size="h5" mb="sm">
            {t('changePassword')}
          </Title>
          <OwnPassword />
        </Card>
        <Passkeys />
        <Tokens />
        <MyLogins />
        <MyTelephone />
        <Notices />
        <CalendarFeed />
      </SimpleGrid>
    </Page>
  );
}

const useKeys = () => useQuery({ queryKey: ['keys'], queryFn: () => get<Keys>('/me/keys') });

function Passkeys(): ReactNode {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { office } = useSession();
  const { data } = useKeys();
  const drop = useMutation({
    mutationFn: (id: string) => remove(`/me/passkeys/${id}`),
    onSettled: () => client.invalidateQueries({ queryKey: ['keys'] }),
  });
  return (
    <Card withBorder>
      <Stack>
        <Title order={3} size="h5">
          {t('passkeys')}
        </Title>
        {data?.passkeys.map((key) => (
          <Group key={key.id} justify="space-between">
            <Text>
              {key.label}, {fullMoment(key.createdAt, office.timeZone)}
            </Text>
            <Confirm
              label={t('remove')}
              sure={t('surePasskey', { name: key.label })}
              color="red.8"
              variant="subtle"
              onYes={() => drop.mutate(key.id)}
            />
          </Group>
        ))}
        <AddPasskey label={t('addPasskey')} />
        <Authenticator />
      </Stack>
    </Card>
  );
}

function Tokens(): ReactNode {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { office, rights } = useSession();
  const { data } = useKeys();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<string[]>([]);
  const [days, setDays] = useState<number | string>(90);
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: ['keys'] });
  const make = useMutation({
    mutationFn: () => post<{ token: string }>('/me/tokens', { name, scopes, days: Number(days) }),
    onSuccess: again,
  });
  const drop = useMutation({
    mutationFn: (id: string) => remove(`/me/tokens/${id}`),
    onSettled: again,
  });
  return (
    <Card withBorder>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate();
        }}
      >
        <Stack>
          <Title order={3} size="h5">
            {t('tokens')}
          </Title>
          {data?.tokens.map((token) => (
            <Group key={token.id} justify="space-between">
              <Text>
                {token.name}, {t('expires', { when: fullMoment(token.expiresAt, office.timeZone) })}
              </Text>
              <Confirm
                label={t('remove')}
                sure={t('sureToken', { name: token.name })}
                color="red.8"
                variant="subtle"
                onYes={() => drop.mutate(token.id)}
              />
            </Group>
          ))}
          <TextInput
            label={t('name')}
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
            required
          />
          <MultiSelect
            label={t('mayDo')}
            data={[...rights]}
            value={scopes}
            onChange={setScopes}
            required
          />
          <NumberInput label={t('days')} min={1} max={366} value={days} onChange={setDays} />
          <Button
            type="submit"
            variant="default"
            disabled={scopes.length === 0}
            loading={make.isPending}
          >
            {t('makeToken')}
          </Button>
          {make.data === undefined ? undefined : (
            <Alert color="vestibule" title={t('tokenOnce')}>
              <Code style={{ overflowWrap: 'anywhere' }}>{make.data.token}</Code>
            </Alert>
          )}
        </Stack>
      </form>
    </Card>
  );
}
