import { Card, Stack, Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Json } from '../../settings-api';
import { useDraft } from './draft';

/**
 * A part of a number's settings that is either the office's or its own. Switched on it begins as a copy of
 * what `office` says; switched off nothing of it is left.
 */
export function OwnPart({
  label,
  parts,
  office,
  children,
}: {
  label: string;
  /** Its settings by their paths, with what they begin as where the office has none. */
  parts: Readonly<Record<string, Json | undefined>>;
  office: (path: string) => Json | undefined;
  children: ReactNode;
}): ReactNode {
  const { t } = useTranslation();
  const draft = useDraft();
  const on = Object.keys(parts).some((path) => draft.value(path) !== undefined);
  const turn = (own: boolean): void => {
    for (const [path, blank] of Object.entries(parts)) {
      draft.set(path, own ? (office(path) ?? blank) : undefined);
    }
  };
  return (
    <Card withBorder padding="sm">
      <Stack gap="sm">
        <Switch
          label={label}
          description={on ? undefined : t('settings.numbers.ownHint')}
          checked={on}
          disabled={!draft.may}
          onChange={({ currentTarget }) => turn(currentTarget.checked)}
        />
        {on ? children : undefined}
      </Stack>
    </Card>
  );
}
