import { Card, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft } from './draft';
import { ChoiceField, NumberField, optionsOf } from './fields';
import type { Whom } from './whom';

const FIRST = [
  ['open', 'person'],
  ['closed', 'message'],
] as const;

/** What becomes of requests, and how long a talk lasts. */
export function Talks(): ReactNode {
  const { t } = useTranslation();
  const ways = optionsOf(['person', 'message'], (value) => t(`settings.callers.requests.${value}`));
  return (
    <Card withBorder>
      <Stack>
        <Title order={3} size="h5">
          {t('settings.callers.talks')}
        </Title>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          {FIRST.map(([when, usual]) => (
            <ChoiceField
              key={when}
              path={`dialogue.requests.${when}`}
              label={t(`settings.callers.${when}`)}
              choices={ways}
              usual={usual}
            />
          ))}
          <NumberField
            path="handling.mostSeconds"
            label={t('settings.callers.mostSeconds')}
            usual={900}
            min={120}
            max={7_200}
          />
          <NumberField
            path="handling.warnSeconds"
            label={t('settings.callers.warnSeconds')}
            usual={60}
            min={20}
            max={300}
          />
          <NumberField
            path="dialogue.children.under"
            label={t('settings.callers.children')}
            usual={18}
            min={0}
            max={21}
          />
        </SimpleGrid>
      </Stack>
    </Card>
  );
}

const STEPS = [
  ['afterMinutes', 15, 1, 1_440],
  ['everyMinutes', 5, 1, 1_440],
  ['mostCalls', 6, 0, 20],
] as const;

/** Who is called by telephone when nobody reads an urgent message. */
export function Escalation({ whom }: { whom: readonly Whom[] }): ReactNode {
  const { t } = useTranslation();
  const on = useDraft().value('handling.escalation.to') !== undefined;
  return (
    <Card withBorder>
      <Stack>
        <Title order={3} size="h5">
          {t('settings.callers.escalation')}
        </Title>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <ChoiceField
            path="handling.escalation.to"
            label={t('settings.callers.escalationTo')}
            choices={whom}
          />
          {on
            ? STEPS.map(([name, usual, min, max]) => (
                <NumberField
                  key={name}
                  path={`handling.escalation.${name}`}
                  label={t(`settings.callers.${name}`)}
                  {...{ usual, min, max }}
                />
              ))
            : undefined}
        </SimpleGrid>
        {on ? undefined : (
          <Text size="sm" c="dimmed">
            {t('settings.callers.escalationNobody')}
          </Text>
        )}
      </Stack>
    </Card>
  );
}
