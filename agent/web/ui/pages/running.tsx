import { Alert, Badge, Card, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { link } from '../link';
import { Page } from '../parts/page';
import { LiveSound } from '../parts/live-sound';
import { RunningCallCard } from '../parts/running-call';
import { useRunningCalls } from '../parts/running-calls';
import { useMay } from '../session';

type Levels = Readonly<Record<'caller' | 'agent', number>>;
const SILENT: Levels = { caller: 0, agent: 0 };

/** Calls that run: words as they are said, and what the staff may do with them. */
export default function Running(): ReactNode {
  const { t } = useTranslation();
  const running = useRunningCalls();
  const mayListen = useMay('calls.listen');
  const { heard, levels, listen, hush } = useListening();
  const now = useNow();
  if (running === undefined) return undefined;
  const { calls, allows, lines, up } = running;
  return (
    <Page
      title={t('liveCalls')}
      actions={
        <Text size="sm" c="dimmed">
          {t('linesHeld', lines)}
        </Text>
      }
    >
      {up ? undefined : (
        <Alert color="orange" role="status">
          {t('notConnected')}
        </Alert>
      )}
      {calls.length === 0 ? (
        <Card withBorder>
          <Text c="dimmed">{t('noneRunning')}</Text>
        </Card>
      ) : (
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
          {calls.map((call) => (
            <RunningCallCard
              key={call.id}
              call={call}
              nowMs={now}
              mayListen={mayListen && allows.listen}
              mayWhisper={mayListen && allows.whisper}
              listening={heard === call.id}
              onListen={() => listen(call.id)}
              onHush={hush}
            >
              {heard === call.id ? <Meters levels={levels} /> : undefined}
            </RunningCallCard>
          ))}
        </SimpleGrid>
      )}
    </Page>
  );
}

/** The time, each second. */
function useNow(): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** Which call is heard, and how loud its sides are. */
function useListening(): {
  heard: string | undefined;
  levels: Levels;
  listen: (call: string) => void;
  hush: () => void;
} {
  const { t } = useTranslation();
  const [heard, setHeard] = useState<string>();
  const [levels, setLevels] = useState(SILENT);
  const sound = useRef<LiveSound>();
  useEffect(() => {
    const end = (): void => {
      sound.current?.close();
      sound.current = undefined;
      setHeard(undefined);
      setLevels(SILENT);
    };
    const off = link.listen(({ kind, id, why }) => {
      if (kind === 'listening') setHeard(String(id));
      else if (kind === 'lost' || kind === 'refused') end();
      else if (kind === 'listening-over') {
        end();
        const words = t(`listenEnds.${why as 'objected' | 'call-over' | 'with-person' | 'hush'}`);
        if (words !== '') notifications.show({ message: words, autoClose: 8000 });
      }
    });
    return () => {
      off();
      link.ask({ do: 'hush' });
      end();
    };
  }, [t]);
  return {
    heard,
    levels,
    listen: (call) => {
      // Made here, by a click: browsers let nothing else begin to sound.
      sound.current?.close();
      sound.current = new LiveSound((side, level) =>
        setLevels((before) => ({ ...before, [side]: Math.max(level, before[side] * 0.85) })),
      );
      link.ask({ do: 'listen', call });
    },
    hush: () => link.ask({ do: 'hush' }),
  };
}

const Meters = ({ levels }: { levels: Levels }): ReactNode => {
  const { t } = useTranslation();
  return (
    <Stack gap={4} data-testid="meters">
      <Badge color="red.8" variant="filled" role="status">
        {t('listeningNow')}
      </Badge>
      {(['caller', 'agent'] as const).map((side) => {
        const who = t(side === 'caller' ? 'caller' : 'receptionist');
        const percent = Math.round(Math.min(1, levels[side]) * 100);
        return (
          <Group key={side} gap="xs" wrap="nowrap">
            <Text size="xs" w="6.5rem">
              {who}
            </Text>
            <div
              className="meter"
              role="meter"
              aria-label={t('levelOf', { who })}
              aria-valuemin={0}
              aria-valuemax={100}
              aria-valuenow={percent}
              data-side={side}
            >
              <div style={{ width: `${percent}%` }} />
            </div>
          </Group>
        );
      })}
    </Stack>
  );
};
