import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { pbxErrors } from './errors.js';

/**
 * A password of ours as crypt(3) keeps it: SHA-512, so that Asterisk's configuration holds none. The same
 * password gives the same text. The fewest rounds that there are: it is 144 random bits, which nobody
 * guesses, and Asterisk counts them for each request.
 *
 * @throws PBX_NO_OPENSSL
 */
export function crypted(password: string): string {
  const salt = createHash('sha256').update(`ari:${password}`).digest('hex').slice(0, 16);
  try {
    return execFileSync('openssl', ['passwd', '-6', '-salt', `rounds=1000$${salt}`, '-stdin'], {
      input: `${password}\n`,
      encoding: 'utf8',
    }).trim();
  } catch (cause) {
    throw pbxErrors.make('NO_OPENSSL', { cause });
  }
}
