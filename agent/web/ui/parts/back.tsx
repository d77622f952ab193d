import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** From one of a list to the list, where a narrow window shows either. */
export function Back({ onBack }: { onBack: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <Button
      className="no-print"
      variant="subtle"
      size="compact-sm"
      px={0}
      style={{ alignSelf: 'start' }}
      hiddenFrom="md"
      leftSection={<IconArrowLeft size={16} aria-hidden />}
      onClick={onBack}
    >
      {t('back')}
    </Button>
  );
}
