import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Right } from '../../api';
import type { ConfigurationNow } from '../../settings-api';
import { DraftOf, useSection } from './draft';
import { SaveBar } from './save-bar';

/** What a section's page is given. */
export interface SectionProps {
  readonly now: ConfigurationNow;
}

/** Told once on a page that may only be looked at. */
export function ReadOnly({ may }: { may: boolean }): ReactNode {
  const { t } = useTranslation();
  return may ? undefined : <Text c="dimmed">{t('settings.readOnly')}</Text>;
}

/** A page of one section: its fields, tied to one draft, and the bar that saves it. */
export function Section({
  name,
  right,
  now,
  children,
}: SectionProps & { name: string; right: Right; children: ReactNode }): ReactNode {
  const draft = useSection(name, right, now);
  return (
    <DraftOf draft={draft}>
      <ReadOnly may={draft.may} />
      {children}
      <SaveBar dirty={draft.dirty} saving={draft.saving} />
    </DraftOf>
  );
}
