import { Button, Group, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFilter, IconSearch } from '@tabler/icons-react';
import { useRef, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CallFilterFields } from './call-filter-fields';
import { isNarrowed, NO_WISH, type CallWish } from './call-wish';

/** The fields. Words and numbers are looked for when they are asked for, the rest at once. */
export function CallFilter({
  wish,
  mayRead,
  onChange,
}: {
  wish: CallWish;
  mayRead: boolean;
  onChange: (wish: CallWish) => void;
}): ReactNode {
  const { t } = useTranslation();
  const [open, { toggle }] = useDisclosure(isNarrowed(wish));
  // The browser keeps what is typed: a letter has nothing to draw anew.
  const words = useRef<HTMLInputElement>(null);
  const number = useRef<HTMLInputElement>(null);
  const find = (event: FormEvent): void => {
    event.preventDefault();
    onChange({
      ...wish,
      words: words.current?.value.trim() ?? '',
      number: number.current?.value.trim() ?? '',
    });
  };
  return (
    <form onSubmit={find} role="search" aria-label={t('calls')}>
      <Group align="end" gap="xs">
        {mayRead ? (
          <>
            <TextInput
              ref={words}
              id="find-words"
              flex="1 1 14rem"
              label={t('findWords')}
              defaultValue={wish.words}
            />
            <TextInput
              ref={number}
              flex="0 1 11rem"
              type="tel"
              label={t('findNumber')}
              defaultValue={wish.number}
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
          disabled={Object.values(wish).every((value) => value === '')}
          onClick={() => {
            for (const field of [words, number]) if (field.current) field.current.value = '';
            onChange(NO_WISH);
          }}
        >
          {t('clear')}
        </Button>
      </Group>
      {open ? <CallFilterFields wish={wish} onChange={onChange} /> : undefined}
    </form>
  );
}
