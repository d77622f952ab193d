import { oneLine } from '../../errors.js';
import { ok, skipped, warn, type Check } from './check.js';

export const collector: Check = {
  id: 'monitoring.collector',
  title: 'collector of traces',
  why: 'without it nobody sees where the time of calls goes; calls are answered all the same',
  needs: 'configuration',
  run: async ({ settings: { monitoring } }) => {
    const { traces } = monitoring;
    if (traces.collector === '') return skipped('none is set');
    const { probeCollector } = await import('../../monitoring/probe.js');
    try {
      await probeCollector(traces);
      return ok(`${traces.collector} takes them`);
    } catch (error) {
      return warn(oneLine(error), 'See docs/guide/monitoring.md#traces');
    }
  },
};
