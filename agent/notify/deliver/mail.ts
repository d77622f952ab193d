import { createTransport } from 'nodemailer';
import { oneLine } from '../../errors.js';
import type { Channel } from './channel.js';
import { notifyErrors } from './errors.js';
import { secretOf } from './secret.js';
import type { MailSettings } from './settings.js';
import type { Notice } from './wording.js';

const WITHIN_MS = 20_000;

/**
 * Hands a notice to the office's relay. `id` becomes the Message-ID, so that a repeat is known as one.
 * @throws NOTIFY_REFUSED, NOTIFY_SECRET
 */
export async function sendMail(
  settings: MailSettings,
  to: string,
  notice: Notice,
  id: string,
): Promise<void> {
  const { host, port, encryption, from, user } = settings;
  const transport = createTransport({
    ...{ host, port, secure: encryption === 'tls', requireTLS: encryption === 'starttls' },
    ...(encryption === 'none' ? { ignoreTLS: true } : {}),
    ...(settings.authority === '' ? {} : { tls: { ca: await secretOf(settings.authority, 1) } }),
    ...(user === '' ? {} : { auth: { user, pass: await secretOf(settings.passwordFile, 1) } }),
    ...{ connectionTimeout: WITHIN_MS, greetingTimeout: WITHIN_MS, socketTimeout: WITHIN_MS },
    // Only what is built here is sent: no file and no address is fetched on the way.
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  try {
    await transport.sendMail({
      ...{ from, to, subject: notice.subject, text: `${notice.lines.join('\n')}\n` },
      messageId: `<${id}@vestibule.invalid>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
  } catch (cause) {
    const place = `${host}:${String(port)}`;
    throw notifyErrors.make('REFUSED', { place, detail: oneLine(cause), cause });
  } finally {
    transport.close();
  }
}

/** A mail to everybody who is told of all messages, and to whom this one is for. */
export const mailChannel: Channel = {
  kind: 'mail',
  inUse: ({ mail }) => mail !== undefined,
  places: ({ recipient }, { mail }) => [
    ...(mail?.to ?? []),
    ...(recipient === undefined ? [] : (mail?.recipients[recipient] ?? [])),
  ],
  alarms: ({ mail }) => mail?.alarms ?? mail?.to ?? [],
  content: (_place, { mail }) => mail?.content,
  async send({ place, notice, id }, { mail }) {
    if (mail !== undefined) await sendMail(mail, place, notice, id);
  },
};
