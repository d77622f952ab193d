import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Counter, Gauge, type Registry } from 'prom-client';
import { kept } from './kept.js';
import type { WebParts } from './ports.js';

/** The doctor looks at the whole machine: for the metrics seldom enough. */
const EXAMINE_MS = 10 * 60_000;
/** All gauges are read at once. */
export const ONE_LOOK_MS = 1_000;
const STATUSES = ['ok', 'warn', 'fail', 'skipped'] as const;

/** When the certificate in a file ends, seconds since 1970; undefined for none: the doctor says what is wrong with it. */
async function endOf(file: string): Promise<number | undefined> {
  try {
    return Math.floor(Date.parse(new X509Certificate(await readFile(file)).validTo) / 1_000);
  } catch {
    return undefined;
  }
}

/** What keeps the house well besides its calls: notifications, keeping, certificate, disk, findings. */
export function houseMetrics(registry: Registry, parts: WebParts): void {
  const { events, stand, privacy, tls, certificates, health } = parts;
  const registers = [registry];
  const calls = {
    began: new Counter({ name: 'vestibule_calls_begun_total', help: 'calls offered', registers }),
    ended: new Counter({ name: 'vestibule_calls_ended_total', help: 'calls over', registers }),
  };
  events.listen('call', 'metrics', ({ what }) => {
    if (what === 'began' || what === 'ended') calls[what].inc();
  });
  const gauge = (name: string, help: string, read: () => Promise<number>): Gauge =>
    new Gauge({
      ...{ name: `vestibule_${name}`, help, registers },
      async collect() {
        this.set(await read());
      },
    });
  // One look at the house serves all of its gauges.
  const stands = kept(parts.clock, ONE_LOOK_MS, stand);
  const schedule = kept(parts.clock, ONE_LOOK_MS, () => privacy.retention.status());
  const pressing = kept(parts.clock, ONE_LOOK_MS, () => privacy.requests.pressing());
  gauge('notifications_waiting', 'mails and requests not delivered yet', async () => {
    return (await stands()).notices.waiting;
  });
  gauge(
    'notifications_given_up',
    'of those that are remembered, given up after a day',
    async () => {
      return (await stands()).notices.givenUp;
    },
  );
  gauge(
    'disk_free_bytes',
    'free where the records lie',
    async () => (await stands()).diskFreeBytes,
  );
  gauge(
    'retention_last_run_timestamp_seconds',
    'when the schedule last ended well, 0 for never',
    async () => Math.floor(((await schedule()).ranAt ?? 0) / 1_000),
  );
  gauge('retention_healthy', '1 when the schedule runs as it should or is off', async () => {
    const { state } = await schedule();
    return Number(state === 'fine' || state === 'off');
  });
  gauge('privacy_requests_overdue', 'requests whose term is over', async () => {
    return (await pressing()).overdue;
  });
  gauge('privacy_requests_due_soon', 'requests due within three days', async () => {
    return (await pressing()).soon;
  });
  new Gauge({
    name: 'vestibule_certificate_ends_timestamp_seconds',
    ...{ help: 'when a certificate ends, by what it is for', labelNames: ['of'], registers },
    async collect() {
      this.reset();
      for (const [of, file] of Object.entries({ dashboard: tls.certificate, ...certificates })) {
        const ends = await endOf(file);
        if (ends !== undefined) this.set({ of }, ends);
      }
    },
  });
  if (parts.trunks !== undefined) {
    const { trunks } = parts;
    gauge('trunks_lost', 'trunks over which no call can come', () =>
      Promise.resolve(trunks().lost),
    );
  }
  const examine = kept(parts.clock, EXAMINE_MS, health);
  new Gauge({
    ...{ name: 'vestibule_doctor_findings', help: 'what the doctor found, by how bad' },
    ...{ labelNames: ['status'], registers },
    async collect() {
      const found = await examine();
      for (const status of STATUSES) {
        this.set({ status }, found.filter((one) => one.status === status).length);
      }
    },
  });
}
