import { Anchor, Badge, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  IconEar,
  IconEarOff,
  IconMessage2,
  IconPhoneIncoming,
  IconPhoneOff,
} from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { post } from '../api';
import { useMay } from '../session';
import { askWord, intentWord } from './codes';
import { Confirm } from './confirm';
import { useDetailWords } from './detail-words';
import { partyWord } from './party';
import type { RunningCall } from './running-calls';
import { useTelephone } from './telephone';
import { lasting } from './times';

/** One call that runs. */
export function RunningCallCard({
  call,
  nowMs,
  mayListen,
  mayWhisper,
  listening,
  onListen,
  onHush,
  children,
}: {
  call: RunningCall;
  nowMs: number;
  mayListen: boolean;
  mayWhisper: boolean;
  listening: boolean;
  onListen: () => void;
  onHush: () => void;
  children: ReactNode;
}): ReactNode {
  const { t } = useTranslation();
  const { label } = useDetailWords();
  const { name, callerNumber, lines, state, urgency, intent, asks, consented } = call;
  const seen = lines !== undefined;
  const number = callerNumber === undefined || callerNumber === '' ? t('withheld') : callerNumber;
  return (
    <Card withBorder component="article" aria-label={name ?? (seen ? number : t('running'))}>
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap" align="start">
          <div>
            <Title order={3} size="h4">
              {name ?? (seen ? number : t('running'))}
            </Title>
            {name === undefined || !seen ? undefined : (
              <Text size="sm" c="dimmed">
                {number}
              </Text>
            )}
          </div>
          <Text size="sm" ff="monospace">
            {lasting(Math.max(0, nowMs - call.begunAt))}
          </Text>
        </Group>
        <Group gap={6}>
          <Badge variant={state === 'talking' ? 'filled' : 'default'} color="vestibule.7">
            {t(`liveStates.${state}`)}
          </Badge>
          {intent === undefined ? undefined : (
            <Badge variant="default">{intentWord(t, intent)}</Badge>
          )}
          {urgency === 'urgent' || urgency === 'emergency' ? (
            <Badge color="red.8">{t(`urgencies.${urgency}`)}</Badge>
          ) : undefined}
          <Badge variant="default" leftSection={consented ? '✓' : undefined}>
            {t(consented ? 'told' : 'notTold')}
          </Badge>
        </Group>
        {asks === undefined || state !== 'talking' ? undefined : (
          <Text size="sm" c="dimmed">
            {t('asks')}: <em>{askWord(t, asks) ?? label(intent ?? '', asks)}</em>
          </Text>
        )}
        {seen ? <Words call={call} /> : undefined}
        {children}
        <Steps {...{ call, listening, mayListen, mayWhisper, onListen, onHush }} mayOpen={seen} />
      </Stack>
    </Card>
  );
}

/** What was said, the latest below; what the caller is saying just now in grey. */
function Words({ call: { lines = [], partial = '' } }: { call: RunningCall }): ReactNode {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.scrollTo({ top: place.current.scrollHeight });
  }, [lines, partial]);
  return (
    <div ref={place} className="live-words" role="log" aria-label={t('transcript')} tabIndex={0}>
      {lines.map(({ party, person, atMs, text, whole }) => (
        <div key={`${atMs}-${party}`} className="turn" data-party={party}>
          <Text size="sm" c="dimmed">
            {lasting(atMs)}
          </Text>
          <span>
            <Text size="xs" fw={600} span display="block">
              {t(person === undefined ? partyWord(party) : 'staffParty')}
            </Text>
            {text}
            {whole ? '' : ' …'}
          </span>
        </div>
      ))}
      {partial === '' ? undefined : (
        <div className="turn" data-party="caller" data-partial>
          <span />
          <Text span fs="italic" c="dimmed">
            {partial} …
          </Text>
        </div>
      )}
    </div>
  );
}

function Steps({
  call: { id, state, consented, audible },
  listening,
  mayListen,
  mayWhisper,
  mayOpen,
  onListen,
  onHush,
}: {
  call: RunningCall;
  listening: boolean;
  mayListen: boolean;
  mayWhisper: boolean;
  mayOpen: boolean;
  onListen: () => void;
  onHush: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const maySteer = useMay('calls.steer');
  const { data: telephone } = useTelephone();
  const extension = telephone?.extension ?? undefined;
  const step = useMutation({
    mutationFn: ({ what }: { what: string; said: string }) => post(`/live/calls/${id}/${what}`),
    onSuccess: (_done, { said }) => notifications.show({ message: said, autoClose: 6000 }),
  });
  const withUs = state === 'talking';
  const withPerson = state === 'with-person';
  return (
    <Group gap="xs">
      {mayListen && listening ? (
        <Button size="xs" leftSection={<IconEarOff size={16} aria-hidden />} onClick={onHush}>
          {t('stopListening')}
        </Button>
      ) : undefined}
      {mayListen && !listening && (audible || !withPerson) ? (
        <Button
          size="xs"
          variant="default"
          disabled={!audible || !consented}
          leftSection={<IconEar size={16} aria-hidden />}
          onClick={onListen}
        >
          {t('listenIn')}
        </Button>
      ) : undefined}
      {mayWhisper && withPerson ? (
        <Confirm
          label={t('whisper')}
          sure={extension === undefined ? t('chooseTelephone') : t('whisperSure', { extension })}
          icon={<IconMessage2 size={16} aria-hidden />}
          disabled={!consented}
          onYes={
            extension === undefined
              ? undefined
              : () => step.mutate({ what: 'whisper', said: t('whispering') })
          }
        />
      ) : undefined}
      {maySteer && (withUs || withPerson) ? (
        <Confirm
          label={t('takeOver')}
          sure={
            extension === undefined
              ? t('chooseTelephone')
              : t(withPerson ? 'takeFromSure' : 'takeOverSure', { extension })
          }
          icon={<IconPhoneIncoming size={16} aria-hidden />}
          variant="filled"
          onYes={
            extension === undefined
              ? undefined
              : () =>
                  step.mutate({
                    what: 'take-over',
                    said: t(withPerson ? 'takingFrom' : 'takingOver'),
                  })
          }
        />
      ) : undefined}
      {maySteer ? (
        <Confirm
          label={t('endCall')}
          sure={t('endSure')}
          color="red.8"
          icon={<IconPhoneOff size={16} aria-hidden />}
          onYes={() => step.mutate({ what: 'end', said: t('ending') })}
        />
      ) : undefined}
      {mayOpen ? (
        <Anchor component={Link} href={`/calls/${id}`} size="sm">
          {t('toCall')}
        </Anchor>
      ) : undefined}
    </Group>
  );
}
