import { randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { isCommonPassword } from './common-passwords.js';
import { privacyErrors } from './errors.js';

/**
 * Argon2id (the library's default) as OWASP's password storage page advises: 19 MiB, two passes, one
 * lane.
 */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Characters (NIST SP 800-63B-4, 3.1.1.2: fifteen where a password stands alone, eight beside a second factor). */
export const PASSWORD_LENGTH = { least: 12, most: 128 } as const;

export const hashPassword = (password: string): Promise<string> => hash(password, COST);

/** Takes as long for an account that does not exist: `stored` undefined is compared with a dummy. */
export async function passwordFits(stored: string | undefined, password: string): Promise<boolean> {
  dummy ??= hashPassword('nobody has this password');
  const fits = await verify(stored ?? (await dummy), password);
  return stored !== undefined && fits;
}
let dummy: Promise<string> | undefined;

/** `context` are words that must not be in it: names of the account, the office, the product. @throws PRIVACY_WEAK_PASSWORD */
export function checkPassword(password: string, context: readonly string[]): void {
  const { length } = password;
  const plain = password.toLowerCase();
  const detail =
    length < PASSWORD_LENGTH.least || length > PASSWORD_LENGTH.most
      ? `${String(PASSWORD_LENGTH.least)} to ${String(PASSWORD_LENGTH.most)} characters are needed`
      : new Set(password).size < 5
        ? 'it repeats a few characters'
        : context.some((word) => word !== '' && plain.includes(word.toLowerCase()))
          ? 'it holds the name of the account, of the office or of Vestibule'
          : isCommonPassword(plain)
            ? 'it is one of those that are tried first'
            : undefined;
  if (detail !== undefined) throw privacyErrors.make('WEAK_PASSWORD', { detail });
}

/** Letters and digits that are not mistaken for one another. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A first password of 79 bits in groups of four, such as `k3fm-9tqa-…`. */
export function oneTimePassword(): string {
  const letter = (): string => ALPHABET[randomInt(ALPHABET.length)] ?? 'x';
  const groups = Array.from({ length: 4 }, () => Array.from({ length: 4 }, letter).join(''));
  return groups.join('-');
}
