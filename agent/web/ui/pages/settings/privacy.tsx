import { Card, MultiSelect, SimpleGrid, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft } from './draft';
import { ChoiceField, NumberField, optionsOf, SwitchField, TextField } from './fields';
import { Duties, Law } from './law';
import { Section, type SectionProps } from './section';

/** What is kept when nothing else is said, in days: agent/privacy/settings.ts. */
const KEPT = [
  ['audioDays', 180],
  ['transcriptDays', 365],
  ['messageDays', 365],
  ['metadataDays', 730],
  ['accountDays', 730],
  ['logDays', 1095],
] as const;
const ACCOUNTS_DAYS = 30;
const MOST_JUMP_DAYS = 7;

/** What becomes of people's data. */
export default function Privacy({ now }: SectionProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Section name="privacy" right="configuration.privacy" now={now}>
      <Card withBorder>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <ChoiceField
            path="reception.recording"
            label={t('settings.privacy.recording')}
            choices={optionsOf(['announcement', 'off'], (one) =>
              t(`settings.privacy.recordings.${one}`),
            )}
            usual="off"
          />
          <ChoiceField
            path="dialogue.consentMode"
            label={t('settings.privacy.consentMode')}
            choices={optionsOf(['announcement', 'opt-out', 'opt-in'], (one) =>
              t(`settings.privacy.consentModes.${one}`),
            )}
            usual="announcement"
          />
          <TextField
            path="dialogue.noticeVersion"
            label={t('settings.privacy.noticeVersion')}
            hint={t('settings.privacy.noticeVersionHint')}
          />
          <Hidden />
        </SimpleGrid>
      </Card>
      <Law />
      <Card withBorder>
        <Stack>
          <Title order={3} size="h5">
            {t('settings.privacy.retention')}
          </Title>
          <SwitchField
            path="privacy.retention.enabled"
            label={t('settings.privacy.enabled')}
            usual
          />
          <SimpleGrid cols={{ base: 2, md: 3 }}>
            {KEPT.map(([name, usual]) => (
              <NumberField
                key={name}
                path={`privacy.retention.${name}`}
                label={t(`settings.privacy.${name}`)}
                usual={usual}
                min={1}
                max={3653}
              />
            ))}
            <NumberField
              path="privacy.retention.closedAccountDays"
              label={t('settings.law.closedAccountDays')}
              usual={ACCOUNTS_DAYS}
              min={1}
              max={3653}
            />
            <NumberField
              path="privacy.retention.mostJumpDays"
              label={t('settings.law.mostJumpDays')}
              usual={MOST_JUMP_DAYS}
              min={1}
              max={90}
            />
          </SimpleGrid>
        </Stack>
      </Card>
      <Card withBorder>
        <Stack>
          <Title order={3} size="h5">
            {t('settings.privacy.controller')}
          </Title>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextField path="privacy.controller.name" label={t('settings.privacy.name')} />
            <TextField path="privacy.controller.address" label={t('settings.privacy.address')} />
            <TextField path="privacy.controller.contact" label={t('settings.privacy.contact')} />
            <TextField path="privacy.controller.officer" label={t('settings.privacy.officer')} />
            <TextField path="privacy.authority.name" label={t('settings.privacy.authority')} />
            <TextField
              path="privacy.authority.contact"
              label={t('settings.privacy.authorityContact')}
            />
            <ChoiceField
              path="privacy.law"
              label={t('settings.privacy.law')}
              choices={optionsOf(['gdpr', 'ccpa'], (one) => t(`settings.privacy.laws.${one}`))}
              usual="gdpr"
            />
          </SimpleGrid>
        </Stack>
      </Card>
      <Duties />
    </Section>
  );
}

function Hidden(): ReactNode {
  const { t } = useTranslation();
  const draft = useDraft();
  const path = 'redaction.hide';
  return (
    <MultiSelect
      label={t('settings.privacy.hide')}
      data={optionsOf(['dob', 'email', 'phone'], (value) => t(`settings.privacy.hidden.${value}`))}
      value={draft.list(path).map(String)}
      error={draft.fault(path)}
      readOnly={!draft.may}
      onChange={(list) => draft.set(path, list.length === 0 ? undefined : list)}
    />
  );
}
