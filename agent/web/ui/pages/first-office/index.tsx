import '../settings/settings.css';
import {
  Alert,
  Button,
  Card,
  Group,
  List,
  Loader,
  Stack,
  Stepper,
  Text,
  Title,
} from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { languageOf } from '../../../../privacy/set-up-questions';
import type { SetUpFaults, SetUpOffer } from '../../../answers/set-up';
import { ApiError, post } from '../../api';
import { Page } from '../../parts/page';
import { useSetUpOffer } from '../../set-up-offer';
import { faultsOf, inWords, type Fault, type Taken } from '../../settings-api';
import { noAnswers, toBeSent, type Answers } from './answers';
import { dropDraft, keepDraft, withDraft } from './draft';
import { LawStep } from './law-step';
import { LinesStep } from './lines-step';
import { DutiesStep, HoursStep, OfficeStep, PeopleStep } from './steps';

const STEPS = [
  { name: 'office', of: OfficeStep, paths: /^(?:kind|office|country|timeZone|emergencyNumber)/u },
  { name: 'hours', of: HoursStep, paths: /^(?:hours|holidays)/u },
  { name: 'people', of: PeopleStep, paths: /^staff/u },
  { name: 'lines', of: LinesStep, paths: /^(?:lines|secrets)/u },
  {
    name: 'law',
    of: LawStep,
    paths: /^(?:recording|jurisdiction|consent|weakerConsent|controller|authority)/u,
  },
  { name: 'duties', of: DutiesStep, paths: /^duties/u },
] as const;

/** By the names of the page: `answers` stands before all that is sent. */
const withoutPrefix = (faults: SetUpFaults['faults']): readonly Fault[] =>
  faults.map(({ path, message }) => ({ path: path.replace(/^answers\./u, ''), message }));

/** The faults of what the steps from `first` to `last` ask. */
const ofSteps = (faults: readonly Fault[], first: number, last: number): readonly Fault[] =>
  faults.filter(({ path }) =>
    STEPS.some(({ paths }, index) => index >= first && index <= last && paths.test(path)),
  );

/** The same as `vestibule setup` asks: an example is made the office's own. */
export default function FirstOffice(): ReactNode {
  const { t } = useTranslation();
  const { data: offer } = useSetUpOffer();
  return (
    <Page title={t('firstOffice.title')}>
      {offer === undefined ? <Loader aria-label={t('loading')} /> : <Steps offer={offer} />}
    </Page>
  );
}

function Steps({ offer }: { offer: SetUpOffer }): ReactNode {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [answers, setAnswers] = useState<Answers>(() => withDraft(noAnswers(offer)));
  const [at, setAt] = useState(0);
  /** The furthest step that was left: up to there is told what does not fit. */
  const [left, setLeft] = useState(-1);
  const write = useMutation({
    meta: { shown: true },
    mutationFn: () => post<Taken>('/set-up', { base: offer.base, ...toBeSent(answers, offer) }),
    onSuccess: async () => {
      dropDraft();
      setAt(STEPS.length);
      await client.invalidateQueries({ queryKey: ['configuration'] });
    },
  });
  useEffect(() => {
    if (!write.isSuccess) keepDraft(answers);
  }, [answers, write.isSuccess]);
  const check = useMutation({
    meta: { shown: true },
    mutationFn: () => post<SetUpFaults>('/set-up/check', toBeSent(answers, offer)),
  });
  /** To another step; on to the next only where what was answered here fits. */
  const go = (to: number, only = false): void => {
    setLeft((before) => Math.max(before, at));
    if (!only) setAt(to);
    check.mutate(undefined, {
      onSuccess: ({ faults: found }) => {
        if (only && !ofSteps(withoutPrefix(found), at, at).length) setAt(to);
      },
      // Where it cannot be asked, nobody is kept: all of it is looked at when it is written.
      onError: () => setAt(to),
    });
  };
  const refused = write.error instanceof ApiError ? write.error : undefined;
  const faults =
    refused === undefined
      ? ofSteps(inWords(withoutPrefix(check.data?.faults ?? [])), 0, left)
      : withoutPrefix(faultsOf(refused));
  const props = {
    ...{ answers, offer },
    set: (change: Partial<Answers>) => setAnswers((before) => ({ ...before, ...change })),
    fault: (path: string) =>
      faults.find((one) => one.path === path || one.path.startsWith(`${path}.`))?.message,
  };
  const Step = STEPS[at]?.of;
  return (
    <Stack maw={720}>
      {offer.fresh || write.data !== undefined ? undefined : (
        <Alert color="yellow">{t('firstOffice.notFresh')}</Alert>
      )}
      <Stepper active={at} onStepClick={(to) => go(to)} size="sm" allowNextStepsSelect>
        {STEPS.map(({ name, paths }) => (
          <Stepper.Step
            key={name}
            label={t(`firstOffice.steps.${name}`)}
            color={faults.some(({ path }) => paths.test(path)) ? 'red.8' : undefined}
          />
        ))}
      </Stepper>
      {refused === undefined ? undefined : (
        <Alert color="red" role="alert" title={t('firstOffice.refused')}>
          {faults.length === 0 ? (
            refused.message
          ) : (
            <List size="sm">
              {faults.map(({ path, message }) => (
                <List.Item key={path}>
                  <b>{path}</b>: {message}
                </List.Item>
              ))}
            </List>
          )}
        </Alert>
      )}
      <Card withBorder>
        {Step === undefined ? (
          <Done taken={write.data} {...{ offer, answers }} />
        ) : (
          <Step {...props} />
        )}
      </Card>
      {Step === undefined ? undefined : (
        <Group justify="space-between">
          <Button variant="default" disabled={at === 0} onClick={() => go(at - 1)}>
            {t('firstOffice.back')}
          </Button>
          {at === STEPS.length - 1 ? (
            <Button loading={write.isPending} onClick={() => write.mutate()}>
              {t('firstOffice.finish')}
            </Button>
          ) : (
            <Button loading={check.isPending} onClick={() => go(at + 1, true)}>
              {t('firstOffice.next')}
            </Button>
          )}
        </Group>
      )}
    </Stack>
  );
}

function Done({
  taken,
  offer,
  answers,
}: {
  taken: Taken | undefined;
  offer: SetUpOffer;
  answers: Answers;
}): ReactNode {
  const { t } = useTranslation();
  const language = languageOf(answers.kind);
  const models = offer.models.filter((one) => [language, 'any'].includes(one.language));
  return (
    <Stack>
      <Alert color="vestibule" role="status">
        {t('firstOffice.written', { version: taken?.version })}{' '}
        {(taken?.waits.length ?? 0) > 0 ? t('firstOffice.waits') : ''}
      </Alert>
      <Title order={3} size="h5">
        {t('firstOffice.models')}
      </Title>
      <List size="sm">
        {models.map(({ name, purpose, licence, bytes }) => (
          <List.Item key={name}>
            {name}: {purpose} ({licence}),{' '}
            {bytes === 0
              ? t('firstOffice.notHere', { name })
              : `${Math.ceil(bytes / 1_000_000)} MB`}
          </List.Item>
        ))}
      </List>
      <Text size="sm">{t(`firstOffice.pbx.${offer.pbx ?? 'none'}`)}</Text>
      <Title order={3} size="h5">
        {t('firstOffice.after')}
      </Title>
      <List size="sm" type="ordered">
        <List.Item>{t('firstOffice.afterRecovery')}</List.Item>
        <List.Item>{t('firstOffice.afterCall')}</List.Item>
      </List>
    </Stack>
  );
}
