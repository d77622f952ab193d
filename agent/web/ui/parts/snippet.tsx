import { ActionIcon } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { sound, type Part } from '../api';

/** Plays the few seconds in which a detail was said. */
export function Snippet({
  call,
  part,
  label,
}: {
  call: string;
  part: Part;
  label: string;
}): ReactNode {
  const play = useMutation({
    mutationFn: async () => {
      const { blob } = await sound(call, part);
      const url = URL.createObjectURL(blob);
      const audio = new Audio(url);
      await new Promise((resolve, reject) => {
        audio.onended = resolve;
        audio.onerror = reject;
        audio.play().catch(reject);
      }).finally(() => URL.revokeObjectURL(url));
    },
  });
  return (
    <ActionIcon
      className="no-print"
      variant="subtle"
      aria-label={label}
      title={label}
      loading={play.isPending}
      onClick={() => play.mutate()}
    >
      <IconPlayerPlay size={16} />
    </ActionIcon>
  );
}
