import { Alert } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { link } from '../link';

/** A moment without connection, as when a telephone changes its network, is told to nobody; milliseconds. */
const SHORT_MS = 3_000;

/** Tells that what is seen may be old, as long as the server is not reached. */
export function Connection(): ReactNode {
  const { t } = useTranslation();
  const [lost, setLost] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const off = link.listen(({ kind }) => {
      if (kind === 'lost') timer ??= setTimeout(() => setLost(true), SHORT_MS);
      if (kind !== 'hello') return;
      clearTimeout(timer);
      timer = undefined;
      setLost(false);
    });
    return () => {
      off();
      clearTimeout(timer);
    };
  }, []);
  return (
    <div role="status">
      {lost ? (
        <Alert color="yellow" mb="md" p="xs" className="no-print">
          {t('connectionLost')}
        </Alert>
      ) : undefined}
    </div>
  );
}
