import { Alert, Badge, Card, Group, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { MessageHead as ServerMessageHead } from '../../../privacy/message-room';
import type { OfficeState } from '../../answers/offices';
import type { Answered } from '../answered';
import { get, refusalOf, type CallHead, type Finding } from '../api';
import { useMay, useSession } from '../session';
import { intentWord, outcomeWord, urgencyWord } from './codes';
import { useFindingWords } from './finding-words';
import { MessageMarks, urgentFirst } from './message-row';
import { fullMoment, moment } from './times';

type Office = Answered<OfficeState>;
/** What an office answered; heads only. */
type Told<T> =
  | ({ readonly state: 'here' } & T)
  | { readonly state: 'away' | 'refused'; readonly code: string; readonly mend: string };
type MessageHead = Answered<ServerMessageHead>;

/** Nothing tells us when something happens elsewhere, in milliseconds. */
const AGAIN_MS = 30_000;

export function useOffices(): readonly Office[] {
  const { data } = useQuery({
    queryKey: ['offices'],
    queryFn: () => get<{ offices: Office[] }>('/offices'),
    staleTime: AGAIN_MS,
  });
  return data?.offices ?? [];
}

/**
 * What there is in the other offices; nothing where there are none. Each is asked by itself, so that one
 * that is away holds up neither the others nor the page.
 */
export function OtherOffices({
  kind,
  query = '',
}: {
  kind: 'messages' | 'calls' | 'health';
  query?: string;
}): ReactNode {
  const { t } = useTranslation();
  const offices = useOffices();
  if (offices.length === 0) return undefined;
  return (
    <Stack component="section" aria-label={t('otherOffices')} className="no-print">
      <Title order={3} size="h5">
        {t('otherOffices')}
      </Title>
      {offices.map((office) => (
        <One key={office.id} office={office} kind={kind} query={query} />
      ))}
    </Stack>
  );
}

function One({
  office,
  kind,
  query,
}: {
  office: Office;
  kind: 'messages' | 'calls' | 'health';
  query: string;
}): ReactNode {
  const { t } = useTranslation();
  const { office: ours } = useSession();
  const { data } = useQuery({
    queryKey: ['offices', office.id, kind, query],
    queryFn: () =>
      get<
        Told<{
          messages?: MessageHead[];
          calls?: CallHead[];
          findings?: Finding[];
          answering?: boolean;
        }>
      >(`/offices/${office.id}/${kind}${query}`),
    // The doctor there has better to do than to be asked twice a minute.
    ...(kind === 'health' ? { staleTime: AGAIN_MS } : { refetchInterval: AGAIN_MS }),
  });
  return (
    <Card withBorder padding={0} component="article" aria-label={office.name}>
      <Group justify="space-between" p="sm">
        <Text fw={600}>{office.name}</Text>
        {data === undefined ? (
          <Text size="sm" c="dimmed" role="status">
            {t('loading')}
          </Text>
        ) : data.state === 'here' ? undefined : (
          <Badge color={data.state === 'away' ? 'gray.7' : 'red.8'}>
            {t(data.state === 'away' ? 'officeAway' : 'officeRefuses')}
          </Badge>
        )}
      </Group>
      {data === undefined || data.state === 'here' ? undefined : (
        <Text size="sm" c="dimmed" px="sm" pb="sm">
          {office.seenAt === undefined
            ? undefined
            : `${t('lastSeen', { when: fullMoment(office.seenAt, ours.timeZone) })} `}
          {refusalOf(data.code) ?? `${data.code}: ${data.mend}`}
        </Text>
      )}
      {data?.state !== 'here' ? undefined : kind === 'health' ? (
        <Health answering={data.answering === true} findings={data.findings ?? []} />
      ) : kind === 'messages' ? (
        <MessageHeads office={office.id} messages={data.messages ?? []} />
      ) : (
        <CallHeads office={office.id} calls={data.calls ?? []} />
      )}
    </Card>
  );
}

function MessageHeads({
  office,
  messages,
}: {
  office: string;
  messages: readonly MessageHead[];
}): ReactNode {
  const { t } = useTranslation();
  const { office: ours } = useSession();
  if (messages.length === 0) return <Nothing words={t('nothingThere')} />;
  return urgentFirst(messages).map((head) => (
    <Head
      key={head.id}
      to={`/offices/${office}/messages/${head.id}`}
      when={moment(head.takenAt, ours.timeZone)}
      about={intentWord(t, head.intent)}
      urgent={head.urgent === true}
      unread={!head.read && head.state !== 'done'}
    >
      <MessageMarks message={head} />
    </Head>
  ));
}

function CallHeads({ office, calls }: { office: string; calls: readonly CallHead[] }): ReactNode {
  const { t } = useTranslation();
  const { office: ours } = useSession();
  const mayOpen = useMay('calls.content');
  if (calls.length === 0) return <Nothing words={t('noCalls')} />;
  return calls.map(({ id, startedAt, endedAt, intent, urgency, outcome = '–' }) => (
    <Head
      key={id}
      to={mayOpen ? `/offices/${office}/calls/${id}` : undefined}
      when={fullMoment(startedAt, ours.timeZone)}
      about={intent === undefined ? undefined : intentWord(t, intent)}
    >
      {urgency === 'urgent' || urgency === 'emergency' ? (
        <Badge color="red.8">{urgencyWord(t, urgency)}</Badge>
      ) : undefined}
      <Badge variant="light">
        {endedAt === undefined ? t('running') : outcomeWord(t, outcome)}
      </Badge>
    </Head>
  ));
}

const Nothing = ({ words }: { words: string }): ReactNode => (
  <Text size="sm" c="dimmed" px="sm" pb="sm">
    {words}
  </Text>
);

/** A message or a call, without what was said; opened at `to`, by whoever may. */
function Head({
  to,
  when,
  about,
  urgent = false,
  unread = false,
  children,
}: {
  to: string | undefined;
  when: string;
  about: string | undefined;
  urgent?: boolean;
  unread?: boolean;
  children: ReactNode;
}): ReactNode {
  const [, go] = useLocation();
  return (
    <UnstyledButton
      className="row-button"
      data-urgent={urgent}
      data-unread={unread}
      disabled={to === undefined}
      onClick={() => to !== undefined && go(to)}
    >
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{when}</Text>
        <Group gap="xs" wrap="nowrap">
          <Text size="sm" c="dimmed">
            {about}
          </Text>
          {children}
        </Group>
      </Group>
    </UnstyledButton>
  );
}

function Health({
  answering,
  findings,
}: {
  answering: boolean;
  findings: readonly Finding[];
}): ReactNode {
  const { t } = useTranslation();
  const words = useFindingWords();
  const ill = findings.filter(({ status }) => status === 'fail' || status === 'warn').map(words);
  return (
    <Stack gap="xs" px="sm" pb="sm">
      <Alert color={answering ? 'vestibule' : 'red'}>
        {t(answering ? 'answersCalls' : 'noCallsAnswered')}. {ill.length === 0 ? t('allWell') : ''}
      </Alert>
      {ill.map((one) => (
        <Text key={one.id} size="sm" style={{ overflowWrap: 'anywhere' }}>
          <b>{one.title}:</b> {one.finding}. {one.mend}
        </Text>
      ))}
    </Stack>
  );
}
