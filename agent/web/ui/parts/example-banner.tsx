import { Alert, Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useMay } from '../session';
import { useSetUpOffer } from '../set-up-offer';

/** As long as nobody made the example the office's own: where that is done. */
export function ExampleBanner(): ReactNode {
  const { t } = useTranslation();
  const [location] = useLocation();
  const may = useMay('configuration.change');
  const { data } = useSetUpOffer({ enabled: may, staleTime: Infinity });
  if (data?.fresh !== true || location === '/set-up') return undefined;
  return (
    <Alert color="yellow" mb="md" className="no-print" p="xs">
      {t('firstOffice.banner')}{' '}
      <Anchor component={Link} href="/set-up" underline="always" c="inherit" size="sm">
        {t('firstOffice.go')}
      </Anchor>
    </Alert>
  );
}
