import {
  Button,
  Card,
  Center,
  Divider,
  PasswordInput,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { startAuthentication } from '@simplewebauthn/browser';
import { IconFingerprint } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { post, type Session } from '../api';

type Entered = { state: 'code' } | ({ state: 'in' } & Session);

/** The door: name and password, then the code; or a passkey. */
export function Login(): ReactNode {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState<string>();
  const entered = (answer: Entered): void => {
    if (answer.state === 'code') setCode('');
    else client.setQueryData(['session'], answer);
  };
  const byPassword = useMutation({
    mutationFn: () =>
      post<Entered>('/session', { name, password, ...(code === undefined ? {} : { code }) }),
    onSuccess: entered,
  });
  const byPasskey = useMutation({
    mutationFn: async () => {
      const options = await post<{ challenge: string }>('/session/passkey/ask');
      const answer = await startAuthentication({ optionsJSON: options });
      return post<Entered>('/session/passkey', { challenge: options.challenge, answer });
    },
    onSuccess: entered,
  });
  return (
    <Center mih="100dvh" p="md">
      <Card withBorder shadow="sm" padding="xl" w="100%" maw={400} component="main">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            byPassword.mutate();
          }}
        >
          <Stack>
            <Stack align="center" gap="xs">
              <img src="/icon.svg" alt="" width={56} height={56} />
              <Title order={1} size="h2">
                Vestibule
              </Title>
            </Stack>
            <TextInput
              label={t('name')}
              autoComplete="username webauthn"
              value={name}
              onChange={({ currentTarget }) => setName(currentTarget.value)}
              required
              autoFocus
            />
            <PasswordInput
              label={t('password')}
              autoComplete="current-password"
              value={password}
              onChange={({ currentTarget }) => setPassword(currentTarget.value)}
              required
            />
            {code === undefined ? undefined : (
              <TextInput
                label={t('code')}
                inputMode="numeric"
                autoComplete="one-time-code"
                value={code}
                onChange={({ currentTarget }) => setCode(currentTarget.value)}
                required
                autoFocus
              />
            )}
            {byPassword.error === null ? undefined : (
              <Text c="red" size="sm" role="alert">
                {byPassword.error.message}
              </Text>
            )}
            <Button type="submit" loading={byPassword.isPending}>
              {t('login')}
            </Button>
            <Divider />
            <Button
              variant="default"
              leftSection={<IconFingerprint size={18} aria-hidden />}
              loading={byPasskey.isPending}
              onClick={() => byPasskey.mutate()}
            >
              {t('usePasskey')}
            </Button>
          </Stack>
        </form>
      </Card>
    </Center>
  );
}
