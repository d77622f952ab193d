import { ActionIcon, Button, Card, Group, Text } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import WaveSurfer from 'wavesurfer.js';
import type { Span } from '../../damaged-sound';
import { sound } from '../api';
import { nonce } from '../nonce';
import { lasting } from './times';

/** Where to play from; a new object each time, so that the same place can be chosen twice. */
export interface Seek {
  readonly ms: number;
}

/** `0:12–0:15`: from the first damaged second to the end of the last. */
const spanWords = ({ from, to }: Span): string =>
  `${lasting(from * 1000)}–${lasting((to + 1) * 1000)}`;

/** The recording as two waves, the caller above, the receptionist below. Nothing is loaded before it is asked for. */
export function Player({
  call,
  seek,
  onTime,
}: {
  call: string;
  seek: Seek | undefined;
  onTime: (ms: number) => void;
}): ReactNode {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  const surfer = useRef<WaveSurfer>();
  const [playing, setPlaying] = useState(false);
  const [seconds, setSeconds] = useState<{ at: number; of: number }>();
  /** Where to play from once the sound is there. */
  const wanted = useRef<number>();
  const load = useMutation({ mutationFn: () => sound(call) });
  const blob = load.data?.blob;
  const damaged = load.data?.damaged ?? [];

  useEffect(() => {
    if (blob === undefined || place.current === null) return undefined;
    const style = getComputedStyle(document.documentElement);
    const wave = WaveSurfer.create({
      container: place.current,
      height: 56,
      cspNonce: nonce,
      barWidth: 2,
      barGap: 1,
      normalize: true,
      splitChannels: [
        { waveColor: '#d9731a', progressColor: '#a3520c' },
        {
          waveColor: style.getPropertyValue('--mantine-color-vestibule-4'),
          progressColor: '#0c6b64',
        },
      ],
    });
    surfer.current = wave;
    void wave.loadBlob(blob);
    wave.on('ready', (of) => {
      setSeconds({ at: 0, of });
      if (wanted.current !== undefined) wave.setTime(Math.min(of, wanted.current / 1000));
      wanted.current = undefined;
      void wave.play().catch(() => undefined);
    });
    wave.on('timeupdate', (at) => {
      setSeconds({ at, of: wave.getDuration() });
      onTime(at * 1000);
    });
    wave.on('play', () => setPlaying(true));
    wave.on('pause', () => setPlaying(false));
    return () => {
      surfer.current = undefined;
      wave.destroy();
    };
  }, [blob, onTime]);

  useEffect(() => {
    if (seek === undefined) return;
    if (surfer.current === undefined) {
      wanted.current = seek.ms;
      load.mutate();
    } else {
      surfer.current.setTime(seek.ms / 1000);
      void surfer.current.play();
    }
  }, [seek]);

  if (blob === undefined) {
    return (
      <Button
        variant="default"
        w="fit-content"
        leftSection={<IconPlayerPlay size={16} aria-hidden />}
        loading={load.isPending}
        onClick={() => load.mutate()}
      >
        {t('listen')}
      </Button>
    );
  }
  return (
    <Card withBorder>
      <Group wrap="nowrap">
        <ActionIcon
          size="lg"
          aria-label={t(playing ? 'pause' : 'play')}
          onClick={() => void surfer.current?.playPause()}
        >
          {playing ? <IconPlayerPause size={18} /> : <IconPlayerPlay size={18} />}
        </ActionIcon>
        <div ref={place} style={{ flex: 1 }} data-testid="wave" />
        <Text size="sm" w="6rem" ta="right" data-testid="time">
          {seconds === undefined
            ? ''
            : `${lasting(seconds.at * 1000)} / ${lasting(seconds.of * 1000)}`}
        </Text>
      </Group>
      <Group gap="lg" mt="xs">
        <Text size="xs" c="dimmed">
          ▲ {t('caller')}
        </Text>
        <Text size="xs" c="dimmed">
          ▼ {t('receptionist')}
        </Text>
      </Group>
      {damaged.length === 0 ? undefined : (
        <Text size="sm" mt="xs" data-testid="damaged">
          {t('silentAt', { where: damaged.map(spanWords).join(', ') })}
        </Text>
      )}
    </Card>
  );
}
