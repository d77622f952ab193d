import { oneLine } from '../../errors.js';
import { faultOf } from '../../wire/health.js';
import { readTls } from '../../wire/tls.js';
import { fail, ok, skipped, warn, type Check } from './check.js';

const DEADLINE_MS = 2000;
const DAY_MS = 86_400_000;
/** Time enough to make a certificate and to carry it there. */
const WARN_DAYS = 30;

export const elsewhere: Check = {
  id: 'speech.elsewhere',
  title: 'speech machines elsewhere',
  why: 'with one that is lost the others do its work, and with all of them callers are not heard',
  needs: 'configuration',
  async run({ settings }) {
    const { elsewhere: machines, tls } = settings.speech;
    if (machines.length === 0) return skipped('none are set');
    const mend = 'See docs/scale-out.md; vestibule speech certificates makes certificates';
    try {
      const identity = tls === undefined ? undefined : readTls(tls);
      const addresses = [...new Set(machines.map(({ address }) => address))];
      const faults = await Promise.all(
        addresses.map((address) =>
          faultOf(address, DEADLINE_MS, '', identity === undefined ? undefined : () => identity),
        ),
      );
      const found = faults.filter((fault) => fault !== undefined);
      if (found.length > 0) return fail(found.map(oneLine).join(' '), mend);
      const days = ((identity?.validUntil ?? Infinity) - Date.now()) / DAY_MS;
      return days < WARN_DAYS
        ? warn(`the certificate ends in ${String(Math.floor(days))} days`, mend)
        : ok(`all ${String(addresses.length)} serve`);
    } catch (error) {
      return fail(oneLine(error), mend);
    }
  },
};
