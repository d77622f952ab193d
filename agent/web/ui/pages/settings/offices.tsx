import { Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft, Within } from './draft';
import { idOf, shown, TextField, useItems } from './fields';
import { AddButton, RemoveButton } from './list-buttons';
import { Section, type SectionProps } from './section';

const OFFICES = 'otherOffices';
const FILES = ['ca', 'certificate', 'key'] as const;

/** Offices whose heads this dashboard shows. */
export default function Offices({ now }: SectionProps): ReactNode {
  return (
    <Section name="offices" right="configuration.change" now={now}>
      <List />
    </Section>
  );
}

function List(): ReactNode {
  const { t } = useTranslation();
  const { items, add, remove } = useItems(OFFICES);
  const draft = useDraft();
  const taken = items.map(({ id }) => shown(id));
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t('settings.offices.hint')}
      </Text>
      {items.length === 0 ? <Text c="dimmed">{t('settings.offices.empty')}</Text> : undefined}
      {items.map((item, at) => (
        <Card key={at} withBorder data-testid="office">
          <Stack gap="sm">
            <Group justify="space-between" wrap="nowrap">
              <Title order={3} size="h5">
                {shown(item.name, shown(item.id))}
              </Title>
              <RemoveButton name={shown(item.name, shown(item.id))} onRemove={() => remove(at)} />
            </Group>
            <Within path={OFFICES} item={at}>
              <SimpleGrid cols={{ base: 1, xs: 2 }}>
                <TextField path="name" label={t('settings.offices.name')} />
                <TextField path="id" label={t('settings.offices.id')} />
                <TextField
                  path="address"
                  label={t('settings.offices.address')}
                  hint={t('settings.offices.addressHint')}
                />
                {FILES.map((file) => (
                  <TextField key={file} path={file} label={t(`settings.offices.${file}`)} />
                ))}
              </SimpleGrid>
            </Within>
          </Stack>
        </Card>
      ))}
      {draft.may ? (
        <AddButton
          label={t('settings.offices.add')}
          onAdd={() => add({ id: idOf('office', taken) })}
        />
      ) : undefined}
    </Stack>
  );
}
