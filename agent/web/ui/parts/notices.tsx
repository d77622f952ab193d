import { Alert, Card, Stack, Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import i18next from 'i18next';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { get, type Counts } from '../api';
import { ownWorker } from '../own-worker';
import { useMay } from '../session';

const CHOICE = 'vestibule-notices';
const chosen = (): boolean => localStorage.getItem(CHOICE) === 'yes';

/** How many messages there are; nothing of what they say, so that no look is written down. */
export function useMessageCounts(): Counts | undefined {
  const { data } = useQuery({
    queryKey: ['messages', 'counts'],
    queryFn: () => get<Counts>('/messages/counts'),
    enabled: useMay('messages.read'),
  });
  return data;
}

const all = ({ open, partial, done }: Counts): number => open + partial + done;

/** Tells of messages that came while nobody looked at the page: that there is one, never what it says. */
export function useNotices(): void {
  const counts = useMessageCounts();
  const known = useRef<Counts | undefined>(undefined);
  useEffect(() => {
    if (counts === undefined) return;
    const before = known.current;
    known.current = counts;
    if (before === undefined || all(counts) <= all(before)) return;
    if (chosen() && document.hidden) void show(counts.urgent > before.urgent);
  }, [counts]);
}

async function show(urgent: boolean): Promise<void> {
  if (Notification.permission !== 'granted') return;
  const title = i18next.t(urgent ? 'newUrgentNotice' : 'newMessageNotice');
  const how = { icon: '/icon-192.png', tag: 'message', requireInteraction: urgent };
  try {
    const worker = await ownWorker();
    await worker.showNotification(title, how);
  } catch {
    // No worker where the certificate is not trusted; then the page itself may, except on telephones.
    new Notification(title, how).onclick = () => window.focus();
  }
}

/** The choice, and what stands against it. */
export function Notices(): ReactNode {
  const { t } = useTranslation();
  const may = useMay('messages.read');
  const [on, setOn] = useState(chosen);
  const [denied, setDenied] = useState(false);
  if (!may || !('Notification' in window)) return undefined;
  const choose = async (wanted: boolean): Promise<void> => {
    const granted = wanted && (await Notification.requestPermission()) === 'granted';
    setDenied(wanted && !granted);
    localStorage.setItem(CHOICE, granted ? 'yes' : 'no');
    setOn(granted);
  };
  return (
    <Card withBorder>
      <Stack gap="xs">
        <Switch
          label={t('notices')}
          checked={on}
          onChange={({ currentTarget }) => void choose(currentTarget.checked)}
        />
        <Text size="sm" c="dimmed">
          {t('noticesHow')}
        </Text>
        {denied ? <Alert color="yellow">{t('noticesDenied')}</Alert> : undefined}
      </Stack>
    </Card>
  );
}

/** Where calendar programs find the waiting messages. */
export function CalendarFeed(): ReactNode {
  const { t } = useTranslation();
  if (!useMay('messages.read')) return undefined;
  return (
    <Card withBorder>
      <Stack gap="xs">
        <Text fw={600}>{t('calendarFeed')}</Text>
        <Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
          {location.origin}/api/feed/messages.ics
        </Text>
        <Text size="sm" c="dimmed">
          {t('calendarFeedHow')}
        </Text>
      </Stack>
    </Card>
  );
}
