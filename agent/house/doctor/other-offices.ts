import { oneLine } from '../../errors.js';
import { ok, skipped, warn, type Check } from './check.js';
import { faultAt, identityIn } from './machines-elsewhere.js';

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
          const { identity, ending } = identityIn(files);
          const fault = await faultAt(address, identity);
          const found = fault === undefined ? ending : oneLine(fault);
          return found === undefined ? [] : [`${id}: ${found}`];
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
