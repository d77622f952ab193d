import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageReading } from '../api';
import { useSession } from '../session';
import { intentWord } from './codes';
import { fullMoment } from './times';

/** A message on paper: nothing but what somebody needs who calls back, and lines to sign. */
export function Slip({ message }: { message: MessageReading }): ReactNode {
  const { t } = useTranslation();
  const { office } = useSession();
  const { body } = message;
  const rows: readonly (readonly [string, string | undefined])[] = [
    [t('slipFor'), message.assignedTo ?? message.recipient],
    [t('name'), body?.name?.value ?? body?.name?.heard],
    [t('number'), body?.phone?.value ?? body?.phone?.heard],
    [t('says'), body?.reason?.value ?? body?.reason?.heard],
    [t('bestTime'), body?.callbackTime?.value ?? body?.callbackTime?.heard],
    [t('about'), intentWord(t, message.intent)],
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
        {rows.map(([label, text]) => (
          <div key={label}>
            <dt>{label}</dt>
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
