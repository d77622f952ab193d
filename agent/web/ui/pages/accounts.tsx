import {
  Alert,
  Badge,
  Button,
  Card,
  Code,
  Group,
  Modal,
  Select,
  Stack,
  Table,
  Text,
  TextInput,
} from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ROLES, type Role } from '../../../privacy/roles';
import { get, post, remove, type Account } from '../api';
import { Confirm } from '../parts/confirm';
import { Page } from '../parts/page';
import { fullMoment } from '../parts/times';
import { useSession } from '../session';

/** Who may open the dashboard. */
export default function Accounts(): ReactNode {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { office, account: mine } = useSession();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('reception');
  const [leaving, setLeaving] = useState<string>();
  const [told, setTold] = useState<{ name: string; password: string }>();
  const { data } = useQuery({
    queryKey: ['accounts'],
    queryFn: () => get<{ accounts: Account[] }>('/accounts'),
  });
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: ['accounts'] });
  const add = useMutation({
    mutationFn: () => post<{ account: Account; password: string }>('/accounts', { name, role }),
    onSuccess: async ({ password }) => {
      setTold({ name, password });
      setName('');
      await again();
    },
  });
  const reset = useMutation({
    mutationFn: (whose: string) =>
      post<{ password: string }>(`/accounts/${encodeURIComponent(whose)}/password`),
    onSuccess: async ({ password }, whose) => {
      setTold({ name: whose, password });
      await again();
    },
  });
  const change = useMutation({
    mutationFn: ({ whose, to }: { whose: string; to: string }) =>
      post(`/accounts/${encodeURIComponent(whose)}/role`, { role: to }),
    onSettled: again,
  });
  const leave = useMutation({
    mutationFn: (whose: string) => remove(`/accounts/${encodeURIComponent(whose)}`),
    onSettled: async () => {
      setLeaving(undefined);
      await again();
    },
  });
  const roles = ROLES.map((value) => ({ value, label: t(`roles.${value}`) }));
  return (
    <Page title={t('accounts')}>
      {told === undefined ? undefined : (
        <Alert
          color="vestibule"
          title={t('firstPasswordIs', { name: told.name })}
          withCloseButton
          onClose={() => setTold(undefined)}
        >
          <Code fz="md" data-testid="first-password">
            {told.password}
          </Code>
        </Alert>
      )}
      <Card withBorder>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            add.mutate();
          }}
        >
          <Group align="end">
            <TextInput
              label={t('name')}
              value={name}
              onChange={({ currentTarget }) => setName(currentTarget.value)}
              required
            />
            <Select
              label={t('role')}
              data={roles}
              value={role}
              onChange={(value) => setRole((value ?? 'reception') as Role)}
              allowDeselect={false}
            />
            <Button type="submit" loading={add.isPending}>
              {t('addAccount')}
            </Button>
          </Group>
        </form>
      </Card>
      <Card withBorder padding={0}>
        <Table.ScrollContainer minWidth={640}>
          <Table verticalSpacing="sm" horizontalSpacing="md">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('name')}</Table.Th>
                <Table.Th>{t('role')}</Table.Th>
                <Table.Th>{t('lastLogin')}</Table.Th>
                <Table.Th />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data?.accounts.map((one) => (
                <Table.Tr key={one.id}>
                  <Table.Td>
                    {one.name}{' '}
                    {one.owes.length > 0 ? (
                      <Badge variant="default">{t('notSetUp')}</Badge>
                    ) : undefined}
                  </Table.Td>
                  <Table.Td>
                    <Select
                      aria-label={`${t('role')}: ${one.name}`}
                      data={roles}
                      value={one.role}
                      disabled={one.id === mine.id}
                      onChange={(to) => {
                        if (to !== null) change.mutate({ whose: one.name, to });
                      }}
                      allowDeselect={false}
                    />
                  </Table.Td>
                  <Table.Td>
                    {one.lastLoginAt === undefined
                      ? t('never')
                      : fullMoment(one.lastLoginAt, office.timeZone)}
                  </Table.Td>
                  <Table.Td>
                    {one.id === mine.id ? undefined : (
                      <Group gap="xs" wrap="nowrap">
                        <Confirm
                          label={t('newFirstPassword')}
                          sure={t('sureFirstPassword', { name: one.name })}
                          disabled={reset.isPending}
                          onYes={() => reset.mutate(one.name)}
                        />
                        <Button
                          size="xs"
                          variant="subtle"
                          color="red.8"
                          onClick={() => setLeaving(one.name)}
                        >
                          {t('removeAccount')}
                        </Button>
                      </Group>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Card>
      <Modal
        opened={leaving !== undefined}
        onClose={() => setLeaving(undefined)}
        title={t('removeAccount')}
      >
        <Stack>
          <Text>{t('sureRemove', { name: leaving ?? '' })}</Text>
          <Group justify="end">
            <Button variant="default" onClick={() => setLeaving(undefined)}>
              {t('cancel')}
            </Button>
            <Button color="red.8" onClick={() => leave.mutate(leaving ?? '')}>
              {t('removeAccount')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Page>
  );
}
