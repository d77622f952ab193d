import { Secret, TOTP } from 'otpauth';

const PERIOD_S = 30;
/** Steps that a telephone's clock may be wrong, in both directions. */
const WINDOW = 1;

const totpOf = (secret: Secret, label: string): TOTP =>
  new TOTP({ issuer: 'Vestibule', label, secret, digits: 6, period: PERIOD_S });

/** A secret of 160 bits, in base32 and as the address that authenticators read from a QR code. */
export function newTotpSecret(label: string): { secret: string; uri: string } {
  const secret = new Secret({ size: 20 });
  return { secret: secret.base32, uri: totpOf(secret, label).toString() };
}

/**
 * The time step (RFC 6238) whose code this is; undefined if it is none of now. Goes by the machine's own
 * clock, whatever VESTIBULE_NOW says: the telephone that shows the code knows no other time.
 */
export function totpStep(secret: string, code: string, at = Date.now()): number | undefined {
  const digits = code.replace(/\s/gu, '');
  if (!/^\d{6}$/u.test(digits)) return undefined;
  const delta = totpOf(Secret.fromBase32(secret), '').validate({
    ...{ token: digits, timestamp: at, window: WINDOW },
  });
  return delta === null ? undefined : Math.floor(at / 1000 / PERIOD_S) + delta;
}
