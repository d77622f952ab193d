import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import type { WebSettings } from '../web/settings.js';

/** Days before its end at which our own certificate is made anew. */
export const RENEW_DAYS = 30;

/** Where the dashboard's certificate lies: the office's own one, or ours below `home`. */
export function certificateFiles(
  { certificate, key, names }: WebSettings,
  home: string,
): { readonly certificate: string; readonly key: string; readonly own: boolean } {
  if (certificate !== '') return { certificate, key, own: false };
  const [name = 'localhost'] = names;
  const place = join(home, 'web', name.replaceAll(':', '-'));
  return { certificate: join(place, 'tls.crt'), key: join(place, 'tls.key'), own: true };
}

/** Names and addresses that it does not hold; browsers warn of the dashboard under these. */
export const namesLackingIn = (
  certificate: X509Certificate,
  names: readonly string[],
): readonly string[] =>
  names.filter(
    (name) => certificate.checkHost(name) === undefined && certificate.checkIP(name) === undefined,
  );
