import { ActionIcon, Button } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft } from './draft';

/** Takes the item called `name` out of a list; not there for whoever may not change it. */
export function RemoveButton({
  name,
  top,
  onRemove,
}: {
  name: string;
  /** Pixels from the top, beside a field with its label above. */
  top?: number;
  onRemove: () => void;
}): ReactNode {
  const { t } = useTranslation();
  if (!useDraft().may) return undefined;
  return (
    <ActionIcon
      size="lg"
      variant="subtle"
      color="gray"
      mt={top}
      aria-label={`${t('settings.remove')}: ${name}`}
      onClick={onRemove}
    >
      <IconTrash size={18} />
    </ActionIcon>
  );
}

/** Adds an item to a list; not there for whoever may not change it. */
export function AddButton({ label, onAdd }: { label: string; onAdd: () => void }): ReactNode {
  if (!useDraft().may) return undefined;
  return (
    <Button
      variant="default"
      leftSection={<IconPlus size={16} aria-hidden />}
      style={{ alignSelf: 'start' }}
      onClick={onAdd}
    >
      {label}
    </Button>
  );
}
