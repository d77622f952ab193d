import { createHmac } from 'node:crypto';
import { oneLine } from '../../errors.js';
import type { Channel } from './channel.js';
import { notifyErrors } from './errors.js';
import { secretOf } from './secret.js';
import type { WebhookSettings } from './settings.js';
import type { Notice } from './wording.js';

const WITHIN_MS = 10_000;
const SECRET_LENGTH = 32;

/** What signs a request: HMAC-SHA-256 of `TIME.BODY`, TIME in seconds since 1970. */
export const signatureOf = (secret: string, seconds: number, body: string): string =>
  createHmac('sha256', secret)
    .update(`${String(seconds)}.${body}`)
    .digest('hex');

/**
 * Posts a notice as JSON. The receiver checks `Vestibule-Signature: t=TIME,v1=HMAC` and knows a repeat by
 * `Idempotency-Key`. Redirects are not followed: they may lead outside. `now` is in ms since 1970.
 * @throws NOTIFY_REFUSED, NOTIFY_SECRET
 */
export async function postWebhook(
  { url, secretFile }: WebhookSettings,
  notice: Notice,
  id: string,
  now: number,
): Promise<void> {
  const secret = await secretOf(secretFile, SECRET_LENGTH);
  const body = JSON.stringify({ event: notice.event, id, ...notice.fields });
  const seconds = Math.floor(now / 1000);
  const answer = await fetch(url, {
    method: 'POST',
    ...{ body, redirect: 'manual', signal: AbortSignal.timeout(WITHIN_MS) },
    headers: {
      'content-type': 'application/json',
      'idempotency-key': id,
      'vestibule-signature': `t=${String(seconds)},v1=${signatureOf(secret, seconds, body)}`,
    },
  }).catch((cause: unknown) => {
    throw notifyErrors.make('REFUSED', { place: url, detail: oneLine(cause), cause });
  });
  await answer.body?.cancel();
  if (!answer.ok) {
    throw notifyErrors.make('REFUSED', { place: url, detail: `HTTP ${String(answer.status)}` });
  }
}

/** Programs of the office. @throws NOTIFY_REFUSED, NOTIFY_SECRET */
export const webhookChannel: Channel = {
  kind: 'webhook',
  inUse: ({ webhooks }) => webhooks.length > 0,
  places: (_message, { webhooks }) => webhooks.map(({ url }) => url),
  alarms: ({ webhooks }) => webhooks.map(({ url }) => url),
  content: (place, { webhooks }) => webhooks.find(({ url }) => url === place)?.content,
  async send({ place, notice, id, now }, { webhooks }) {
    const webhook = webhooks.find(({ url }) => url === place);
    if (webhook !== undefined) await postWebhook(webhook, notice, id, now);
  },
};
