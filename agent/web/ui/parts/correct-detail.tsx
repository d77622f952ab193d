import { Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { post } from '../api';
import { CorrectOrLeave, CorrectWords } from './correction';

/** How a detail of a message should read; what it was stays beside it. */
export function CorrectDetail({
  message,
  detail,
  text,
  onDone,
}: {
  message: string;
  detail: string;
  text: string;
  onDone: () => void;
}): ReactNode {
  const client = useQueryClient();
  const [words, setWords] = useState(text);
  const save = useMutation({
    mutationFn: () => post(`/messages/${message}/corrections`, { detail, text: words }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['messages'] });
      await client.invalidateQueries({ queryKey: ['message', message] });
      onDone();
    },
  });
  return (
    <Stack gap="xs" mt="xs" className="no-print">
      <CorrectWords words={words} onWords={setWords} />
      <CorrectOrLeave save={save} ready={words.trim() !== ''} onDone={onDone} />
    </Stack>
  );
}
