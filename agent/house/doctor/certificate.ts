import { createPrivateKey, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { oneLine } from '../../errors.js';
import { certificateFiles, namesLackingIn, RENEW_DAYS } from '../dashboard-certificate.js';
import { fail, ok, skipped, warn, type Check, type Outcome } from './check.js';

const DAY_MS = 86_400_000;
/** Our own is renewed once a day from then on: one that is still there days later was not. */
const OVERDUE_DAYS = RENEW_DAYS - 3;

/** How long a certificate counts yet at `now`; it is warned of from `days` before its end. */
function lifeOf(certificate: X509Certificate, now: number, days: number, mend: string): Outcome {
  const left = Math.floor((Date.parse(certificate.validTo) - now) / DAY_MS);
  if (left < 0) return fail(`it has ended on ${certificate.validTo}`, mend);
  const found = `it ends in ${String(left)} days`;
  return left < days ? warn(found, mend) : ok(found);
}

const dashboard: Check = {
  id: 'web.certificate',
  title: 'certificate of the dashboard',
  why: 'when it has ended, or lacks a name, browsers warn of the dashboard, and people learn to ignore it',
  needs: 'configuration',
  run({ settings: { web }, paths, clock }) {
    if (!web.enabled) return skipped('there is no dashboard');
    const { certificate: file, own } = certificateFiles(web, paths.home);
    if (own && !existsSync(file)) return skipped('it is made when Vestibule starts');
    const mend = own
      ? 'Restart Vestibule: it makes a new one; if it does not, see its log'
      : 'Put a new one at web.certificate and web.key, and restart Vestibule';
    let certificate: X509Certificate;
    try {
      certificate = new X509Certificate(readFileSync(file));
    } catch (error) {
      return fail(`${file}: ${oneLine(error)}`, mend);
    }
    const life = lifeOf(certificate, clock.now(), own ? OVERDUE_DAYS : RENEW_DAYS, mend);
    const lacking = namesLackingIn(certificate, web.names);
    return life.status !== 'fail' && lacking.length > 0
      ? warn(`it is not for ${lacking.join(', ')}`, mend)
      : life;
  },
};

const sip: Check = {
  id: 'sip.certificate',
  title: 'certificate of SIP over TLS',
  why: 'when it has ended, or is not that of its key, telephones and trunks that come by TLS reach nobody',
  needs: 'configuration',
  run({ settings: { pbx }, clock }) {
    const { tls } = pbx.sip;
    if (tls === undefined) return skipped('SIP over TLS is not used');
    const mend =
      'Put a new one at pbx.sip.tls.certificate and pbx.sip.tls.key, and restart Vestibule';
    try {
      const certificate = new X509Certificate(readFileSync(tls.certificate));
      const key = createPrivateKey(readFileSync(tls.key));
      return certificate.checkPrivateKey(key)
        ? lifeOf(certificate, clock.now(), RENEW_DAYS, mend)
        : fail(`${tls.key} is not the key of it`, mend);
    } catch (error) {
      return fail(`${tls.certificate}: ${oneLine(error)}`, mend);
    }
  },
};

export const certificateChecks: readonly Check[] = [dashboard, sip];
