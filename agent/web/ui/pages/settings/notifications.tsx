import { Card, Group, SimpleGrid, Stack, Switch, TextInput, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft } from './draft';
import { AddButton, RemoveButton } from './list-buttons';
import {
  ChoiceField,
  ListField,
  NumberField,
  optionsOf,
  shown,
  TextField,
  useItems,
} from './fields';
import { Central, Fhir, Recipients } from './notice-more';
import { Section, type SectionProps } from './section';
import { everybody, savedOf } from './whom';

/** Who is told of messages, how, and how much. */
export default function NotificationSettings({ now }: SectionProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Section name="notifications" right="configuration.change" now={now}>
      <Card withBorder>
        <ChoiceField
          path="notify.content"
          label={t('settings.notifications.content')}
          hint={t('settings.notifications.contentHint')}
          choices={optionsOf(['none', 'summary', 'full'], (value) =>
            t(`settings.notifications.contents.${value}`),
          )}
          usual="none"
        />
      </Card>
      <Mail now={now} />
      <Webhooks />
      <Fhir />
      <Central />
    </Section>
  );
}

function Mail({ now }: SectionProps): ReactNode {
  const { t } = useTranslation();
  const draft = useDraft();
  const on = draft.value('notify.mail') !== undefined;
  const encryptions = optionsOf(['starttls', 'tls', 'none'], (value) =>
    t(`settings.outgoing.encryptions.${value}`),
  );
  return (
    <Card withBorder>
      <Stack>
        <Title order={3} size="h5">
          {t('settings.notifications.mail')}
        </Title>
        <Switch
          label={t('settings.notifications.mailOn')}
          checked={on}
          disabled={!draft.may}
          onChange={({ currentTarget }) =>
            draft.set('notify.mail', currentTarget.checked ? { host: '', from: '' } : undefined)
          }
        />
        {on ? (
          <>
            <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} style={{ alignItems: 'end' }}>
              <MailField part="host" label={t('settings.notifications.host')} />
              <NumberField
                path="notify.mail.port"
                label={t('settings.notifications.port')}
                usual={25}
                min={1}
                max={65_535}
              />
              <ChoiceField
                path="notify.mail.encryption"
                label={t('settings.notifications.encryption')}
                choices={encryptions}
                usual="starttls"
              />
              <MailField part="from" label={t('settings.notifications.from')} />
              <ListField
                path="notify.mail.to"
                label={t('settings.notifications.to')}
                hint={t('settings.notifications.toHint')}
              />
              <MailField part="user" label={t('settings.notifications.user')} />
              <MailField part="passwordFile" label={t('settings.notifications.passwordFile')} />
              <MailField part="authority" label={t('settings.outgoing.authority')} />
              <ListField
                path="notify.mail.alarms"
                label={t('settings.outgoing.alarms')}
                hint={t('settings.outgoing.alarmsHint')}
              />
            </SimpleGrid>
            <Recipients whom={everybody(savedOf(now))} />
          </>
        ) : undefined}
      </Stack>
    </Card>
  );
}

const MailField = ({ part, label }: { part: string; label: string }): ReactNode => (
  <TextField path={`notify.mail.${part}`} label={label} />
);

function Webhooks(): ReactNode {
  const { t } = useTranslation();
  const draft = useDraft();
  const path = 'notify.webhooks';
  const { items, add, put, remove } = useItems(path);
  return (
    <Card withBorder>
      <Stack>
        <Title order={3} size="h5">
          {t('settings.notifications.webhooks')}
        </Title>
        {items.map((item, at) => (
          <Group key={at} align="end" wrap="nowrap">
            {(['url', 'secretFile'] as const).map((field) => (
              <TextInput
                key={field}
                flex={1}
                label={t(`settings.notifications.${field}`)}
                value={shown(item[field])}
                error={draft.fault(`${path}.${String(at)}.${field}`)}
                readOnly={!draft.may}
                onChange={({ currentTarget }) => put(at, { [field]: currentTarget.value })}
              />
            ))}
            <RemoveButton name={shown(item.url)} onRemove={() => remove(at)} />
          </Group>
        ))}
        <AddButton label={t('settings.notifications.addWebhook')} onAdd={() => add({})} />
      </Stack>
    </Card>
  );
}
