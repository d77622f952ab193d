import {
  ActionIcon,
  Button,
  Card,
  Group,
  Stack,
  TagsInput,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import i18next from 'i18next';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../session';
import type { Json, Values } from '../../settings-api';
import { daysOfMonth, planOf, readable, weekdayOf, WEEKDAYS, type SpecialDay } from './days';
import { useDraft } from './draft';
import { Ranges } from './ranges';

const HOLIDAYS = 'understanding.holidays';

/** Today at the office. */
const todayAt = (timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(Date.now());

const locale = (): string => (i18next.resolvedLanguage === 'ko' ? 'ko-KR' : 'en-GB');

const inWords = (date: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(locale(), { ...options, timeZone: 'UTC' }).format(
    new Date(`${date}T12:00:00Z`),
  );

/** A month: what holds on each day; a click opens the day. */
export function Calendar({ imported }: { imported: readonly SpecialDay[] }): ReactNode {
  const { t } = useTranslation();
  const { office } = useSession();
  const draft = useDraft();
  const today = todayAt(office.timeZone);
  const [chosen, setChosen] = useState(today);
  const [month, setMonth] = useState(() => new Date(`${today.slice(0, 7)}-01T12:00:00Z`));
  const week = (draft.value('understanding.hours') ?? {}) as Values;
  const special = draft.list(HOLIDAYS) as unknown as readonly SpecialDay[];
  const days = daysOfMonth(month.getUTCFullYear(), month.getUTCMonth());
  const move = (by: number): void =>
    setMonth(new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + by, 1, 12)));
  return (
    <Card withBorder>
      <Stack>
        <Group justify="space-between">
          <Title order={3} size="h5">
            {t('settings.hours.calendar')}
          </Title>
          <Group gap={4}>
            <ActionIcon
              variant="subtle"
              aria-label={t('settings.hours.before')}
              onClick={() => move(-1)}
            >
              <IconChevronLeft size={18} />
            </ActionIcon>
            <Text fw={600} miw="8.5rem" ta="center" aria-live="polite">
              {inWords(month.toISOString().slice(0, 10), { month: 'long', year: 'numeric' })}
            </Text>
            <ActionIcon
              variant="subtle"
              aria-label={t('settings.hours.after')}
              onClick={() => move(1)}
            >
              <IconChevronRight size={18} />
            </ActionIcon>
          </Group>
        </Group>
        <div className="month">
          {WEEKDAYS.map((day) => (
            <div key={day} className="month-head" aria-hidden>
              {t(`settings.hours.short.${day}`)}
            </div>
          ))}
          {days.map((date) => {
            const plan = planOf(date, week, special, imported);
            const told =
              plan.hours.length === 0 ? t('settings.hours.closed') : readable(plan.hours);
            const name = plan.special?.name;
            return (
              <button
                key={date}
                type="button"
                className="month-day"
                data-other={new Date(`${date}T12:00:00Z`).getUTCMonth() !== month.getUTCMonth()}
                data-closed={plan.hours.length === 0}
                data-special={plan.special !== undefined}
                aria-pressed={date === chosen}
                aria-current={date === today ? 'date' : undefined}
                aria-label={`${inWords(date, { weekday: 'long', day: 'numeric', month: 'long' })}: ${[told, name].filter(Boolean).join(', ')}`}
                onClick={() => setChosen(date)}
              >
                <span className="month-number">{Number(date.slice(8))}</span>
                <span className="month-told">
                  {name ?? (plan.hours.length === 0 ? '–' : plan.hours[0]?.slice(0, 5))}
                </span>
              </button>
            );
          })}
        </div>
        <Day date={chosen} week={week} special={special} imported={imported} />
      </Stack>
    </Card>
  );
}

/** One day: what holds, and what to make of it. */
function Day({
  date,
  week,
  special,
  imported,
}: {
  date: string;
  week: Values;
  special: readonly SpecialDay[];
  imported: readonly SpecialDay[];
}): ReactNode {
  const { t } = useTranslation();
  const draft = useDraft();
  const plan = planOf(date, week, special, imported);
  const weekday = t(`settings.hours.days.${weekdayOf(date)}`);
  const at = special.findIndex((day) => day.date === date);
  const own = special[at];
  const set = (days: readonly SpecialDay[]): void =>
    draft.set(HOLIDAYS, [...days].sort((a, b) => a.date.localeCompare(b.date)) as unknown as Json);
  const put = (change: Partial<SpecialDay>): void => {
    const {
      aliases = [],
      hours = [],
      ...rest
    } = {
      ...(plan.special ?? { name: t('settings.hours.defaultReason') }),
      ...change,
      date,
    };
    const day: SpecialDay = {
      date,
      name: rest.name,
      ...(aliases.length === 0 ? {} : { aliases }),
      ...(hours.length === 0 ? {} : { hours }),
    };
    set([...special.filter((one) => one.date !== date), day]);
  };
  const usual = planOf(date, week, [], []).hours;
  return (
    <Stack gap="xs" aria-live="polite" data-testid="day">
      <Text fw={600}>{inWords(date, { dateStyle: 'full' })}</Text>
      <Text size="sm">
        {plan.hours.length === 0 ? t('settings.hours.closed') : readable(plan.hours)}
        {', '}
        {plan.special === undefined
          ? t('settings.hours.asUsual', { day: weekday })
          : plan.hours.length === 0
            ? plan.special.name
            : `${plan.special.name}, ${t('settings.hours.special')}`}
      </Text>
      {plan.imported ? (
        <Text size="sm" c="dimmed">
          {t('settings.hours.imported', {
            file: draft.text('understanding.holidaysFile'),
          })}
        </Text>
      ) : undefined}
      {own === undefined ? undefined : (
        <>
          <TextInput
            label={t('settings.hours.reason')}
            description={t('settings.hours.reasonHint')}
            value={own.name}
            error={draft.fault(`${HOLIDAYS}.${String(at)}.name`)}
            readOnly={!draft.may}
            onChange={({ currentTarget }) => put({ name: currentTarget.value })}
          />
          <TagsInput
            label={t('settings.hours.alsoCalled')}
            value={[...(own.aliases ?? [])]}
            readOnly={!draft.may}
            acceptValueOnBlur
            onChange={(aliases) => put({ aliases })}
          />
          <Ranges
            day={inWords(date, { day: 'numeric', month: 'long' })}
            value={own.hours ?? []}
            fault={draft.fault(`${HOLIDAYS}.${String(at)}.hours`)}
            disabled={!draft.may}
            onChange={(hours) => put({ hours })}
          />
        </>
      )}
      {draft.may ? (
        <Group gap="xs">
          {own !== undefined && plan.hours.length === 0 ? undefined : (
            <Button variant="default" onClick={() => put({ hours: [] })}>
              {t('settings.hours.closeDay')}
            </Button>
          )}
          {own !== undefined ? undefined : (
            <Button
              variant="default"
              onClick={() => put({ hours: usual.length === 0 ? ['09:00-12:00'] : usual })}
            >
              {t('settings.hours.ownHours')}
            </Button>
          )}
          {own === undefined ? undefined : (
            <Button
              variant="default"
              onClick={() => set(special.filter((one) => one.date !== date))}
            >
              {t('settings.hours.backToUsual')}
            </Button>
          )}
        </Group>
      ) : undefined}
    </Stack>
  );
}
