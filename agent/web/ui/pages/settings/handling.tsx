import {
  ActionIcon,
  Badge,
  Button,
  Card,
  Group,
  Select,
  SimpleGrid,
  Stack,
  Table,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { get, post, remove } from '../../api';
import { OneLineForm } from '../../parts/one-line-form';
import { fullMoment } from '../../parts/times';
import { useMay, useSession } from '../../session';
import type { Decision, Rule } from '../../settings-api';
import { optionsOf } from './fields';
import { Gate, Lists } from './handling-lists';
import { RecordingWishes, Rules } from './handling-rules';
import { Escalation, Talks } from './handling-talks';
import { Section, type SectionProps } from './section';
import { everybody, savedOf } from './whom';

const WAYS = ['block', 'allow', 'vip', 'staff', 'assistant', 'voicemail'] as const;

interface Rules {
  readonly rules: readonly Rule[];
  readonly destinations: readonly { readonly id: string; readonly name: string }[];
}

const useRules = () =>
  useQuery({
    queryKey: ['rules'],
    queryFn: () => get<Rules>('/handling/rules'),
    enabled: useMay('handling.rules'),
  });

/** Who takes which call, and who is kept out. */
export default function Handling({ now }: SectionProps): ReactNode {
  const may = useMay('handling.rules');
  const whom = everybody(savedOf(now));
  return (
    <>
      {may ? <RuleList /> : undefined}
      {may ? <TryNumber /> : undefined}
      <Section name="handling" right="configuration.change" now={now}>
        <Lists whom={whom} />
        <Rules whom={whom} />
        <RecordingWishes />
        <Talks />
        <Escalation whom={whom} />
        <Gate />
      </Section>
    </>
  );
}

function RuleList(): ReactNode {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { office } = useSession();
  const { data } = useRules();
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: ['rules'] });
  const drop = useMutation({
    mutationFn: (id: string) => remove(`/handling/rules/${id}`),
    onSettled: again,
  });
  const nameOf = (id: string): string =>
    data?.destinations.find((one) => one.id === id)?.name ?? id;
  return (
    <Card withBorder>
      <Stack>
        <div>
          <Title order={3} size="h5">
            {t('settings.handling.rules')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('settings.handling.rulesHint')}
          </Text>
        </div>
        <NewRule destinations={data?.destinations ?? []} onSet={again} />
        {data?.rules.length === 0 ? (
          <Text c="dimmed">{t('settings.handling.noRules')}</Text>
        ) : undefined}
        {data === undefined || data.rules.length === 0 ? undefined : (
          <Table.ScrollContainer minWidth={480}>
            <Table verticalSpacing="xs">
              <Table.Tbody>
                {data.rules.map((rule) => (
                  <Table.Tr key={rule.id}>
                    <Table.Td>{rule.caller ?? t('settings.handling.anyCaller')}</Table.Td>
                    <Table.Td>
                      <Badge color={rule.way === 'block' ? 'red.8' : 'vestibule.7'} tt="none">
                        {t(`settings.handling.ways.${rule.way}`)}
                      </Badge>{' '}
                      {rule.target === undefined ? '' : nameOf(rule.target)}
                    </Table.Td>
                    <Table.Td>
                      {rule.until === undefined
                        ? t('settings.handling.forever')
                        : fullMoment(rule.until, office.timeZone)}
                    </Table.Td>
                    <Table.Td c="dimmed">{rule.setBy}</Table.Td>
                    <Table.Td w={40}>
                      <ActionIcon
                        variant="subtle"
                        color="gray"
                        aria-label={`${t('settings.remove')}: ${rule.caller ?? t('settings.handling.anyCaller')}`}
                        loading={drop.isPending && drop.variables === rule.id}
                        onClick={() => drop.mutate(rule.id)}
                      >
                        <IconTrash size={18} />
                      </ActionIcon>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </Stack>
    </Card>
  );
}

function NewRule({
  destinations,
  onSet,
}: {
  destinations: Rules['destinations'];
  onSet: () => Promise<void>;
}): ReactNode {
  const { t } = useTranslation();
  const [caller, setCaller] = useState('');
  const [way, setWay] = useState<Rule['way']>('block');
  const [target, setTarget] = useState<string | null>(null);
  const [until, setUntil] = useState('');
  const set = useMutation({
    mutationFn: () =>
      post('/handling/rules', {
        ...{ caller, way },
        ...(way === 'staff' && target !== null ? { target } : {}),
        ...(until === '' ? {} : { until: new Date(`${until}T23:59:59`).getTime() }),
      }),
    onSuccess: () => {
      setCaller('');
      return onSet();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        set.mutate();
      }}
    >
      <Stack gap="xs">
        <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
          <TextInput
            label={t('settings.handling.caller')}
            description={t('settings.handling.callerHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={caller}
            required
            withAsterisk={false}
            maxLength={40}
            onChange={({ currentTarget }) => setCaller(currentTarget.value)}
          />
          <Select
            label={t('settings.handling.what')}
            data={optionsOf(WAYS, (value) => t(`settings.handling.ways.${value}`))}
            value={way}
            allowDeselect={false}
            onChange={(value) => setWay((value ?? 'block') as Rule['way'])}
          />
          {way === 'staff' ? (
            <Select
              label={t('settings.handling.target')}
              data={destinations.map(({ id, name }) => ({ value: id, label: name }))}
              value={target}
              clearable
              onChange={setTarget}
            />
          ) : undefined}
          <TextInput
            type="date"
            label={t('settings.handling.until')}
            value={until}
            onChange={({ currentTarget }) => setUntil(currentTarget.value)}
          />
        </SimpleGrid>
        <Group justify="end">
          <Button type="submit" loading={set.isPending}>
            {t('settings.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function TryNumber(): ReactNode {
  const { t } = useTranslation();
  const [caller, setCaller] = useState('');
  const trial = useMutation({ mutationFn: () => post<Decision>('/handling/try', { caller }) });
  const { data } = trial;
  return (
    <Card withBorder>
      <OneLineForm
        label={t('settings.handling.try')}
        value={caller}
        onChange={setCaller}
        action={t('settings.handling.tryNow')}
        busy={trial.isPending}
        most={40}
        onSend={() => trial.mutate()}
      />
      {data === undefined ? undefined : (
        <Text mt="sm" data-testid="handling-trial" aria-live="polite">
          <b>{t(`settings.handling.ways.${data.way}`)}</b>
          {data.staff === undefined ? '' : `: ${data.staff.target}`}
          {data.challenged ? `, ${t('settings.handling.challenged')}` : ''}
          {`, ${t(data.recorded ? 'settings.handling.recorded' : 'settings.handling.notRecorded')}`}
          {data.because.length === 0
            ? ''
            : ` (${t('settings.handling.because', { what: data.because.map((one) => one.slice(0, 24)).join(', ') })})`}
        </Text>
      )}
    </Card>
  );
}
