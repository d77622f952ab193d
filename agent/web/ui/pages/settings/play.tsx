import { Button, type ButtonProps } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Fetches a sound and plays it; another click stops it. */
export function PlayButton({
  sound,
  label,
  disabled = false,
  ...look
}: ButtonProps & { sound: () => Promise<Blob>; label?: string }): ReactNode {
  const { t } = useTranslation();
  const audio = useRef<HTMLAudioElement>();
  const play = useMutation({
    mutationFn: async () => {
      const url = URL.createObjectURL(await sound());
      const playing = new Audio(url);
      audio.current = playing;
      await new Promise<void>((resolve, reject) => {
        playing.onended = () => resolve();
        playing.onpause = () => resolve();
        playing.onerror = () => reject(new Error('the sound cannot be played'));
        playing.play().catch(reject);
      }).finally(() => URL.revokeObjectURL(url));
    },
  });
  const Icon = play.isPending ? IconPlayerStop : IconPlayerPlay;
  return (
    <Button
      variant="default"
      {...look}
      disabled={disabled}
      leftSection={<Icon size={16} aria-hidden />}
      aria-label={label}
      onClick={() => (play.isPending ? audio.current?.pause() : play.mutate())}
    >
      {t(play.isPending ? 'settings.stop' : 'settings.hear')}
    </Button>
  );
}
