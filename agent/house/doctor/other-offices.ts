import { oneLine } from '../../errors.js';
import { faultOf } from '../../wire/health.js';
import { readTls } from '../../wire/tls.js';
import { ok, skipped, warn, type Check } from './check.js';

const DEADLINE_MS = 2000;
const DAY_MS = 86_400_000;
const WARN_DAYS = 30;

export const otherOffices: Check = {
  id: 'offices.others',
  title: 'other offices',
  why: 'the dashboard shows an office that cannot be reached as away; its own calls are answered all the same',
  needs: 'configuration',
  async run({ settings }) {
    if (settings.otherOffices.length === 0) return skipped('none are set');
    const faults = await Promise.all(
      settings.otherOffices.map(async ({ id, address, ...files }) => {
        try {
          const identity = readTls(files);
          const fault = await faultOf(address, DEADLINE_MS, '', () => identity);
          if (fault !== undefined) return [`${id}: ${oneLine(fault)}`];
          const days = Math.floor((identity.validUntil - Date.now()) / DAY_MS);
          return days < WARN_DAYS ? [`${id}: the certificate ends in ${String(days)} days`] : [];
        } catch (error) {
          return [`${id}: ${oneLine(error)}`];
        }
      }),
    );
    const found = faults.flat();
    return found.length === 0
      ? ok(`all ${String(settings.otherOffices.length)} answer`)
      : warn(
          found.join(' '),
          'See docs/guide/many-offices.md: address, certificates, control.clients there',
        );
  },
};
