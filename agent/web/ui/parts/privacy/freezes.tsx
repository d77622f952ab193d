import {
  Badge,
  Button,
  Card,
  Group,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Text,
  Title,
} from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { get, post, type Freeze } from '../../api';
import { useSession } from '../../session';
import { fullMoment } from '../times';
import { Field } from './field';
import { asQuery, nobody, WhomFields } from './whom';

type Kind = 'hold' | 'restriction';

/** What must not be destroyed (legal hold), and what nobody may use (restriction). */
export function Freezes(): ReactNode {
  const { t } = useTranslation();
  const [kind, setKind] = useState<Kind>('hold');
  const { data } = useQuery({
    queryKey: ['freezes', kind],
    queryFn: () => get<{ freezes: Freeze[] }>(`/privacy/freezes/${kind}`),
  });
  return (
    <Stack>
      <SegmentedControl
        value={kind}
        onChange={(value) => setKind(value as Kind)}
        data={(['hold', 'restriction'] as const).map((value) => ({ value, label: t(value) }))}
        aria-label={t('kind')}
      />
      <Text size="sm" c="dimmed">
        {t(kind === 'hold' ? 'holdWhat' : 'restrictionWhat')}
      </Text>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Stack>
          {data?.freezes.length === 0 ? <Text c="dimmed">{t('noneYet')}</Text> : undefined}
          {data?.freezes.map((one) => (
            <One key={one.id} one={one} />
          ))}
        </Stack>
        <Place kind={kind} />
      </SimpleGrid>
    </Stack>
  );
}

function One({ one }: { one: Freeze }): ReactNode {
  const { t } = useTranslation();
  const { office } = useSession();
  const client = useQueryClient();
  const [why, setWhy] = useState('');
  const lift = useMutation({
    mutationFn: () => post(`/privacy/freezes/${one.kind}/${one.id}/lift`, { why }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['freezes'] }),
  });
  return (
    <Card withBorder>
      <Stack gap="xs">
        <Group justify="space-between">
          {one.call === undefined ? (
            <Link href={`/contacts/${one.contact ?? ''}`}>{t('aContact')}</Link>
          ) : (
            <Link href={`/calls/${one.call}`}>{t('oneCall')}</Link>
          )}
          {one.lifted === undefined ? undefined : <Badge color="gray">{t('lifted')}</Badge>}
        </Group>
        <Text>{one.why}</Text>
        <Text size="xs" c="dimmed">
          {one.by}, {fullMoment(one.at, office.timeZone)}
        </Text>
        {one.lifted === undefined ? (
          <Group align="end">
            <Field label={t('whyLift')} value={why} onChange={setWhy} />
            <Button
              variant="default"
              disabled={why.trim() === ''}
              loading={lift.isPending}
              onClick={() => lift.mutate()}
            >
              {t('lift')}
            </Button>
          </Group>
        ) : undefined}
      </Stack>
    </Card>
  );
}

function Place({ kind }: { kind: Kind }): ReactNode {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [whom, setWhom] = useState(nobody);
  const [call, setCall] = useState('');
  const [why, setWhy] = useState('');
  const what = call.trim() === '' ? asQuery(whom) : { call: call.trim() };
  const place = useMutation({
    mutationFn: () => post(`/privacy/freezes/${kind}`, { what, why }),
    onSuccess: async () => {
      setWhom(nobody);
      setCall('');
      setWhy('');
      await client.invalidateQueries({ queryKey: ['freezes'] });
    },
  });
  return (
    <Card withBorder>
      <Stack gap="xs">
        <Title order={3} size="h5">
          {t(kind === 'hold' ? 'placeHold' : 'placeRestriction')}
        </Title>
        <WhomFields whom={whom} onChange={setWhom} />
        <Field label={t('orCall')} value={call} onChange={setCall} />
        <Field label={t('whyFreeze')} value={why} onChange={setWhy} testId="freeze-why" />
        <Button
          variant="default"
          disabled={why.trim() === '' || Object.keys(what).length === 0}
          loading={place.isPending}
          onClick={() => place.mutate()}
        >
          {t('place')}
        </Button>
      </Stack>
    </Card>
  );
}
