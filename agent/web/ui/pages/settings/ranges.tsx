import { ActionIcon, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { timesOf } from './days';

/** The hours of one day: none, one range, or several. */
export function Ranges({
  day,
  value,
  fault,
  disabled,
  onChange,
  closedWord,
}: {
  /** For those who hear the page. */
  day: string;
  value: readonly string[];
  fault?: string | undefined;
  disabled: boolean;
  onChange: (value: readonly string[]) => void;
  closedWord?: string;
}): ReactNode {
  const { t } = useTranslation();
  const put = (at: number, range: string): void =>
    onChange(value.map((one, index) => (index === at ? range : one)));
  const next = (): string => {
    const last = value.at(-1);
    return last === undefined
      ? '09:00-17:00'
      : `${later(timesOf(last)[1], 60)}-${later(timesOf(last)[1], 240)}`;
  };
  return (
    <Stack gap={4}>
      <Group gap="xs">
        {value.length === 0 ? (
          <Text c="dimmed">{closedWord ?? t('settings.hours.closed')}</Text>
        ) : undefined}
        {value.map((range, at) => {
          const [from, to] = timesOf(range);
          return (
            <Group key={at} gap={4} wrap="nowrap">
              <TextInput
                type="time"
                size="xs"
                aria-label={t('settings.hours.from', { day })}
                value={from}
                readOnly={disabled}
                onChange={({ currentTarget }) => put(at, `${currentTarget.value}-${to}`)}
              />
              –
              <TextInput
                type="time"
                size="xs"
                aria-label={t('settings.hours.to', { day })}
                value={to}
                readOnly={disabled}
                onChange={({ currentTarget }) => put(at, `${from}-${currentTarget.value}`)}
              />
              {disabled ? undefined : (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t('settings.hours.removeRange', { day })}
                  onClick={() => onChange(value.filter((_, index) => index !== at))}
                >
                  <IconX size={16} />
                </ActionIcon>
              )}
            </Group>
          );
        })}
        {disabled ? undefined : (
          <ActionIcon
            variant="subtle"
            aria-label={t('settings.hours.addRange', { day })}
            title={t('settings.hours.addRange', { day })}
            onClick={() => onChange([...value, next()])}
          >
            <IconPlus size={16} />
          </ActionIcon>
        )}
      </Group>
      {fault === undefined ? undefined : (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {fault}
        </Text>
      )}
    </Stack>
  );
}

/** A time so many minutes later, on the same day. */
function later(time: string, minutes: number): string {
  const [hours = 0, rest = 0] = time.split(':').map(Number);
  const at = Math.min(hours * 60 + rest + minutes, 23 * 60 + 59);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(at / 60))}:${two(at % 60)}`;
}
