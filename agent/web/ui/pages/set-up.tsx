import {
  Button,
  Card,
  Center,
  Code,
  Divider,
  Group,
  PasswordInput,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { startRegistration } from '@simplewebauthn/browser';
import { IconDeviceMobile, IconFingerprint } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { post, type Session } from '../api';
import { QrCode } from '../parts/qr-code';
import { useSession } from '../session';

/** What a new account still owes: a password of its owner's, then a second factor. */
export function SetUp(): ReactNode {
  const { t } = useTranslation();
  const { account } = useSession();
  return (
    <Center mih="100dvh" p="md">
      <Card withBorder shadow="sm" padding="xl" w="100%" maw={460} component="main">
        <Stack>
          <Title order={1} size="h3">
            {t('setUp')}
          </Title>
          {account.owes.includes('password') ? <OwnPassword first /> : <SecondFactor />}
        </Stack>
      </Card>
    </Center>
  );
}

export function OwnPassword({ first = false }: { first?: boolean }): ReactNode {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [old, setOld] = useState('');
  const [fresh, setFresh] = useState('');
  const change = useMutation({
    mutationFn: () => post<Session>('/me/password', { old, fresh }),
    onSuccess: (session) => {
      setOld('');
      setFresh('');
      client.setQueryData(['session'], session);
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate();
      }}
    >
      <Stack>
        {first ? <Text>{t('ownPassword')}</Text> : undefined}
        <PasswordInput
          label={t(first ? 'firstPassword' : 'oldPassword')}
          autoComplete="current-password"
          value={old}
          onChange={({ currentTarget }) => setOld(currentTarget.value)}
          required
        />
        <PasswordInput
          label={t('newPassword')}
          description={t('passwordHint')}
          autoComplete="new-password"
          value={fresh}
          onChange={({ currentTarget }) => setFresh(currentTarget.value)}
          required
        />
        {change.error === null ? undefined : (
          <Text c="red" size="sm" role="alert">
            {change.error.message}
          </Text>
        )}
        {change.isSuccess && !first ? <Text size="sm">{t('changed')}</Text> : undefined}
        <Button type="submit" loading={change.isPending}>
          {t('save')}
        </Button>
      </Stack>
    </form>
  );
}

export function SecondFactor(): ReactNode {
  const { t } = useTranslation();
  return (
    <Stack>
      <Text>{t('secondFactor')}</Text>
      <Text size="sm" c="dimmed">
        {t('secondFactorWhy')}
      </Text>
      <AddPasskey label={t('passkeyHere')} />
      <Divider />
      <Authenticator />
    </Stack>
  );
}

export function AddPasskey({ label }: { label: string }): ReactNode {
  const client = useQueryClient();
  const { t } = useTranslation();
  const add = useMutation({
    mutationFn: async () => {
      const optionsJSON =
        await post<Parameters<typeof startRegistration>[0]['optionsJSON']>('/me/passkeys/offer');
      const answer = await startRegistration({ optionsJSON });
      return post<Session>('/me/passkeys', { label: deviceName(), answer });
    },
    onSuccess: async (session) => {
      client.setQueryData(['session'], session);
      await client.invalidateQueries({ queryKey: ['keys'] });
    },
  });
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconFingerprint size={18} aria-hidden />}
        loading={add.isPending}
        onClick={() => add.mutate()}
      >
        {label}
      </Button>
      {add.error === null ? undefined : (
        <Text c="red" size="sm" role="alert">
          {t('passkeyFailed')}
        </Text>
      )}
    </>
  );
}

/** What this device is, for the list of passkeys. */
function deviceName(): string {
  const agent = navigator.userAgent;
  return /Android|iPhone|iPad|Windows|Mac OS|Linux/u.exec(agent)?.[0] ?? 'passkey';
}

export function Authenticator(): ReactNode {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [code, setCode] = useState('');
  const offer = useMutation({
    mutationFn: () => post<{ secret: string; uri: string }>('/me/totp/offer'),
  });
  const enrol = useMutation({
    mutationFn: () => post<Session>('/me/totp', { code }),
    onSuccess: (session) => client.setQueryData(['session'], session),
  });
  if (offer.data === undefined) {
    return (
      <Button
        variant="default"
        leftSection={<IconDeviceMobile size={18} aria-hidden />}
        loading={offer.isPending}
        onClick={() => offer.mutate()}
      >
        {t('authenticatorApp')}
      </Button>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        enrol.mutate();
      }}
    >
      <Stack>
        <Text size="sm">{t('scan')}</Text>
        <Center>
          <QrCode text={offer.data.uri} />
        </Center>
        <Code block data-testid="totp-secret">
          {offer.data.secret}
        </Code>
        <Group align="end">
          <TextInput
            flex={1}
            label={t('code')}
            inputMode="numeric"
            autoComplete="one-time-code"
            value={code}
            onChange={({ currentTarget }) => setCode(currentTarget.value)}
            required
          />
          <Button type="submit" loading={enrol.isPending}>
            {t('save')}
          </Button>
        </Group>
        {enrol.error === null ? undefined : (
          <Text c="red" size="sm" role="alert">
            {enrol.error.message}
          </Text>
        )}
      </Stack>
    </form>
  );
}
