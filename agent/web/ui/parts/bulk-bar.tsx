import { Button, Checkbox, Group, Select, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStaffNames } from './staff-names';

/** Ticks all messages of the list, and what can be done with the ticked ones at once. */
export function BulkBar({
  all,
  selected,
  reopens,
  onAll,
  onDone,
  onAssign,
}: {
  all: number;
  selected: number;
  /** Whether the list is that of messages that are done. */
  reopens: boolean;
  onAll: (on: boolean) => void;
  onDone: () => void;
  onAssign: (to: string | null) => void;
}): ReactNode {
  const { t } = useTranslation();
  const names = useStaffNames();
  return (
    <Group px="0.9rem" py="xs" gap="xs" className="bulk-bar no-print">
      <Checkbox
        radius="sm"
        size="md"
        aria-label={t(selected === all && all > 0 ? 'clearSelection' : 'selectAll')}
        checked={all > 0 && selected === all}
        indeterminate={selected > 0 && selected < all}
        onChange={({ currentTarget }) => onAll(currentTarget.checked)}
      />
      {selected === 0 ? (
        <Text size="sm" c="dimmed">
          {t('selectAll')}
        </Text>
      ) : (
        <>
          <Text size="sm">{t('selected', { count: selected })}</Text>
          <Button size="xs" onClick={onDone}>
            {t(reopens ? 'reopen' : 'markDone')}
          </Button>
          <Select
            size="xs"
            w="9rem"
            data-key="assign-several"
            aria-label={t('assign')}
            placeholder={t('assign')}
            data={[{ value: '', label: t('nobody') }, ...names]}
            value={null}
            onChange={(to) => {
              if (to !== null) onAssign(to === '' ? null : to);
            }}
          />
        </>
      )}
    </Group>
  );
}
