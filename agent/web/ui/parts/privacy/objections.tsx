import { Button, Card, Group, Select, Stack, Table, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { get, post, type Objection } from '../../api';
import { useSession } from '../../session';
import { Confirm } from '../confirm';
import { fullMoment } from '../times';
import { Field } from './field';

const KINDS = ['no-record', 'no-assistant'] as const;
type Kind = (typeof KINDS)[number];

/** Numbers that are never recorded, or always go to people (GDPR Art. 21). */
export function Objections(): ReactNode {
  const { t } = useTranslation();
  const { office } = useSession();
  const client = useQueryClient();
  const [number, setNumber] = useState('');
  const [kind, setKind] = useState<Kind>('no-record');
  const { data } = useQuery({
    queryKey: ['objections'],
    queryFn: () => get<{ objections: Objection[] }>('/privacy/objections'),
  });
  const again = () => client.invalidateQueries({ queryKey: ['objections'] });
  const add = useMutation({
    mutationFn: () => post('/privacy/objections', { number, kind }),
    onSuccess: async () => {
      setNumber('');
      await again();
    },
  });
  const drop = useMutation({
    mutationFn: (one: { number: string; kind: string }) =>
      post('/privacy/objections/remove', { number: one.number, kind: one.kind }),
    onSuccess: again,
  });
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t('objectionsWhat')}
      </Text>
      <Card withBorder>
        <Group align="end">
          <Field
            label={t('number')}
            value={number}
            onChange={setNumber}
            testId="objection-number"
          />
          <Select
            label={t('kind')}
            data={KINDS.map((value) => ({ value, label: t(`objectionKinds.${value}`) }))}
            value={kind}
            onChange={(value) => setKind((value ?? 'no-record') as Kind)}
            allowDeselect={false}
          />
          <Button
            disabled={number.trim() === ''}
            loading={add.isPending}
            onClick={() => add.mutate()}
          >
            {t('add')}
          </Button>
        </Group>
      </Card>
      {data?.objections.length === 0 ? <Text c="dimmed">{t('noneYet')}</Text> : undefined}
      {data === undefined || data.objections.length === 0 ? undefined : (
        <Table.ScrollContainer minWidth={480}>
          <Table verticalSpacing="xs">
            <Table.Tbody>
              {data.objections.map((one) => (
                <Table.Tr key={one.id}>
                  <Table.Td>{one.number ?? t('erased')}</Table.Td>
                  <Table.Td>{t(`objectionKinds.${one.kind}`)}</Table.Td>
                  <Table.Td>
                    {one.by}, {fullMoment(one.at, office.timeZone)}
                  </Table.Td>
                  <Table.Td ta="right">
                    {one.number === undefined ? undefined : (
                      <Confirm
                        label={t('remove')}
                        sure={t(`sureObjection.${one.kind}`, { number: one.number })}
                        color="red.8"
                        onYes={() => drop.mutate({ number: one.number ?? '', kind: one.kind })}
                      />
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Stack>
  );
}
