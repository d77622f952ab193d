import { faultOf } from '../../wire/health.js';
import { readTls, type TlsFiles, type TlsIdentity } from '../../wire/tls.js';

const DEADLINE_MS = 2_000;
const DAY_MS = 86_400_000;
/** Time enough to make a certificate and to carry it there. */
const WARN_DAYS = 30;

/** What is wrong with the machine at `address`, asked with a certificate if one is needed. */
export const faultAt = (
  address: string,
  identity: TlsIdentity | undefined,
): ReturnType<typeof faultOf> =>
  faultOf(address, DEADLINE_MS, '', identity === undefined ? undefined : () => identity);

/** Reads the files; `ending` says so of a certificate that has to be made anew. @throws WIRE_TLS_… */
export function identityIn(files: TlsFiles): {
  readonly identity: TlsIdentity;
  readonly ending: string | undefined;
} {
  const identity = readTls(files);
  // TLS goes by the machine's clock, even where ours was set to another time.
  const days = (identity.validUntil - Date.now()) / DAY_MS;
  const ending =
    days < WARN_DAYS ? `the certificate ends in ${String(Math.floor(days))} days` : undefined;
  return { identity, ending };
}
