import { Card, Group, Select, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import i18next from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ROLES } from '../../../../privacy/roles';
import type { Jurisdictions } from '../../../answers/set-up';
import { get } from '../../api';
import type { Values } from '../../settings-api';
import { useDraft } from './draft';
import { ListField, optionsOf, shown, TextField, useItems } from './fields';
import { AddButton, RemoveButton } from './list-buttons';

const PEOPLE = 'privacy.people';

/** A place as people call it: `DE` is Germany; a state of a federation keeps its code. */
function placeName(code: string): string {
  const names = new Intl.DisplayNames([i18next.resolvedLanguage ?? 'en'], { type: 'region' });
  const [country = code, state] = code.split('-');
  const name = /^[A-Z]{2}$/u.test(country) ? (names.of(country) ?? country) : country;
  return state === undefined ? `${name} (${code})` : `${name}, ${state} (${code})`;
}

/** Whose law recording follows, and what is said where less than it asks is enough. */
export function Law(): ReactNode {
  const { t } = useTranslation();
  const draft = useDraft();
  const path = 'privacy.jurisdiction';
  const code = draft.text(path);
  const own = (draft.value('privacy.jurisdictions') ?? {}) as Values;
  const { data } = useQuery({
    queryKey: ['jurisdictions'],
    queryFn: () => get<Jurisdictions>('/configuration/jurisdictions'),
    staleTime: Infinity,
  });
  const known = { ...data, ...(own as Jurisdictions) };
  const asks = known[code];
  return (
    <Card withBorder>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Select
          label={t('settings.law.jurisdiction')}
          description={
            asks === undefined
              ? undefined
              : t('settings.law.jurisdictionAsks', {
                  mode: t(`settings.privacy.consentModes.${asks.mode}`),
                  source: asks.source,
                })
          }
          placeholder={t('settings.law.jurisdictionNone')}
          data={Object.keys(known)
            .map((value) => ({ value, label: placeName(value) }))
            .sort((a, b) => a.label.localeCompare(b.label))}
          value={code === '' ? null : code}
          error={draft.fault(path)}
          readOnly={!draft.may}
          searchable
          clearable
          onChange={(fresh) => draft.set(path, fresh ?? undefined)}
        />
        <TextField path="privacy.weakerConsent" label={t('settings.law.weakerConsent')} />
        <ListField
          path="redaction.pauseWhileAsking"
          label={t('settings.law.pauseWhileAsking')}
          hint={t('settings.law.pauseHint')}
          usual={['card_number', 'insurance_number', 'national_id', 'bank_account']}
        />
      </SimpleGrid>
    </Card>
  );
}

/** Who took on the duty to tell callers, and who may use the commands. */
export function Duties(): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <Card withBorder>
        <Stack>
          <Title order={3} size="h5">
            {t('settings.law.acknowledgement')}
          </Title>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextField path="reception.acknowledgement.by" label={t('settings.law.by')} />
            <TextField path="reception.acknowledgement.version" label={t('settings.law.version')} />
          </SimpleGrid>
        </Stack>
      </Card>
      <People />
    </>
  );
}

function People(): ReactNode {
  const { t } = useTranslation();
  const draft = useDraft();
  const { items, put, add, remove } = useItems(PEOPLE);
  return (
    <Card withBorder>
      <Stack>
        <div>
          <Title order={3} size="h5">
            {t('settings.law.people')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('settings.law.peopleHint')}
          </Text>
        </div>
        {items.map((item, at) => (
          <Group key={at} align="end" wrap="nowrap">
            <TextInput
              flex={1}
              label={t('settings.law.user')}
              value={shown(item.user)}
              error={draft.fault(`${PEOPLE}.${String(at)}.user`)}
              readOnly={!draft.may}
              onChange={({ currentTarget }) => put(at, { user: currentTarget.value })}
            />
            <Select
              flex={1}
              label={t('settings.law.role')}
              data={optionsOf(ROLES, (value) => t(`roles.${value}`))}
              value={shown(item.role)}
              allowDeselect={false}
              readOnly={!draft.may}
              onChange={(role) => put(at, { role: role ?? undefined })}
            />
            <RemoveButton name={shown(item.user)} onRemove={() => remove(at)} />
          </Group>
        ))}
        <AddButton label={t('settings.law.addPerson')} onAdd={() => add({ role: 'it' })} />
      </Stack>
    </Card>
  );
}
