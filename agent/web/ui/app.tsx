import {
  ActionIcon,
  AppShell,
  Badge,
  Burger,
  Center,
  Group,
  Loader,
  NavLink,
  ScrollArea,
  Text,
  Title,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconChartBar,
  IconInbox,
  IconLogout,
  IconPhone,
  IconPhoneCall,
  IconScale,
  IconSettings,
  IconShieldCheck,
  IconStethoscope,
  IconUser,
  IconUsers,
  IconUserCheck,
  IconUsersGroup,
} from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Redirect, Route, Switch } from 'wouter';
import { useLocationProperty } from 'wouter/use-browser-location';
import { remove } from './api';
import { Inbox } from './pages/inbox';
import { Login } from './pages/login';
import { SetUp } from './pages/set-up';
import { badge } from './own-worker';
import { Connection } from './parts/connection';
import { ExampleBanner } from './parts/example-banner';
import { useMessageCounts, useNotices } from './parts/notices';
import { useLive, useSession, useSessionQuery, WithSession } from './session';

const FirstOffice = lazy(() => import('./pages/first-office'));
const Running = lazy(() => import('./pages/running'));
const Calls = lazy(() => import('./pages/calls'));
const Call = lazy(() => import('./pages/call'));
const Contacts = lazy(() => import('./pages/contacts'));
const InsightsPage = lazy(() => import('./pages/insights'));
const PrivacyDesk = lazy(() => import('./pages/privacy-desk'));
const Audit = lazy(() => import('./pages/audit'));
const Health = lazy(() => import('./pages/health'));
const StaffBoard = lazy(() => import('./pages/staff-board'));
const Settings = lazy(() => import('./pages/settings'));
const OfficeMessage = lazy(() => import('./pages/office-message'));
const OfficeCall = lazy(() => import('./pages/office-call'));
const Accounts = lazy(() => import('./pages/accounts'));
const MyAccount = lazy(() => import('./pages/my-account'));

/** The rooms of the house: where they are, what they ask, what shows them. */
const ROOMS = [
  { to: '/inbox', word: 'inbox', right: 'messages.read', icon: IconInbox },
  { to: '/running', word: 'liveCalls', right: 'calls.list', icon: IconPhoneCall },
  { to: '/calls', word: 'calls', right: 'calls.list', icon: IconPhone },
  { to: '/contacts', word: 'contacts', right: 'contacts.read', icon: IconUsers },
  { to: '/staff', word: 'settings.staff.title', right: 'staff.work', icon: IconUserCheck },
  { to: '/insights', word: 'insights', right: 'insights.read', icon: IconChartBar },
  { to: '/privacy', word: 'privacyDesk', right: 'privacy.requests', icon: IconScale },
  { to: '/audit', word: 'audit', right: 'audit.read', icon: IconShieldCheck },
  { to: '/settings', word: 'settings.title', right: 'configuration.read', icon: IconSettings },
  { to: '/health', word: 'health', right: 'health.read', icon: IconStethoscope },
  { to: '/accounts', word: 'accounts', right: 'accounts.manage', icon: IconUsersGroup },
] as const;

export function App(): ReactNode {
  const { data: session, isPending, error } = useSessionQuery();
  if (isPending) return <Waiting />;
  if (error !== null) return <Center h="100dvh">{error.message}</Center>;
  if (session === null) return <Login />;
  return (
    <WithSession session={session}>
      {session.account.owes.length > 0 ? <SetUp /> : <House />}
    </WithSession>
  );
}

const Waiting = (): ReactNode => {
  const { t } = useTranslation();
  return (
    <Center h="60dvh">
      <Loader aria-label={t('loading')} />
    </Center>
  );
};

function House(): ReactNode {
  const { t } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure();
  const { rights, office } = useSession();
  useLive();
  useNotices();
  const rooms = ROOMS.filter(({ right }) => rights.includes(right));
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 220, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding="md"
    >
      <AppShell.Header>
        <Group h="100%" px="md" gap="sm" wrap="nowrap">
          <Burger
            opened={opened}
            onClick={toggle}
            hiddenFrom="sm"
            size="sm"
            aria-label={t('menu')}
          />
          <img src="/icon.svg" alt="" width={28} height={28} />
          <Title order={1} size="h4" lineClamp={1}>
            {office.name}
          </Title>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={t('menu')}>
        <AppShell.Section grow component={ScrollArea}>
          {rooms.map(({ to, word, icon }) => (
            <Room key={to} to={to} label={t(word)} Icon={icon} onGo={close} />
          ))}
        </AppShell.Section>
        <AppShell.Section>
          <Room to="/account" label={t('account')} Icon={IconUser} onGo={close} />
          <LogOut />
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main id="content">
        <Connection />
        <ExampleBanner />
        <Suspense fallback={<Waiting />}>
          <Switch>
            <Route path="/inbox/:id?">{({ id }) => <Inbox chosen={id} />}</Route>
            <Route path="/running">
              <Running />
            </Route>
            <Route path="/calls">
              <Calls />
            </Route>
            <Route path="/calls/:id">{({ id }) => <Call id={id} />}</Route>
            <Route path="/offices/:office/messages/:id">
              {({ office, id }) => <OfficeMessage office={office} id={id} />}
            </Route>
            <Route path="/offices/:office/calls/:id">
              {({ office, id }) => <OfficeCall office={office} id={id} />}
            </Route>
            <Route path="/contacts/:id?">{({ id }) => <Contacts chosen={id} />}</Route>
            <Route path="/insights">
              <InsightsPage />
            </Route>
            <Route path="/privacy">
              <PrivacyDesk />
            </Route>
            <Route path="/audit">
              <Audit />
            </Route>
            <Route path="/staff">
              <StaffBoard />
            </Route>
            <Route path="/set-up">
              <FirstOffice />
            </Route>
            <Route path="/settings/:section?">
              {({ section }) => <Settings section={section} />}
            </Route>
            <Route path="/health">
              <Health />
            </Route>
            <Route path="/accounts">
              <Accounts />
            </Route>
            <Route path="/account">
              <MyAccount />
            </Route>
            <Route>
              <Redirect to={rooms[0]?.to ?? '/account'} />
            </Route>
          </Switch>
        </Suspense>
      </AppShell.Main>
    </AppShell>
  );
}

function Room({
  to,
  label,
  Icon,
  onGo,
}: {
  to: string;
  label: string;
  Icon: typeof IconInbox;
  onGo: () => void;
}): ReactNode {
  // Whether one is there: who goes elsewhere draws two rooms anew, not all of them.
  const here = useLocationProperty(
    () => location.pathname === to || location.pathname.startsWith(`${to}/`),
  );
  return (
    <NavLink
      component={Link}
      href={to}
      label={label}
      active={here}
      leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
      rightSection={to === '/inbox' ? <WaitingBadge /> : undefined}
      onClick={onGo}
    />
  );
}

/** How many messages nobody has opened; the window's title tells it too. */
function WaitingBadge(): ReactNode {
  const { t } = useTranslation();
  const { office } = useSession();
  const counts = useMessageCounts();
  const waiting = counts?.unread;
  const title = waiting === undefined || waiting === 0 ? '' : `(${waiting}) `;
  useEffect(() => {
    document.title = `${title}${office.name}`;
    if (waiting !== undefined) badge(waiting);
  }, [title, office.name, waiting]);
  if (counts === undefined || counts.unread === 0) return undefined;
  const { unread, urgent } = counts;
  return (
    <Badge
      size="sm"
      circle={unread < 10}
      color={urgent > 0 ? 'red.8' : 'vestibule.7'}
      title={t('unreadCount', { count: unread })}
    >
      {unread}
    </Badge>
  );
}

function LogOut(): ReactNode {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { account } = useSession();
  const leave = async (): Promise<void> => {
    await remove('/session');
    client.clear();
    client.setQueryData(['session'], null);
    // Nothing of what was seen stays in the page's memory.
    location.reload();
  };
  return (
    <Group justify="space-between" px="sm" py="xs" wrap="nowrap">
      <Text size="sm" c="dimmed" truncate>
        {account.name}
      </Text>
      <ActionIcon variant="subtle" aria-label={t('logout')} title={t('logout')} onClick={leave}>
        <IconLogout size={18} />
      </ActionIcon>
    </Group>
  );
}
