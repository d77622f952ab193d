import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { LineQuality } from '../telephony/quality/book.js';
import { kept } from './kept.js';
import { houseMetrics, ONE_LOOK_MS } from './metrics-house.js';
import type { WebParts } from './ports.js';

const QUALITY: readonly (readonly [string, string, (all: LineQuality) => number])[] = [
  ['call_mos', 'how calls sounded, 1 to 4.4 (ITU-T G.107, simplified)', ({ mos }) => mos],
  ['call_loss_ratio', 'packets that never arrived, 0 to 1', ({ loss }) => loss],
  ['call_jitter_seconds', 'jitter', ({ jitterMs }) => jitterMs / 1_000],
  ['calls_caller_silent', 'calls in which nothing came from the caller', (all) => all.callerSilent],
  ['calls_nothing_sent', 'calls in which nothing left for the caller', (all) => all.nothingSent],
  ['calls_unreported', 'calls of which the other end told nothing (RTCP)', (all) => all.unreported],
];

/** The numbers of the house for Prometheus: read when asked for, nobody is named. */
export function createMetrics(parts: WebParts): Registry {
  const { room, ready, lines, version } = parts;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, read: () => number | Promise<number>): Gauge =>
    new Gauge({
      ...{ name: `vestibule_${name}`, help, registers: [registry] },
      async collect() {
        this.set(await read());
      },
    });
  gauge('ready', '1 while calls are answered', () => Number(ready()));
  gauge('calls_running', 'calls that are being held', () => lines().held);
  gauge('calls_most', 'calls that are held at once at most', () => lines().most);
  new Counter({
    ...{ name: 'vestibule_calls_turned_away_total', registers: [registry] },
    help: 'callers for whom no line was free',
    collect() {
      this.reset();
      this.inc(lines().turnedAway);
    },
  });
  for (const [name, help, of] of QUALITY) {
    gauge(name, `${help}, over the last hundred calls`, () => {
      const { quality } = lines();
      return quality === undefined ? 0 : of(quality);
    });
  }
  const messages = kept(parts.clock, ONE_LOOK_MS, () => room.messages.counts());
  gauge('messages_waiting', 'messages that nobody has done yet', async () => {
    const { open, partial } = await messages();
    return open + partial;
  });
  gauge(
    'messages_urgent_waiting',
    'of these, the urgent ones',
    async () => (await messages()).urgent,
  );
  new Gauge({
    ...{ name: 'vestibule_gate_events', help: 'what the gate did, over all days that are counted' },
    ...{ labelNames: ['what'], registers: [registry] },
    async collect() {
      this.reset();
      for (const { what, count } of await room.handling.counts('')) this.inc({ what }, count);
    },
  });
  houseMetrics(registry, parts);
  new Gauge({
    ...{ name: 'vestibule_build_info', help: 'the version, as a label', registers: [registry] },
    labelNames: ['version'],
  }).set({ version }, 1);
  return registry;
}
