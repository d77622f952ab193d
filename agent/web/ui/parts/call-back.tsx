import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPhone } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../api';
import { useMay } from '../session';
import { useTelephone } from './telephone';

/** Rings one's own telephone and then dials; without calls to the outside the device dials, if it can. */
export function CallBackButton({
  message,
  number,
}: {
  message: string;
  number: string;
}): ReactNode {
  const { t } = useTranslation();
  const mayWork = useMay('messages.work');
  const { data: telephone } = useTelephone();
  const call = useMutation({
    mutationFn: () => post(`/messages/${message}/call-back`),
    onSuccess: () =>
      notifications.show({ message: t('callBackRings', { number }), autoClose: 8000 }),
  });
  const icon = <IconPhone size={16} aria-hidden />;
  if (telephone?.callsOut !== true || !mayWork) {
    return (
      <Button
        component="a"
        href={`tel:${number.replaceAll(/[^\d+]/gu, '')}`}
        variant="default"
        data-key="call-back"
        leftSection={icon}
      >
        {t('callBack')}
      </Button>
    );
  }
  return (
    <Button
      variant="default"
      data-key="call-back"
      leftSection={icon}
      loading={call.isPending}
      onClick={() => {
        if (telephone.extension === null) {
          notifications.show({ color: 'orange', message: t('chooseTelephone'), autoClose: 8000 });
        } else call.mutate();
      }}
    >
      {t('callBack')}
    </Button>
  );
}
