import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Detail, MessageReading } from '../api';
import { useSession } from '../session';
import { intentWord } from './codes';
import { useDetailWords } from './detail-words';
import { fullMoment } from './times';

/** A message on paper: nothing but what somebody needs who calls back, and lines to sign. */
export function Slip({ message }: { message: MessageReading }): ReactNode {
  const { t } = useTranslation();
  const { office } = useSession();
  const { label, written } = useDetailWords();
  const { body, intent } = message;
  const told = (detail: Detail | null | undefined): string | undefined =>
    detail === null || detail === undefined ? undefined : written(detail);
  const rows: readonly (readonly [string, string | undefined])[] = [
    [t('slipFor'), message.assignedTo ?? message.recipient],
    [t('name'), told(body?.name)],
    [t('number'), told(body?.phone)],
    [t('says'), told(body?.reason)],
    ...Object.entries(body?.details ?? {}).map(
      ([id, detail]) => [label(intent, id), written(detail, id)] as const,
    ),
    [t('bestTime'), told(body?.callbackTime)],
    [t('about'), intentWord(t, intent)],
    [t('slipTaken'), fullMoment(message.takenAt, office.timeZone)],
  ];
  return (
    <section className="slip" aria-hidden>
      <h1>{office.name}</h1>
      <h2>
        {t('slip')}
        {message.urgent === true ? ` – ${t('urgent').toUpperCase()}` : ''}
      </h2>
      <dl>
        {rows.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text ?? ' '}</dd>
          </div>
        ))}
      </dl>
      <p className="slip-sign">
        <span>{t('slipDone')}</span>
        <span>{t('slipDate')}</span>
      </p>
    </section>
  );
}
