import { Accordion, Alert, Anchor, Button, Card, Group, Menu, Table, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'wouter';
import { get, type CallReading } from '../api';
import { basisWord, intentWord, outcomeWord, urgencyWord } from '../parts/codes';
import { Decisions } from '../parts/decisions';
import { Fact } from '../parts/fact';
import { HiddenParts } from '../parts/hidden-parts';
import { Missing } from '../parts/missing';
import { Page } from '../parts/page';
import { Player, type Seek } from '../parts/player';
import { fullMoment, lasting } from '../parts/times';
import { Transcript } from '../parts/transcript';
import { useMay, useSession } from '../session';

/** One call: its sound, what was said, and why each thing was decided. */
export default function Call({ id }: { id: string }): ReactNode {
  const { t } = useTranslation();
  const { office } = useSession();
  const mayListen = useMay('calls.listen');
  const mayCorrect = useMay('calls.correct');
  const [nowMs, setNowMs] = useState<number>();
  const [seek, setSeek] = useState<Seek>();
  const { data: call, error } = useQuery({
    queryKey: ['call', id],
    queryFn: () => get<CallReading>(`/calls/${id}`),
    meta: { shown: true },
  });
  const whole = call?.recording !== undefined && call.recording.seconds > 0;
  // `?at=` in milliseconds: whoever comes from a message hears the call from there on.
  const [asked] = useSearchParams();
  const at = asked.get('at');
  useEffect(() => {
    if (at !== null && /^\d{1,8}$/u.test(at) && whole && mayListen) setSeek({ ms: Number(at) });
  }, [at, whole, mayListen]);
  if (call === undefined) {
    return (
      error && (
        <Page title={t('calls')}>
          <Missing error={error} back="/calls" />
        </Page>
      )
    );
  }
  const { recording, consent, guardian } = call;
  return (
    <Page
      title={t('callAt', { when: fullMoment(call.startedAt, office.timeZone) })}
      actions={
        <Group className="no-print">
          <Downloads call={id} sound={whole && mayListen} />
          <Anchor component={Link} href="/calls">
            {t('back')}
          </Anchor>
        </Group>
      }
    >
      <Card withBorder>
        <Table variant="vertical" className="facts">
          <Table.Tbody>
            <Fact label={t('caller')} text={call.callerNumber ?? t('withheld')} />
            {call.attestation === undefined ? undefined : (
              <Fact
                label={t('attestation')}
                text={t('attestationOf', {
                  verdict: t(`attested.${call.attestation.verdict}`),
                  level: call.attestation.level ?? '–',
                })}
              />
            )}
            <Fact
              label={t('outcome')}
              text={call.outcome === undefined ? t('running') : outcomeWord(t, call.outcome)}
            />
            <Fact
              label={t('about')}
              text={call.intent === undefined ? undefined : intentWord(t, call.intent)}
            />
            {call.urgency === undefined || call.urgency === 'unknown' ? undefined : (
              <Fact label={t('urgency')} text={urgencyWord(t, call.urgency)} />
            )}
            {(call.record?.summary ?? '') === '' ? undefined : (
              <Fact label={t('summary')} text={call.record?.summary ?? ''} />
            )}
            {call.answeredAt === undefined || call.endedAt === undefined ? undefined : (
              <Fact label={t('length')} text={lasting(call.endedAt - call.answeredAt)} />
            )}
            {call.quality === undefined ? undefined : (
              <Fact label={t('quality')} text={lineOf(t, call.quality)} />
            )}
            <Fact
              label={t('consent')}
              text={
                consent === undefined
                  ? t('noConsent')
                  : t('consentOf', {
                      basis: basisWord(t, consent.basis),
                      version: consent.noticeVersion,
                      when: fullMoment(consent.at, office.timeZone),
                    })
              }
            />
            {guardian === undefined ? undefined : (
              <Fact
                label={t('guardian.name')}
                text={[
                  guardian.who ?? '–',
                  t(`guardian.answers.${guardian.what}`),
                  ...(guardian.by === undefined ? [] : [t('guardian.noted', { by: guardian.by })]),
                ].join(', ')}
              />
            )}
          </Table.Tbody>
        </Table>
      </Card>
      <HiddenParts call={call} />
      {recording?.state === 'damaged' ? <Alert color="red">{t('damaged')}</Alert> : undefined}
      {recording?.state === 'incomplete' ? (
        <Alert color="orange">{t('incomplete')}</Alert>
      ) : undefined}
      {!whole ? (
        <Text c="dimmed">{t('noRecording')}</Text>
      ) : mayListen ? (
        <Player call={id} seek={seek} onTime={setNowMs} />
      ) : (
        <Text c="dimmed">{t('mayNotListen')}</Text>
      )}
      <Card withBorder>
        <Transcript
          call={id}
          utterances={call.utterances}
          corrections={call.corrections}
          mayCorrect={mayCorrect && call.endedAt !== undefined}
          nowMs={nowMs}
          onChoose={whole && mayListen ? (ms) => setSeek({ ms }) : undefined}
        />
      </Card>
      <Accordion variant="separated">
        <Accordion.Item value="why">
          <Accordion.Control>{t('decisions')}</Accordion.Control>
          <Accordion.Panel>
            <Decisions call={call} />
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </Page>
  );
}

/** How a call sounded, in figures. */
function lineOf(t: TFunction, quality: NonNullable<CallReading['quality']>): string {
  const { mos, lossIn, lossOut, jitterInMs, jitterOutMs, roundTripMs, oneWay } = quality;
  const percent = (share: number | undefined): string =>
    share === undefined ? '–' : (share * 100).toFixed(1);
  const figures = t('qualityOf', {
    ...{ mos: mos?.toFixed(1) ?? '–', lossIn: percent(lossIn), lossOut: percent(lossOut) },
    ...{ jitter: Math.max(jitterInMs, jitterOutMs ?? 0), roundTrip: roundTripMs ?? '–' },
  });
  return oneWay === 'none' ? figures : `${t(`oneWay.${oneWay}`)} · ${figures}`;
}

/** To be kept as files; each is written down. */
const Downloads = ({ call, sound }: { call: string; sound: boolean }): ReactNode => {
  const { t } = useTranslation();
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />}>
          {t('download')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={`/api/calls/${call}/transcript.txt`} download>
          {t('downloadTranscript')}
        </Menu.Item>
        {sound ? (
          <Menu.Item component="a" href={`/api/calls/${call}/recording.wav?download=true`} download>
            {t('downloadRecording')}
          </Menu.Item>
        ) : undefined}
      </Menu.Dropdown>
    </Menu>
  );
};
