import { Button, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { onProof, post } from '../api';

/** Asks for the password once more, when the server wants it before a key of the account changes. */
export function Proof(): ReactNode {
  const { t } = useTranslation();
  const [settle, setSettle] = useState<(proved: boolean) => void>();
  const [password, setPassword] = useState('');
  const [wrong, setWrong] = useState<string>();
  useEffect(
    () =>
      onProof(
        () =>
          new Promise((resolve) => {
            setPassword('');
            setWrong(undefined);
            setSettle(() => resolve);
          }),
      ),
    [],
  );
  const over = (proved: boolean): void => {
    settle?.(proved);
    setSettle(undefined);
  };
  return (
    <Modal opened={settle !== undefined} onClose={() => over(false)} title={t('proveTitle')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          post('/me/prove', { password }).then(
            () => over(true),
            (error: unknown) => setWrong(error instanceof Error ? error.message : ''),
          );
        }}
      >
        <Stack>
          <Text size="sm">{t('proveHow')}</Text>
          <PasswordInput
            label={t('password')}
            value={password}
            onChange={({ currentTarget }) => setPassword(currentTarget.value)}
            autoComplete="current-password"
            error={wrong}
            data-autofocus
            required
          />
          <Button type="submit">{t('goOn')}</Button>
        </Stack>
      </form>
    </Modal>
  );
}
