import { defineErrors } from '../errors.js';

/** Errors of traces, and of where they go. */
export const monitoringErrors = defineErrors('MONITORING', {
  COLLECTOR_OUTSIDE: {
    summary: 'the collector of traces is neither on this machine nor in the local network',
    mend: 'Name a collector of your own in monitoring.traces.collector, or leave it empty',
  },
  COLLECTOR_REFUSES: {
    summary: 'the collector takes no traces',
    mend: 'Check that its OTLP receiver speaks HTTP (port 4318 by custom, not 4317), and the path of monitoring.traces.collector',
  },
});
