import {
  Card,
  Group,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  TagsInput,
  Text,
  Title,
} from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Json, Values } from '../../settings-api';
import { useDraft } from './draft';
import { ChoiceField, NumberField, optionsOf, TextField } from './fields';
import { AddButton, RemoveButton } from './list-buttons';
import { without } from './tree';
import type { Whom } from './whom';

const RECIPIENTS = 'notify.mail.recipients';

/** Who is told besides of messages for one person: a record by their id. */
export function Recipients({ whom }: { whom: readonly Whom[] }): ReactNode {
  const { t } = useTranslation();
  const draft = useDraft();
  const told = (draft.value(RECIPIENTS) ?? {}) as Values;
  const left = whom.filter(({ value }) => !(value in told));
  const set = (make: (now: Values) => Values): void =>
    draft.change(RECIPIENTS, (now) => {
      const fresh = make((now ?? {}) as Values);
      return Object.keys(fresh).length === 0 ? undefined : fresh;
    });
  return (
    <Stack gap="sm">
      <Text fw={600} size="sm">
        {t('settings.outgoing.recipients')}
      </Text>
      {Object.entries(told).map(([id, addresses]) => (
        <Group key={id} align="end" wrap="nowrap">
          <Select
            w="min(14rem, 40%)"
            label={t('settings.outgoing.recipient')}
            data={[...left, whom.find(({ value }) => value === id) ?? { value: id, label: id }]}
            value={id}
            allowDeselect={false}
            readOnly={!draft.may}
            onChange={(fresh) => set((now) => ({ ...without(now, id), [fresh ?? id]: addresses }))}
          />
          <TagsInput
            flex={1}
            label={t('settings.outgoing.addresses')}
            value={Array.isArray(addresses) ? addresses.map(String) : []}
            error={draft.fault(`${RECIPIENTS}.${id}`)}
            readOnly={!draft.may}
            acceptValueOnBlur
            onChange={(list) => set((now) => ({ ...now, [id]: list }))}
          />
          <RemoveButton name={id} onRemove={() => set((now) => without(now, id))} />
        </Group>
      ))}
      {left[0] === undefined ? undefined : (
        <AddButton
          label={t('settings.outgoing.addRecipient')}
          onAdd={() => set((now) => ({ ...now, [left[0]?.value ?? '']: [] }))}
        />
      )}
    </Stack>
  );
}

/** A part that is there or not, with its fields. */
function Optional({
  path,
  title,
  label,
  blank,
  children,
}: {
  path: string;
  title: string;
  label: string;
  blank: Json;
  children: ReactNode;
}): ReactNode {
  const draft = useDraft();
  const on = draft.value(path) !== undefined;
  return (
    <Card withBorder>
      <Stack>
        <Title order={3} size="h5">
          {title}
        </Title>
        <Switch
          label={label}
          checked={on}
          disabled={!draft.may}
          onChange={({ currentTarget }) =>
            draft.set(path, currentTarget.checked ? blank : undefined)
          }
        />
        {on ? (
          <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} style={{ alignItems: 'end' }}>
            {children}
          </SimpleGrid>
        ) : undefined}
      </Stack>
    </Card>
  );
}

/** Entries in a record system on the premises. */
export function Fhir(): ReactNode {
  const { t } = useTranslation();
  return (
    <Optional
      path="notify.fhir"
      title={t('settings.outgoing.fhir')}
      label={t('settings.outgoing.fhirOn')}
      blank={{ url: '' }}
    >
      <TextField path="notify.fhir.url" label={t('settings.outgoing.fhirUrl')} />
      <ChoiceField
        path="notify.fhir.resource"
        label={t('settings.outgoing.resource')}
        choices={['Task', 'Communication'].map((value) => ({ value, label: value }))}
        usual="Task"
      />
      <TextField path="notify.fhir.tokenFile" label={t('settings.outgoing.tokenFile')} />
    </Optional>
  );
}

/** Heads of calls and messages in a database of many offices. */
export function Central(): ReactNode {
  const { t } = useTranslation();
  return (
    <Optional
      path="central"
      title={t('settings.outgoing.central')}
      label={t('settings.outgoing.centralOn')}
      blank={{ host: '', office: '' }}
    >
      <TextField path="central.host" label={t('settings.outgoing.fhirUrl')} />
      <NumberField
        path="central.port"
        label={t('settings.notifications.port')}
        usual={5432}
        min={1}
        max={65_535}
      />
      <TextField path="central.office" label={t('settings.outgoing.office')} />
      <TextField
        path="central.database"
        label={t('settings.outgoing.database')}
        usual="vestibule"
      />
      <TextField path="central.schema" label={t('settings.outgoing.schema')} usual="vestibule" />
      <TextField path="central.user" label={t('settings.notifications.user')} usual="vestibule" />
      <TextField path="central.passwordFile" label={t('settings.notifications.passwordFile')} />
      <ChoiceField
        path="central.encryption"
        label={t('settings.notifications.encryption')}
        choices={optionsOf(['tls', 'none'], (value) => t(`settings.outgoing.encryptions.${value}`))}
        usual="tls"
      />
      <TextField path="central.authority" label={t('settings.outgoing.authority')} />
    </Optional>
  );
}
