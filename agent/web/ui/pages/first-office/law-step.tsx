import { Select, SimpleGrid, Stack, Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ANOTHER_LAW } from '../../../../privacy/set-up-questions';
import { isWeaker, lawOf, type OwnLaw } from './answers';
import { Line, type StepProps } from './line';

/** Whose law protects callers, how they consent, and who answers for it. */
export function LawStep({ answers, set, offer, fault }: StepProps): ReactNode {
  const { t } = useTranslation();
  const { law, consent, controller, authority } = answers;
  const { code, mode, source } = lawOf(answers, offer);
  const modes = useModes(offer.consentModes);
  return (
    <Stack>
      <Switch
        label={t('firstOffice.recording')}
        checked={answers.recording}
        onChange={({ currentTarget }) => set({ recording: currentTarget.checked })}
      />
      <Select
        label={t('firstOffice.jurisdiction')}
        description={
          law === ANOTHER_LAW
            ? t('firstOffice.noAdvice')
            : t('firstOffice.jurisdictionHint', { code, mode, source })
        }
        data={[
          ...Object.keys(offer.jurisdictions),
          { value: ANOTHER_LAW, label: t('firstOffice.ownLaw.another') },
        ]}
        value={law}
        searchable
        allowDeselect={false}
        error={law === ANOTHER_LAW ? undefined : fault('jurisdiction')}
        onChange={(chosen) => {
          const fresh = chosen ?? law;
          set({ law: fresh, consent: lawOf({ ...answers, law: fresh }, offer).mode });
        }}
      />
      {law === ANOTHER_LAW ? <OwnLawFields {...{ answers, set, offer, fault }} /> : undefined}
      <Select
        label={t('firstOffice.consent')}
        data={modes}
        value={consent}
        allowDeselect={false}
        error={fault('consent')}
        onChange={(chosen) => set({ consent: chosen ?? consent })}
      />
      {isWeaker(answers, offer) ? (
        <Line
          {...{ path: 'weakerConsent', value: answers.weakerConsent, fault }}
          label={t('firstOffice.weaker', { code })}
          onChange={(weakerConsent) => set({ weakerConsent })}
        />
      ) : undefined}
      <Line
        {...{ path: 'controller.name', value: controller.name, fault }}
        label={t('firstOffice.controller')}
        onChange={(name) => set({ controller: { ...controller, name } })}
      />
      <Line
        {...{ path: 'controller.address', value: controller.address, fault }}
        label={t('firstOffice.controllerAddress')}
        onChange={(address) => set({ controller: { ...controller, address } })}
      />
      <Line
        {...{ path: 'controller.contact', value: controller.contact, fault }}
        label={t('firstOffice.controllerContact')}
        onChange={(contact) => set({ controller: { ...controller, contact } })}
      />
      <Line
        {...{ path: 'authority.name', value: authority.name, fault }}
        label={t('firstOffice.authority')}
        onChange={(name) => set({ authority: { ...authority, name } })}
      />
      <Line
        {...{ path: 'authority.contact', value: authority.contact, fault }}
        label={t('firstOffice.authorityContact')}
        onChange={(contact) => set({ authority: { ...authority, contact } })}
      />
    </Stack>
  );
}

/** A law that does not come along: its code, where it stands, and what it asks at least. */
function OwnLawFields({ answers, set, offer, fault }: StepProps): ReactNode {
  const { t } = useTranslation();
  const { ownLaw } = answers;
  const put = (change: Partial<OwnLaw>): void => set({ ownLaw: { ...ownLaw, ...change } });
  const modes = useModes(offer.consentModes);
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }}>
      <Line
        {...{ path: 'jurisdiction', value: ownLaw.code, fault }}
        label={t('firstOffice.ownLaw.code')}
        onChange={(code) => put({ code })}
      />
      <Line
        {...{ path: 'jurisdictionRule.source', value: ownLaw.source, fault }}
        label={t('firstOffice.ownLaw.source')}
        onChange={(source) => put({ source })}
      />
      <Select
        label={t('firstOffice.ownLaw.mode')}
        data={modes}
        value={ownLaw.mode}
        allowDeselect={false}
        error={fault('jurisdictionRule.mode')}
        onChange={(chosen) => {
          const mode = chosen ?? ownLaw.mode;
          set({ ownLaw: { ...ownLaw, mode }, consent: mode });
        }}
      />
    </SimpleGrid>
  );
}

function useModes(modes: readonly string[]): { value: string; label: string }[] {
  const { t } = useTranslation();
  return modes.map((value) => ({
    value,
    label: t(`firstOffice.modes.${value}`, { defaultValue: value }),
  }));
}
