import { oneLine } from '../../errors.js';
import { fail, ok, skipped, warn, type Check } from './check.js';
import { faultAt, identityIn } from './machines-elsewhere.js';

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
      const ours = tls === undefined ? undefined : identityIn(tls);
      const addresses = [...new Set(machines.map(({ address }) => address))];
      const faults = await Promise.all(
        addresses.map((address) => faultAt(address, ours?.identity)),
      );
      const found = faults.filter((fault) => fault !== undefined);
      if (found.length > 0) return fail(found.map(oneLine).join(' '), mend);
      return ours?.ending === undefined
        ? ok(`all ${String(addresses.length)} serve`)
        : warn(ours.ending, mend);
    } catch (error) {
      return fail(oneLine(error), mend);
    }
  },
};
