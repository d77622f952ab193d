import {
  Badge,
  Button,
  Card,
  Group,
  Menu,
  Modal,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { get, post } from '../api';
import { Page } from '../parts/page';
import { moment } from '../parts/times';
import { useSession } from '../session';
import type { StaffMember } from '../settings-api';

type Kind = 'absent' | 'do-not-disturb';
const HOUR_MS = 3_600_000;

/** Who is here, who is away, and until when. */
export default function StaffBoard(): ReactNode {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['staff'],
    queryFn: () => get<{ staff: StaffMember[] }>('/staff'),
    refetchInterval: 60_000,
  });
  return (
    <Page title={t('settings.staff.title')}>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
        {data?.staff.map((one) => (
          <Member key={one.id} one={one} />
        ))}
      </SimpleGrid>
    </Page>
  );
}

function Member({ one }: { one: StaffMember }): ReactNode {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { office } = useSession();
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: ['staff'] });
  const leave = useMutation({
    mutationFn: (wish: { kind: Kind; until: number }) => post(`/staff/${one.id}/away`, wish),
    onSettled: again,
  });
  const back = useMutation({ mutationFn: () => post(`/staff/${one.id}/back`), onSettled: again });
  const now = Date.now();
  const when = (at: number): string => moment(at, office.timeZone);
  return (
    <Card withBorder padding="sm" data-testid="staff-member">
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap">
          <Title order={3} size="h5">
            {one.name}
          </Title>
          <Text c="dimmed">{one.extension}</Text>
        </Group>
        <Group gap={6}>
          {one.onDuty.length > 0 ? <Badge>{t('settings.staff.onDuty')}</Badge> : undefined}
          {one.away.length === 0 ? (
            <Badge variant="light">{t('settings.staff.here')}</Badge>
          ) : (
            one.away.map(({ kind, from, until }) => (
              <Badge
                key={`${kind} ${String(from)}`}
                variant="default"
                tt="none"
                className="wrapping"
              >
                {kind === 'do-not-disturb'
                  ? t('settings.staff.disturb', { until: when(until) })
                  : from > now
                    ? t('settings.staff.later', { from: when(from), until: when(until) })
                    : t('settings.staff.away', { until: when(until) })}
              </Badge>
            ))
          )}
        </Group>
        <Group gap="xs">
          <LeaveMenu kind="absent" name={one.name} busy={leave.isPending} onLeave={leave.mutate} />
          <LeaveMenu
            kind="do-not-disturb"
            name={one.name}
            busy={leave.isPending}
            onLeave={leave.mutate}
          />
          {one.away.length === 0 ? undefined : (
            <Button
              size="xs"
              loading={back.isPending}
              aria-label={`${t('settings.staff.back')}: ${one.name}`}
              onClick={() => back.mutate()}
            >
              {t('settings.staff.back')}
            </Button>
          )}
        </Group>
      </Stack>
    </Card>
  );
}

function LeaveMenu({
  kind,
  name,
  busy,
  onLeave,
}: {
  kind: Kind;
  name: string;
  busy: boolean;
  onLeave: (wish: { kind: Kind; until: number }) => void;
}): ReactNode {
  const { t } = useTranslation();
  const [exactly, setExactly] = useState<string>();
  const word = t(kind === 'absent' ? 'settings.staff.setAway' : 'settings.staff.setDisturb');
  const at = (days: number, hours: number): number => {
    const day = new Date();
    day.setDate(day.getDate() + days);
    day.setHours(hours, 0, 0, 0);
    return day.getTime();
  };
  const choices = [
    ['hour', Date.now() + HOUR_MS],
    ['evening', at(0, 18)],
    ['tomorrow', at(1, 8)],
    ['week', at(7, 8)],
  ] as const;
  return (
    <>
      <Menu>
        <Menu.Target>
          <Button size="xs" variant="default" loading={busy} aria-label={`${word}: ${name}`}>
            {word}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            {t(kind === 'absent' ? 'settings.staff.awayHint' : 'settings.staff.disturbHint')}
          </Menu.Label>
          {choices
            .filter(([, until]) => until > Date.now())
            .map(([choice, until]) => (
              <Menu.Item key={choice} onClick={() => onLeave({ kind, until })}>
                {t(`settings.staff.${choice}`)}
              </Menu.Item>
            ))}
          <Menu.Item onClick={() => setExactly('')}>{t('settings.staff.exactly')} …</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={exactly !== undefined}
        onClose={() => setExactly(undefined)}
        title={`${word}: ${name}`}
        closeButtonProps={{ 'aria-label': t('settings.close') }}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            onLeave({ kind, until: new Date(exactly ?? '').getTime() });
            setExactly(undefined);
          }}
        >
          <Stack>
            <TextInput
              type="datetime-local"
              label={t('settings.staff.until')}
              value={exactly ?? ''}
              required
              onChange={({ currentTarget }) => setExactly(currentTarget.value)}
            />
            <Button type="submit">{word}</Button>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
