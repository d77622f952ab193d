import { request as byHttp } from 'node:http';
import { request as byHttps } from 'node:https';
import { monitoringErrors } from './errors.js';
import { connections } from './near.js';
import type { TraceSettings } from './settings.js';
import { tracesUrl } from './traces-url.js';

/** Who answers no sooner is away. */
const WITHIN_MS = 3_000;

/**
 * Asks the collector whether it takes traces, with one that holds no span.
 *
 * @throws MONITORING_COLLECTOR_OUTSIDE, MONITORING_COLLECTOR_REFUSES, or why it cannot be reached
 */
export function probeCollector(settings: TraceSettings): Promise<void> {
  const url = new URL(tracesUrl(settings.collector));
  const request = url.protocol === 'https:' ? byHttps : byHttp;
  return new Promise((resolve, reject) => {
    const asking = request(url, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' }, timeout: WITHIN_MS },
      ...connections(settings),
    });
    asking.once('timeout', () => {
      asking.destroy(new Error('it does not answer'));
    });
    asking.once('error', reject);
    asking.once('response', (answer) => {
      answer.resume();
      const { statusCode = 0 } = answer;
      if (statusCode >= 200 && statusCode < 300) resolve();
      else {
        const detail = `HTTP ${String(statusCode)}`;
        reject(monitoringErrors.make('COLLECTOR_REFUSES', { place: url.href, detail }));
      }
    });
    asking.end('{"resourceSpans":[]}');
  });
}
