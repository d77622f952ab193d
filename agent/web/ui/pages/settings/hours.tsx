import { ActionIcon, Card, Stack, Text, Title } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Values } from '../../settings-api';
import { Calendar } from './calendar';
import { WEEKDAYS } from './days';
import { useDraft } from './draft';
import { Ranges } from './ranges';
import { Section, type SectionProps } from './section';
import { without } from './tree';

const HOURS = 'understanding.hours';

/** When the office is open: a usual week, and the days that are otherwise. */
export default function Hours({ now }: SectionProps): ReactNode {
  return (
    <Section name="hours" right="configuration.office" now={now}>
      <div className="hours">
        <Week />
        <Calendar imported={now.importedDays} />
      </div>
    </Section>
  );
}

/** A usual week: of the office, or of what stands at `path`. */
export function Week({
  path = HOURS,
  title,
  hint,
}: {
  path?: string;
  title?: string;
  /** In place of what is told of a week that says nothing. */
  hint?: string | undefined;
}): ReactNode {
  const { t } = useTranslation();
  const draft = useDraft();
  const week = (draft.value(path) ?? {}) as Values;
  const of = (day: string): readonly string[] => {
    const found = week[day];
    return Array.isArray(found) ? found.map(String) : [];
  };
  const set = (day: string, ranges: readonly string[]): void => {
    const rest = without(week, day);
    const fresh: Values = ranges.length === 0 ? rest : { ...rest, [day]: ranges };
    const days = WEEKDAYS.flatMap((one) => (fresh[one] === undefined ? [] : [[one, fresh[one]]]));
    // The office's week stays, closed on all days; any other is the office's where it says nothing.
    const none = days.length === 0 && path !== HOURS;
    draft.set(path, none ? undefined : (Object.fromEntries(days) as Values));
  };
  return (
    <Card withBorder>
      <Stack gap="sm">
        <Title order={3} size="h5">
          {title ?? t('settings.hours.week')}
        </Title>
        {Object.keys(week).length === 0 ? (
          <Text size="sm">{hint ?? t('settings.hours.none')}</Text>
        ) : undefined}
        {WEEKDAYS.map((day, at) => {
          const name = t(`settings.hours.days.${day}`);
          const above = WEEKDAYS[at - 1];
          return (
            <div key={day} className="week-row" role="group" aria-label={name}>
              <Text fw={500}>{name}</Text>
              <Ranges
                day={name}
                value={of(day)}
                fault={draft.fault(`${path}.${day}`)}
                disabled={!draft.may}
                onChange={(ranges) => set(day, ranges)}
              />
              {!draft.may || above === undefined ? undefined : (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={`${name}: ${t('settings.hours.likeAbove')}`}
                  title={t('settings.hours.likeAbove')}
                  onClick={() => set(day, of(above))}
                >
                  <IconCopy size={16} />
                </ActionIcon>
              )}
            </div>
          );
        })}
      </Stack>
    </Card>
  );
}
