import { Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { Fragment, useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Utterance } from '../api';
import { lasting } from './times';

/** A word below this confidence is marked. */
const UNSURE = 0.6;

/** What was said; the turn that is being heard is marked, and a click goes there. */
export function Transcript({
  utterances,
  nowMs,
  onChoose,
}: {
  utterances: readonly Utterance[];
  nowMs: number | undefined;
  onChoose: ((ms: number) => void) | undefined;
}): ReactNode {
  const { t } = useTranslation();
  const current = useRef<HTMLButtonElement>(null);
  const now =
    nowMs === undefined
      ? -1
      : utterances.findLastIndex(
          ({ atMs, lengthMs }) => nowMs >= atMs && nowMs < atMs + lengthMs + 400,
        );
  useEffect(() => {
    current.current?.scrollIntoView({ block: 'nearest' });
  }, [now]);
  return (
    <Stack gap={2}>
      <Title order={3} size="h5">
        {t('transcript')}
      </Title>
      <Text size="xs" c="dimmed">
        {t('unsureWord')}
      </Text>
      {utterances.map((one, index) => (
        <UnstyledButton
          key={`${one.atMs}-${one.party}`}
          ref={index === now ? current : undefined}
          className="turn"
          data-party={one.party}
          data-now={index === now}
          disabled={onChoose === undefined}
          onClick={() => onChoose?.(one.atMs)}
        >
          <Text size="sm" c="dimmed">
            {lasting(one.atMs)}
          </Text>
          <span>
            <Text size="xs" fw={600} span display="block">
              {t(one.party === 'caller' ? 'caller' : 'receptionist')}
            </Text>
            <Words one={one} />
            {one.whole ? '' : ' …'}
            {one.secondHearing === undefined || one.secondHearing.text === one.text ? undefined : (
              <Text size="xs" c="dimmed" span display="block">
                {t('laterHeard', { text: one.secondHearing.text })}
              </Text>
            )}
          </span>
        </UnstyledButton>
      ))}
    </Stack>
  );
}

/** The words of a turn, the unsure ones underlined where the engine told how sure it was. */
function Words({ one }: { one: Utterance }): ReactNode {
  const words = wordsOf(one);
  if (words === undefined) return one.text;
  return words.map(({ word, confidence }, index) => (
    <Fragment key={index}>
      {index === 0 ? '' : ' '}
      <span className={(confidence ?? 1) < UNSURE ? 'unsure' : undefined}>{word}</span>
    </Fragment>
  ));
}

function wordsOf({ words, text }: Utterance): { word: string; confidence?: number }[] | undefined {
  if (words === undefined) return undefined;
  const told = JSON.parse(words) as { word: string; confidence?: number }[];
  // The words of the engine and the text may differ where digits were hidden or written otherwise.
  const spoken = told.map(({ word }) => word).join(' ');
  const bare = (value: string): string => value.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  if (bare(spoken) !== bare(text)) return undefined;
  const written = text.split(/\s+/u);
  return written.length === told.length
    ? told.map((one, index) => ({ ...one, word: written[index] ?? one.word }))
    : told;
}
