import { Alert, Button, Group, Modal, Progress, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { keepRecording, type Prompt } from '../../settings-api';
import { record, type Take } from './microphone';
import { PlayButton } from './play';

/** Below this the microphone hears next to nothing, 0 to 1. */
const QUIET = 0.25;

/** Records a prompt in somebody's own voice: start, stop, listen, keep. */
export function Recorder({ prompt, onClose }: { prompt: Prompt; onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const client = useQueryClient();
  const take = useRef<Take>();
  const [running, setRunning] = useState(false);
  const [level, setLevel] = useState(0);
  const [loudest, setLoudest] = useState(0);
  const [wav, setWav] = useState<Blob>();
  const [reason, setReason] = useState<string>();
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => {
      const now = take.current?.level() ?? 0;
      setLevel(now);
      setLoudest((before) => Math.max(before, now));
    }, 80);
    return () => clearInterval(timer);
  }, [running]);
  useEffect(() => () => take.current?.cancel(), []);
  const start = async (): Promise<void> => {
    setWav(undefined);
    setReason(undefined);
    setLoudest(0);
    try {
      take.current = await record();
      setRunning(true);
    } catch (error) {
      setReason(error instanceof Error ? error.message : String(error));
    }
  };
  const stop = async (): Promise<void> => {
    setRunning(false);
    const { current } = take;
    take.current = undefined;
    setWav(await current?.stop());
  };
  const keep = useMutation({
    mutationFn: (blob: Blob) => keepRecording(prompt.name, blob),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['prompts'] });
      notifications.show({ message: t('settings.prompts.kept') });
      onClose();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('settings.prompts.recordTitle', { name: prompt.name })}
      closeButtonProps={{ 'aria-label': t('settings.close') }}
    >
      <Stack>
        <div>
          <Text size="sm" c="dimmed">
            {t('settings.prompts.sayThis')}
          </Text>
          <Text size="lg">{prompt.text}</Text>
        </div>
        {reason === undefined ? undefined : (
          <Alert color="red">{t('settings.prompts.noMicrophone', { reason })}</Alert>
        )}
        <Progress
          value={running ? level * 100 : 0}
          size="lg"
          color={level > 0.95 ? 'red' : 'vestibule.7'}
          aria-label={t('settings.prompts.level')}
          data-testid="level"
          data-loudest={loudest.toFixed(2)}
        />
        {wav !== undefined && loudest < QUIET ? (
          <Alert color="yellow">{t('settings.prompts.tooQuiet')}</Alert>
        ) : undefined}
        {wav === undefined ? (
          <Button
            onClick={() => void (running ? stop() : start())}
            color={running ? 'red.8' : 'vestibule'}
          >
            {t(running ? 'settings.stop' : 'settings.prompts.start')}
          </Button>
        ) : (
          <>
            <Text size="sm">{t('settings.prompts.listenFirst')}</Text>
            <Group grow>
              <PlayButton sound={() => Promise.resolve(wav)} />
              <Button variant="default" onClick={() => void start()}>
                {t('settings.prompts.again')}
              </Button>
              <Button loading={keep.isPending} onClick={() => keep.mutate(wav)}>
                {t('settings.prompts.keep')}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Modal>
  );
}
