import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { oneLine } from '../../errors.js';
import { certificateFiles, namesLackingIn, RENEW_DAYS } from '../dashboard-certificate.js';
import { fail, ok, skipped, warn, type Check } from './check.js';

const DAY_MS = 86_400_000;
/** Our own is renewed once a day from then on: one that is still there days later was not. */
const OVERDUE_DAYS = RENEW_DAYS - 3;

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
    const days = Math.floor((Date.parse(certificate.validTo) - clock.now()) / DAY_MS);
    if (days < 0) return fail(`it has ended on ${certificate.validTo}`, mend);
    const lacking = namesLackingIn(certificate, web.names);
    if (lacking.length > 0) return warn(`it is not for ${lacking.join(', ')}`, mend);
    const found = `it ends in ${String(days)} days`;
    return days < (own ? OVERDUE_DAYS : RENEW_DAYS) ? warn(found, mend) : ok(found);
  },
};

export const certificateChecks: readonly Check[] = [dashboard];
