import { z } from 'zod';
import { addressOf, isNear } from './near.js';

const LOOPBACK = /^(?:localhost|127\.[\d.]+|\[::1\])$/u;

/** Where traces of calls go: to a collector of one's own. */
const traces = z
  .strictObject({
    /** Its OTLP/HTTP address, such as http://127.0.0.1:4318; empty for no traces. */
    collector: z.union([z.literal(''), z.url({ protocol: /^https?$/u })]).default(''),
    /** PEM file of the authority that signed its certificate; empty for those of the system. */
    authority: z.string().default(''),
  })
  .superRefine(({ collector }, context) => {
    if (collector === '') return;
    const url = new URL(collector);
    const address = addressOf(url);
    const refuse = (message: string) => {
      context.addIssue({ code: 'custom', path: ['collector'], message });
    };
    if (address !== undefined && !isNear(address)) {
      refuse('traces go to this machine or to an address of the local network only');
    } else if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) {
      refuse('without TLS only to this machine (127.0.0.1)');
    } else if (url.username !== '' || url.search !== '' || url.hash !== '') {
      refuse('write scheme, host and port, and a path if it has one');
    }
  });

/** The slice of the configuration that says who is told how calls run. */
export const monitoringSettings = z.strictObject({ traces: traces.prefault({}) });

export type MonitoringSettings = z.infer<typeof monitoringSettings>;
export type TraceSettings = MonitoringSettings['traces'];
