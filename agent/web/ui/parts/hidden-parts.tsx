import { Alert, Button, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { post, type CallReading } from '../api';
import { useMay } from '../session';
import { secretWord } from './codes';
import { lasting } from './times';

/** A reason is at least so long. */
const LEAST = 3;

/** What of a call was hidden for privacy, and the way to see it for those who may and say why. */
export function HiddenParts({ call }: { call: CallReading }): ReactNode {
  const { t } = useTranslation();
  const mayReveal = useMay('calls.listen');
  const [asking, setAsking] = useState(false);
  const [why, setWhy] = useState('');
  const reveal = useMutation({
    mutationFn: () =>
      post<{ hidden: { atMs: number; kind: string; text: string }[] }>(`/calls/${call.id}/reveal`, {
        why,
      }),
  });
  const places = call.redactions.filter(({ place }) => place !== 'sound');
  if (places.length === 0) return undefined;
  const ask = (event: FormEvent): void => {
    event.preventDefault();
    reveal.mutate();
  };
  const hidden = reveal.data?.hidden;
  return (
    <Alert
      className="no-print"
      color="gray"
      icon={<IconEyeOff size={18} aria-hidden />}
      title={t('hiddenParts', { count: places.length })}
    >
      <Stack gap="xs">
        <Text size="sm">
          {places.map(({ atMs, kind }) => `${lasting(atMs)} ${secretWord(t, kind)}`).join(', ')}
        </Text>
        {hidden === undefined ? undefined : hidden.length === 0 ? (
          <Text size="sm">{t('nothingKept')}</Text>
        ) : (
          <Table>
            <Table.Tbody>
              {hidden.map(({ atMs, kind, text }) => (
                <Table.Tr key={`${atMs}${kind}${text}`}>
                  <Table.Td>{lasting(atMs)}</Table.Td>
                  <Table.Td>{secretWord(t, kind)}</Table.Td>
                  <Table.Td fw={600}>{text}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
        {!mayReveal || hidden !== undefined ? undefined : asking ? (
          <form onSubmit={ask}>
            <Group align="end">
              <TextInput
                flex={1}
                data-autofocus
                label={t('revealWhy')}
                description={t('revealWhyHint')}
                value={why}
                onChange={({ currentTarget }) => setWhy(currentTarget.value)}
              />
              <Button type="submit" disabled={why.trim().length < LEAST} loading={reveal.isPending}>
                {t('showHidden')}
              </Button>
            </Group>
          </form>
        ) : (
          <Button w="fit-content" size="xs" variant="default" onClick={() => setAsking(true)}>
            {t('showHidden')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
