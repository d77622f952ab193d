import './settings.css';
import { Alert, Button, Card, Loader, NavLink, Select, Stack, Text } from '@mantine/core';
import {
  IconAdjustments,
  IconArrowsSplit2,
  IconBell,
  IconBuilding,
  IconBuildingCommunity,
  IconCalendarEvent,
  IconClockHour4,
  IconCode,
  IconDatabase,
  IconHash,
  IconHistory,
  IconKey,
  IconLanguage,
  IconListCheck,
  IconLock,
  IconMessageQuestion,
  IconMicrophone,
  IconPhoneCall,
  IconRouter,
  IconUsersGroup,
} from '@tabler/icons-react';
import { lazy, Suspense, type ComponentType, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { Page } from '../../parts/page';
import { useConfiguration } from './draft';
import type { PLAIN } from './plain/tables';
import type { SectionProps } from './section';

type Icon = typeof IconLock;
const plain = (name: keyof typeof PLAIN) => lazy(async () => (await import('./plain/page'))[name]);
const section = <Name extends string>(
  name: Name,
  icon: Icon,
  page: ComponentType<SectionProps>,
) => ({
  ...{ name, icon, page },
});

/** By what they are about; what changes from day to day is first. */
const GROUPS = [
  {
    group: 'office',
    sections: [
      section(
        'hours',
        IconClockHour4,
        lazy(() => import('./hours')),
      ),
      section(
        'faq',
        IconMessageQuestion,
        lazy(() => import('./faq')),
      ),
      section(
        'office',
        IconBuilding,
        lazy(() => import('./office')),
      ),
      section(
        'staff',
        IconUsersGroup,
        lazy(() => import('./staff')),
      ),
      section(
        'numbers',
        IconHash,
        lazy(() => import('./numbers')),
      ),
    ],
  },
  {
    group: 'calls',
    sections: [
      section(
        'handling',
        IconArrowsSplit2,
        lazy(() => import('./handling')),
      ),
      section('calls', IconPhoneCall, plain('calls')),
      section(
        'prompts',
        IconMicrophone,
        lazy(() => import('./prompts')),
      ),
      section(
        'intents',
        IconAdjustments,
        lazy(() => import('./intents')),
      ),
      section(
        'forms',
        IconListCheck,
        lazy(() => import('./plain/forms')),
      ),
      section('appointments', IconCalendarEvent, plain('appointments')),
    ],
  },
  {
    group: 'data',
    sections: [
      section(
        'privacy',
        IconLock,
        lazy(() => import('./privacy')),
      ),
      section(
        'notifications',
        IconBell,
        lazy(() => import('./notifications')),
      ),
      section('store', IconDatabase, plain('store')),
    ],
  },
  {
    group: 'house',
    sections: [
      section('lines', IconRouter, plain('lines')),
      section('speech', IconLanguage, plain('speech')),
      section('access', IconKey, plain('access')),
      section(
        'offices',
        IconBuildingCommunity,
        lazy(() => import('./offices')),
      ),
      section(
        'text',
        IconCode,
        lazy(() => import('./text')),
      ),
      section(
        'versions',
        IconHistory,
        lazy(() => import('./versions')),
      ),
    ],
  },
] as const;

const SECTIONS = GROUPS.flatMap(({ sections }) => [...sections]);
type Named = (typeof GROUPS)[number]['sections'][number];

/** The configuration, section by section. */
export default function Settings({ section = 'hours' }: { section?: string }): ReactNode {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const { data: now, error, refetch } = useConfiguration();
  const chosen: Named = SECTIONS.find(({ name }) => name === section) ?? GROUPS[0].sections[0];
  const Chosen: ComponentType<SectionProps> = chosen.page;
  return (
    <div className="settings">
      <Card
        withBorder
        padding="xs"
        className="settings-rooms"
        component="nav"
        aria-label={t('settings.title')}
      >
        {GROUPS.map(({ group, sections }) => (
          <div key={group} role="group" aria-label={t(`settings.groups.${group}`)}>
            <Text size="xs" c="dimmed" fw={600} className="settings-group">
              {t(`settings.groups.${group}`)}
            </Text>
            {sections.map(({ name, icon: Icon }) => (
              <NavLink
                key={name}
                component={Link}
                href={`/settings/${name}`}
                label={t(`settings.sections.${name}`)}
                active={name === chosen.name}
                leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
              />
            ))}
          </div>
        ))}
      </Card>
      <Select
        className="settings-choice"
        aria-label={t('settings.title')}
        data={GROUPS.map(({ group, sections }) => ({
          group: t(`settings.groups.${group}`),
          items: sections.map(({ name }) => ({
            value: name,
            label: t(`settings.sections.${name}`),
          })),
        }))}
        value={chosen.name}
        allowDeselect={false}
        onChange={(name) => go(`/settings/${name ?? 'hours'}`)}
      />
      <Page title={t(`settings.sections.${chosen.name}`)}>
        {error === null ? undefined : (
          <Alert color="red" title={error.message}>
            <Button variant="default" onClick={() => void refetch()}>
              {t('checkAgain')}
            </Button>
          </Alert>
        )}
        {now === undefined ? undefined : (
          <Stack>
            {now.faults.length === 0 || chosen.name === 'text' ? undefined : (
              <Alert color="red">{t('settings.faulty')}</Alert>
            )}
            {now.waits.length === 0 ? undefined : (
              <Alert color="yellow">{t('settings.waits', { paths: now.waits.join(', ') })}</Alert>
            )}
            <Suspense fallback={<Loader aria-label={t('loading')} />}>
              <Chosen key={chosen.name} now={now} />
            </Suspense>
          </Stack>
        )}
      </Page>
    </div>
  );
}
