import { Alert, Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { SetUpOffer } from '../../answers/set-up';
import { get } from '../api';
import { useMay } from '../session';

/** As long as nobody made the example the office's own: where that is done. */
export function ExampleBanner(): ReactNode {
  const { t } = useTranslation();
  const [location] = useLocation();
  const { data } = useQuery({
    queryKey: ['set-up'],
    queryFn: () => get<SetUpOffer>('/set-up'),
    enabled: useMay('configuration.change'),
    staleTime: Infinity,
  });
  if (data?.fresh !== true || location === '/set-up') return undefined;
  return (
    <Alert color="yellow" mb="md" className="no-print" p="xs">
      {t('firstOffice.banner')}{' '}
      <Anchor component={Link} href="/set-up" underline="always" c="inherit">
        {t('firstOffice.go')}
      </Anchor>
    </Alert>
  );
}
