import { Card, Group, Stack, TextInput, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft } from './draft';
import { AddButton, RemoveButton } from './list-buttons';
import { ListField, shown, TextField, useItems } from './fields';
import { Section, type SectionProps } from './section';

const OFFICE = 'understanding.office';

/** Who the office is, as callers are told. */
export default function Office({ now }: SectionProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Section name="office" right="configuration.change" now={now}>
      <Card withBorder>
        <Stack>
          <Details />
          <TextField
            path="dialogue.emergencyNumber"
            label={t('settings.office.emergency')}
            hint={t('settings.office.emergencyHint')}
          />
        </Stack>
      </Card>
      <Card withBorder>
        <Prices />
      </Card>
    </Section>
  );
}

/** What callers are told of the office. */
export function Details(): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <TextField
        path={`${OFFICE}.name`}
        label={t('settings.office.name')}
        hint={t('settings.office.nameHint')}
      />
      <TextField
        path={`${OFFICE}.address`}
        label={t('settings.office.address')}
        hint={t('settings.office.addressHint')}
      />
      <TextField
        path={`${OFFICE}.directions`}
        label={t('settings.office.directions')}
        hint={t('settings.office.directionsHint')}
        lines={2}
      />
      <ListField
        path={`${OFFICE}.services`}
        label={t('settings.office.services')}
        hint={t('settings.office.servicesHint')}
      />
    </>
  );
}

/** What is asked for, and what it costs. */
export function Prices(): ReactNode {
  const { t } = useTranslation();
  const draft = useDraft();
  const path = `${OFFICE}.prices`;
  const { items, put, add, remove } = useItems(path);
  return (
    <Stack>
      <Title order={3} size="h5">
        {t('settings.office.prices')}
      </Title>
      {items.map((price, at) => (
        <Group key={at} align="end" wrap="nowrap">
          <TextInput
            flex={1}
            label={t('settings.office.service')}
            value={shown(price.service)}
            error={draft.fault(`${path}.${String(at)}.service`)}
            readOnly={!draft.may}
            onChange={({ currentTarget }) => put(at, { service: currentTarget.value })}
          />
          <TextInput
            flex={1}
            label={t('settings.office.price')}
            value={shown(price.price)}
            error={draft.fault(`${path}.${String(at)}.price`)}
            readOnly={!draft.may}
            onChange={({ currentTarget }) => put(at, { price: currentTarget.value })}
          />
          <RemoveButton name={shown(price.service)} onRemove={() => remove(at)} />
        </Group>
      ))}
      <AddButton label={t('settings.add')} onAdd={() => add({})} />
    </Stack>
  );
}
