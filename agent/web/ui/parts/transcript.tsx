import { ActionIcon, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { Fragment, useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallReading, Utterance } from '../api';
import { CorrectTurn } from './correct-turn';
import { partyWord } from './party';
import { lasting } from './times';

/** Below this confidence a word is doubtful, below the second only fairly sure. */
const DOUBTFUL = 0.6;
const FAIR = 0.8;

type Corrections = CallReading['corrections'];

/** What was said; the turn that is being heard is marked, and a click goes there. */
export function Transcript({
  call,
  utterances,
  corrections,
  mayCorrect,
  nowMs,
  onChoose,
}: {
  call: string;
  utterances: readonly Utterance[];
  corrections: Corrections;
  mayCorrect: boolean;
  nowMs: number | undefined;
  onChoose: ((ms: number) => void) | undefined;
}): ReactNode {
  const { t } = useTranslation();
  const current = useRef<HTMLButtonElement>(null);
  const [mending, setMending] = useState<number>();
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
        {t('colours')} <span>{t('sureWord')}</span>, <span className="fair">{t('fairWord')}</span>,{' '}
        <span className="unsure">{t('doubtfulWord')}</span>
      </Text>
      {utterances.map((one, index) => {
        const turn = index + 1;
        const corrected = corrections.findLast(({ thing }) => thing === `utterance:${turn}`);
        return (
          <Fragment key={`${one.atMs}-${one.party}`}>
            <div className="turn-row">
              <UnstyledButton
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
                <Said one={one} corrected={corrected} />
              </UnstyledButton>
              {mayCorrect && one.party !== 'agent' ? (
                <ActionIcon
                  className="no-print"
                  variant="subtle"
                  aria-label={`${t('correct')}: ${lasting(one.atMs)}`}
                  title={t('correct')}
                  aria-expanded={mending === turn}
                  onClick={() => setMending(mending === turn ? undefined : turn)}
                >
                  <IconPencil size={16} />
                </ActionIcon>
              ) : undefined}
            </div>
            {mending === turn ? (
              <CorrectTurn
                call={call}
                turn={turn}
                text={corrected?.text ?? one.text}
                onDone={() => setMending(undefined)}
              />
            ) : undefined}
          </Fragment>
        );
      })}
    </Stack>
  );
}

function Said({
  one,
  corrected,
}: {
  one: Utterance;
  corrected: Corrections[number] | undefined;
}): ReactNode {
  const { t } = useTranslation();
  const later = one.secondHearing?.text;
  return (
    <span>
      <Text size="xs" fw={600} span display="block">
        {t(partyWord(one.party))}
      </Text>
      {corrected === undefined ? (
        <>
          <Words one={one} />
          {one.whole ? '' : ' …'}
        </>
      ) : (
        <>
          <span>{corrected.text}</span>
          <Text size="xs" c="dimmed" span display="block">
            {t('correctedBy', { name: corrected.by.replace(/^\w+:/u, ''), text: one.text })}
          </Text>
        </>
      )}
      {later === undefined || later === one.text ? undefined : (
        <Text size="xs" c="dimmed" span display="block">
          {t('laterHeard', { text: later })}
        </Text>
      )}
    </span>
  );
}

/** The words of a turn, coloured where the engine told how sure it was. */
function Words({ one }: { one: Utterance }): ReactNode {
  const words = wordsOf(one);
  if (words === undefined) return one.text;
  return words.map(({ word, confidence = 1 }, index) => (
    <Fragment key={index}>
      {index === 0 ? '' : ' '}
      {confidence >= FAIR ? (
        word
      ) : (
        <span
          className={confidence < DOUBTFUL ? 'unsure' : 'fair'}
          title={`${Math.round(confidence * 100)} %`}
        >
          {word}
        </span>
      )}
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
