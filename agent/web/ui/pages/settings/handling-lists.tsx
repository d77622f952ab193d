import { Card, SimpleGrid, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ChoiceField, ListField, NumberField, optionsOf, SwitchField } from './fields';
import type { Whom } from './whom';

/** Who is kept out, who is always let in, and whom staff would rather take themselves. */
export function Lists({ whom }: { whom: readonly Whom[] }): ReactNode {
  const { t } = useTranslation();
  return (
    <Card withBorder>
      <Stack>
        <Title order={3} size="h5">
          {t('settings.handling.lists')}
        </Title>
        <ListField
          path="handling.block"
          label={t('settings.handling.block')}
          hint={t('settings.handling.callerHint')}
        />
        <ListField path="handling.allow" label={t('settings.handling.allow')} />
        <ListField path="handling.vip.callers" label={t('settings.handling.vip')} />
        <SimpleGrid cols={{ base: 1, xs: 3 }}>
          <ChoiceField
            path="handling.vip.do"
            label={t('settings.callers.vipDo')}
            choices={optionsOf(['staff', 'assistant'], (value) =>
              t(`settings.handling.ways.${value}`),
            )}
            usual="staff"
          />
          <ChoiceField
            path="handling.vip.target"
            label={t('settings.handling.vipTarget')}
            choices={whom}
          />
          <NumberField
            path="handling.vip.seconds"
            label={t('settings.callers.seconds')}
            usual={20}
            min={3}
            max={120}
          />
        </SimpleGrid>
      </Stack>
    </Card>
  );
}

/** What is done about unwanted calls. */
export function Gate(): ReactNode {
  const { t } = useTranslation();
  return (
    <Card withBorder>
      <Stack>
        <Title order={3} size="h5">
          {t('settings.handling.gate')}
        </Title>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <ChoiceField
            path="handling.gate.challenge"
            label={t('settings.handling.challenge')}
            choices={optionsOf(['never', 'suspicious', 'always'], (value) =>
              t(`settings.handling.challenges.${value}`),
            )}
            usual="suspicious"
          />
          <ChoiceField
            path="handling.gate.attestation"
            label={t('settings.callers.attestation')}
            choices={optionsOf(['off', 'failed', 'unverified'], (value) =>
              t(`settings.callers.attestations.${value}`),
            )}
            usual="failed"
          />
          <NumberField
            path="handling.gate.suspiciousPerHour"
            label={t('settings.handling.suspiciousPerHour')}
            usual={6}
            min={1}
            max={1000}
          />
          <NumberField
            path="handling.gate.mostPerHour"
            label={t('settings.handling.mostPerHour')}
            usual={20}
            min={1}
            max={1000}
          />
          <NumberField
            path="handling.gate.silentCalls"
            label={t('settings.callers.silentCalls')}
            usual={2}
            min={1}
            max={100}
          />
        </SimpleGrid>
        <SwitchField
          path="handling.gate.withheld"
          label={t('settings.handling.withheld')}
          usual={false}
        />
      </Stack>
    </Card>
  );
}
