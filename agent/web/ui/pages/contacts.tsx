import {
  Anchor,
  Badge,
  Button,
  Card,
  Checkbox,
  Group,
  Menu,
  Stack,
  Text,
  TextInput,
  Title,
  UnstyledButton,
} from '@mantine/core';
import { IconDownload, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { get, type Contact, type Message } from '../api';
import { Back } from '../parts/back';
import { intentWord } from '../parts/codes';
import { fitsContact } from '../parts/contact-search';
import { Missing } from '../parts/missing';
import { Page } from '../parts/page';
import { fullMoment, moment } from '../parts/times';
import { useMay, useSession } from '../session';

/** Who calls, and what they left. */
export default function Contacts({ chosen }: { chosen: string | undefined }): ReactNode {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const { office } = useSession();
  const mayExport = useMay('exports.make');
  const [leads, setLeads] = useState(false);
  const [wanted, setWanted] = useState('');
  const { data } = useQuery({
    queryKey: ['contacts', leads],
    queryFn: () => get<{ contacts: Contact[] }>(`/contacts?limit=2000&leads=${String(leads)}`),
  });
  const contacts = (data?.contacts ?? []).filter((one) => fitsContact(one, wanted));
  return (
    <Page
      title={t('contacts')}
      actions={
        <Group>
          <Checkbox
            label={t('leadsOnly')}
            checked={leads}
            onChange={({ currentTarget }) => setLeads(currentTarget.checked)}
          />
          <TextInput
            aria-label={t('search')}
            placeholder={t('search')}
            leftSection={<IconSearch size={16} aria-hidden />}
            value={wanted}
            onChange={({ currentTarget }) => setWanted(currentTarget.value)}
          />
          {mayExport ? <ExportMenu /> : undefined}
        </Group>
      }
    >
      <div className="two-panes" data-open={chosen !== undefined}>
        <Card withBorder padding={0} className="pane-list-card">
          <div className="pane-list">
            {data !== undefined && contacts.length === 0 ? (
              <Text p="md" c="dimmed">
                {t(wanted.trim() === '' && !leads ? 'noContacts' : 'noContactFits')}
              </Text>
            ) : undefined}
            {contacts.map((contact) => (
              <UnstyledButton
                key={contact.id}
                className="row-button"
                data-chosen={contact.id === chosen}
                onClick={() => go(`/contacts/${contact.id}`)}
              >
                <Group justify="space-between" wrap="nowrap">
                  <Text fw={600} truncate>
                    {contact.names[0] ?? t('unknownName')}
                  </Text>
                  <Text size="xs" c="dimmed" flex="none">
                    {moment(contact.lastAt, office.timeZone)}
                  </Text>
                </Group>
                <Group gap="xs">
                  <Text size="sm">{contact.numbers[0]}</Text>
                  {contact.openMessages === 0 ? undefined : (
                    <Badge variant="light">
                      {t('openMessages', { count: contact.openMessages })}
                    </Badge>
                  )}
                </Group>
              </UnstyledButton>
            ))}
          </div>
        </Card>
        <div className="pane-detail">{chosen === undefined ? undefined : <One id={chosen} />}</div>
      </div>
    </Page>
  );
}

const EXPORTS = ['contacts.csv', 'contacts.vcf', 'messages.csv'] as const;

const ExportMenu = (): ReactNode => {
  const { t } = useTranslation();
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />}>
          {t('export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {EXPORTS.map((file) => (
          <Menu.Item key={file} component="a" href={`/api/export/${file}`} download={file}>
            {t(`exports.${file.replace('.', '_') as 'contacts_csv'}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};

function One({ id }: { id: string }): ReactNode {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const { office } = useSession();
  const officer = useMay('privacy.requests');
  const { data: contact, error } = useQuery({
    queryKey: ['contact', id],
    queryFn: () => get<Contact & { messages: Message[] }>(`/contacts/${id}`),
    meta: { shown: true },
  });
  if (contact === undefined) return error && <Missing error={error} back="/contacts" />;
  return (
    <Card withBorder className="one-contact">
      <Stack>
        <Back onBack={() => go('/contacts')} />
        <Title order={3}>{contact.names.join(', ') || t('unknownName')}</Title>
        <Text>{contact.numbers.join(', ')}</Text>
        <Anchor href={`/api/contacts/${contact.id}/card.vcf`} download="contact.vcf">
          {t('saveCard')}
        </Anchor>
        {officer ? (
          <Link href={`/privacy?tab=person&contact=${contact.id}`}>{t('theirData')}</Link>
        ) : undefined}
        <Text size="sm" c="dimmed">
          {t('contactCalls', { count: contact.calls })},{' '}
          {fullMoment(contact.firstAt, office.timeZone)} –{' '}
          {fullMoment(contact.lastAt, office.timeZone)}
        </Text>
        {contact.messages.map((message) => (
          <Link key={message.id} href={`/inbox/${message.id}`}>
            {fullMoment(message.takenAt, office.timeZone)}:{' '}
            {message.body?.reason?.value ?? intentWord(t, message.intent)}
          </Link>
        ))}
      </Stack>
    </Card>
  );
}
