import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearch } from 'wouter';
import { Page } from '../parts/page';
import { Children } from '../parts/privacy/children';
import { Freezes } from '../parts/privacy/freezes';
import { Objections } from '../parts/privacy/objections';
import { Person } from '../parts/privacy/person';
import { Requests } from '../parts/privacy/requests';
import { Schedule } from '../parts/privacy/schedule';

const TABS = [
  { name: 'requests', word: 'requestsWaiting', Shown: Requests },
  { name: 'person', word: 'onePerson', Shown: Person },
  { name: 'freezes', word: 'freezes', Shown: Freezes },
  { name: 'children', word: 'guardian.title', Shown: Children },
  { name: 'objections', word: 'objections', Shown: Objections },
  { name: 'schedule', word: 'schedule', Shown: Schedule },
] as const;

/** What people ask for concerning their data, and what is done about it. */
export default function PrivacyDesk(): ReactNode {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const chosen = new URLSearchParams(useSearch()).get('tab');
  const tab = TABS.find(({ name }) => name === chosen)?.name ?? 'requests';
  return (
    <Page title={t('privacyDesk')}>
      <Tabs value={tab} onChange={(name) => go(`/privacy?tab=${name ?? ''}`)} keepMounted={false}>
        <Tabs.List mb="md">
          {TABS.map(({ name, word }) => (
            <Tabs.Tab key={name} value={name}>
              {t(word)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {TABS.map(({ name, Shown }) => (
          <Tabs.Panel key={name} value={name}>
            <Shown />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}
