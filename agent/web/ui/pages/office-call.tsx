import { Alert, Anchor, Card, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { get, type CallReading } from '../api';
import { outcomeWord } from '../parts/codes';
import { Fact } from '../parts/fact';
import { useOffices } from '../parts/other-offices';
import { Page } from '../parts/page';
import { fullMoment } from '../parts/times';
import { Transcript } from '../parts/transcript';
import { useSession } from '../session';

/** A call of another office, read there; its sound stays there. */
export default function OfficeCall({ office, id }: { office: string; id: string }): ReactNode {
  const { t } = useTranslation();
  const { office: ours } = useSession();
  const name = useOffices().find((one) => one.id === office)?.name ?? office;
  const { data: call, error } = useQuery({
    queryKey: ['offices', office, 'calls', 'one', id],
    queryFn: () => get<CallReading>(`/offices/${office}/calls/${id}`),
    retry: false,
  });
  return (
    <Page
      title={t('callOf', { office: name })}
      actions={
        <Anchor component={Link} href="/calls">
          {t('back')}
        </Anchor>
      }
    >
      {error === null ? undefined : <Alert color="red">{error.message}</Alert>}
      {call === undefined ? undefined : (
        <>
          <Card withBorder>
            <Table variant="vertical" className="facts">
              <Table.Tbody>
                <Fact label={t('when')} text={fullMoment(call.startedAt, ours.timeZone)} />
                <Fact label={t('caller')} text={call.callerNumber ?? t('withheld')} />
                <Fact
                  label={t('outcome')}
                  text={call.outcome === undefined ? t('running') : outcomeWord(t, call.outcome)}
                />
                {(call.record?.summary ?? '') === '' ? undefined : (
                  <Fact label={t('summary')} text={call.record?.summary ?? ''} />
                )}
              </Table.Tbody>
            </Table>
          </Card>
          <Card withBorder>
            <Transcript
              call={id}
              utterances={call.utterances}
              corrections={call.corrections}
              mayCorrect={false}
              nowMs={undefined}
              onChoose={undefined}
            />
          </Card>
          <Text size="sm" c="dimmed">
            {t('soundThere')}
          </Text>
        </>
      )}
    </Page>
  );
}
