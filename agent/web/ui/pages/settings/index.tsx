import './settings.css';
import { Alert, Button, Card, Loader, NavLink, Select, Stack } from '@mantine/core';
import {
  IconAdjustments,
  IconArrowsSplit2,
  IconBell,
  IconBuilding,
  IconBuildingCommunity,
  IconClockHour4,
  IconCode,
  IconHash,
  IconHistory,
  IconLock,
  IconMessageQuestion,
  IconMicrophone,
  IconUsersGroup,
} from '@tabler/icons-react';
import { lazy, Suspense, type ComponentType, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { Page } from '../../parts/page';
import { useConfiguration } from './draft';
import type { SectionProps } from './section';

const SECTIONS = [
  { name: 'hours', icon: IconClockHour4, page: lazy(() => import('./hours')) },
  { name: 'faq', icon: IconMessageQuestion, page: lazy(() => import('./faq')) },
  { name: 'office', icon: IconBuilding, page: lazy(() => import('./office')) },
  { name: 'staff', icon: IconUsersGroup, page: lazy(() => import('./staff')) },
  { name: 'numbers', icon: IconHash, page: lazy(() => import('./numbers')) },
  { name: 'handling', icon: IconArrowsSplit2, page: lazy(() => import('./handling')) },
  { name: 'prompts', icon: IconMicrophone, page: lazy(() => import('./prompts')) },
  { name: 'intents', icon: IconAdjustments, page: lazy(() => import('./intents')) },
  { name: 'privacy', icon: IconLock, page: lazy(() => import('./privacy')) },
  { name: 'notifications', icon: IconBell, page: lazy(() => import('./notifications')) },
  { name: 'offices', icon: IconBuildingCommunity, page: lazy(() => import('./offices')) },
  { name: 'text', icon: IconCode, page: lazy(() => import('./text')) },
  { name: 'versions', icon: IconHistory, page: lazy(() => import('./versions')) },
] as const satisfies readonly {
  readonly name: string;
  readonly icon: typeof IconLock;
  readonly page: ComponentType<SectionProps>;
}[];

/** The configuration, section by section. */
export default function Settings({ section = 'hours' }: { section?: string }): ReactNode {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const { data: now, error, refetch } = useConfiguration();
  const chosen = SECTIONS.find(({ name }) => name === section) ?? SECTIONS[0];
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
        {SECTIONS.map(({ name, icon: Icon }) => (
          <NavLink
            key={name}
            component={Link}
            href={`/settings/${name}`}
            label={t(`settings.sections.${name}`)}
            active={name === chosen.name}
            leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
          />
        ))}
      </Card>
      <Select
        className="settings-choice"
        aria-label={t('settings.title')}
        data={SECTIONS.map(({ name }) => ({ value: name, label: t(`settings.sections.${name}`) }))}
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
