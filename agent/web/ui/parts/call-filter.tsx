import { Button, Collapse, Group, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFilter, IconSearch } from '@tabler/icons-react';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { intentWord, outcomeWord, urgencyWord } from './codes';

/** What calls are looked for by, as the fields have it; empty for what does not matter. */
export interface CallWish {
  /** ISO dates of the office's calendar, both included. */
  readonly from: string;
  readonly to: string;
  readonly outcome: string;
  readonly intent: string;
  readonly urgency: string;
  readonly recorded: '' | 'true' | 'false';
  readonly words: string;
  readonly number: string;
}

export const NO_WISH: CallWish = {
  ...{ from: '', to: '', outcome: '', intent: '', urgency: '', recorded: '' },
  ...{ words: '', number: '' },
};

export type Kinds = Readonly<Record<'outcome' | 'intent' | 'urgency', readonly string[]>>;

/** The fields. Words and numbers are looked for when they are asked for, the rest at once. */
export function CallFilter({
  wish,
  kinds,
  mayRead,
  onChange,
}: {
  wish: CallWish;
  kinds: Kinds;
  mayRead: boolean;
  onChange: (wish: CallWish) => void;
}): ReactNode {
  const { t } = useTranslation();
  const [open, { toggle }] = useDisclosure(isNarrowed(wish));
  const [typed, setTyped] = useState({ words: wish.words, number: wish.number });
  const find = (event: FormEvent): void => {
    event.preventDefault();
    onChange({ ...wish, words: typed.words.trim(), number: typed.number.trim() });
  };
  const choice = (
    key: 'outcome' | 'intent' | 'urgency',
    label: string,
    any: string,
    word: (code: string) => string,
  ): ReactNode => (
    <Select
      label={label}
      placeholder={any}
      data={kinds[key].map((value) => ({ value, label: word(value) }))}
      value={wish[key] === '' ? null : wish[key]}
      onChange={(value) => onChange({ ...wish, [key]: value ?? '' })}
      clearable
      searchable={key === 'intent'}
    />
  );
  const day = (key: 'from' | 'to'): ReactNode => (
    <TextInput
      type="date"
      label={t(key)}
      value={wish[key]}
      onChange={({ currentTarget }) => onChange({ ...wish, [key]: currentTarget.value })}
    />
  );
  return (
    <form onSubmit={find} role="search" aria-label={t('calls')}>
      <Group align="end" gap="xs">
        {mayRead ? (
          <>
            <TextInput
              id="find-words"
              flex="1 1 14rem"
              label={t('findWords')}
              value={typed.words}
              onChange={({ currentTarget }) => setTyped({ ...typed, words: currentTarget.value })}
            />
            <TextInput
              flex="0 1 11rem"
              type="tel"
              label={t('findNumber')}
              value={typed.number}
              onChange={({ currentTarget }) => setTyped({ ...typed, number: currentTarget.value })}
            />
            <Button type="submit" leftSection={<IconSearch size={16} aria-hidden />}>
              {t('find')}
            </Button>
          </>
        ) : undefined}
        <Button
          variant="default"
          aria-expanded={open}
          leftSection={<IconFilter size={16} aria-hidden />}
          onClick={toggle}
        >
          {t('filters')}
        </Button>
        <Button
          variant="subtle"
          disabled={JSON.stringify(wish) === JSON.stringify(NO_WISH)}
          onClick={() => {
            setTyped({ words: '', number: '' });
            onChange(NO_WISH);
          }}
        >
          {t('clear')}
        </Button>
      </Group>
      {/* At once: a list that is opened while its field still comes into sight would stay hidden. */}
      <Collapse in={open} transitionDuration={0}>
        <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }} mt="xs" spacing="xs">
          {day('from')}
          {day('to')}
          {choice('outcome', t('outcome'), t('anyOutcome'), (code) => outcomeWord(t, code))}
          {choice('intent', t('about'), t('anyReason'), (code) => intentWord(t, code))}
          {choice('urgency', t('urgent'), t('anyUrgency'), (code) => urgencyWord(t, code))}
          <Select
            label={t('recording')}
            placeholder={t('anyRecording')}
            data={[
              { value: 'true', label: t('withRecording') },
              { value: 'false', label: t('withoutRecording') },
            ]}
            value={wish.recorded === '' ? null : wish.recorded}
            onChange={(value) =>
              onChange({ ...wish, recorded: (value ?? '') as CallWish['recorded'] })
            }
            clearable
          />
        </SimpleGrid>
      </Collapse>
    </form>
  );
}

const isNarrowed = ({ from, to, outcome, intent, urgency, recorded }: CallWish): boolean =>
  [from, to, outcome, intent, urgency, recorded].some((value) => value !== '');

/** The wish as the API asks it; days are those of `timeZone`. */
export function queryOf(wish: CallWish, timeZone: string): string {
  const asked = new URLSearchParams();
  const { from, to, ...rest } = wish;
  if (from !== '') asked.set('from', String(beginOf(from, timeZone)));
  if (to !== '') asked.set('to', String(beginOf(dayAfter(to), timeZone)));
  for (const [key, value] of Object.entries(rest)) if (value !== '') asked.set(key, value);
  return asked.toString();
}

const DAY_MS = 86_400_000;
const dayAfter = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);

/** The first moment of a day in a time zone, milliseconds since 1970. */
export function beginOf(date: string, timeZone: string): number {
  const utc = Date.parse(`${date}T00:00:00Z`);
  const format = new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  });
  const offsetAt = (at: number): number => {
    const part = Object.fromEntries(
      format.formatToParts(at).map(({ type, value }) => [type, value]),
    );
    const wall = `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}Z`;
    return Date.parse(wall) - at;
  };
  // Twice: the offset of the guess may be that of the other side of a change of the clocks.
  const guess = utc - offsetAt(utc);
  return utc - offsetAt(guess);
}
