import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { readFile, stat, statfs } from 'node:fs/promises';
import type { DashboardPlace } from '../cli/house.js';
import type { Examine } from '../cli/doctor-report.js';
import type { Clock } from '../clock.js';
import type { Paths } from '../config/paths.js';
import type { Configuration } from '../config/schema.js';
import { oneLine } from '../errors.js';
import type { Offices } from '../federation/offices.js';
import type { Events } from '../events.js';
import type { Log } from '../log.js';
import type { NotifyingOffice } from '../notify/deliver/wording.js';
import { PrivacyOffice } from '../privacy/privacy-office.js';
import { ReadingRoom } from '../privacy/reading-room.js';
import type { Stored } from '../reception/watched-records.js';
import type { OpenRecords } from '../records/records.js';
import type { WebParts } from '../web/ports.js';
import type { WebServer } from '../web/server.js';
import type { Workshop } from '../web/workshop.js';
import { makeCertificate } from '../wire/certificates.js';
import { certificateFiles, namesLackingIn, RENEW_DAYS } from './dashboard-certificate.js';

/** What the daemon lends the dashboard. */
export interface DashboardParts {
  readonly settings: Configuration;
  readonly paths: Paths;
  readonly records: OpenRecords;
  readonly events: Events<Stored>;
  readonly examine: Examine;
  readonly workshop: Workshop;
  readonly ready: () => boolean;
  /** How many trunks work, and how many do not. */
  readonly trunks: () => { readonly up: number; readonly lost: number };
  readonly lines: WebParts['lines'];
  readonly live: WebParts['live'];
  /** Calls people back; undefined where no trunk carries calls out. */
  readonly callBack?: NonNullable<WebParts['callBack']>;
  readonly version: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** Browsers trust no certificate that lives longer (CA/Browser Forum, until 2027). */
const CERTIFICATE_DAYS = 199;
const DAY_MS = 24 * 3_600_000;

/** The dashboard of the daemon. What goes wrong with it is logged and stops no call. */
export class Dashboard {
  readonly #parts: DashboardParts;
  readonly #log: Log;
  #server: WebServer | undefined;
  #offices: Offices | undefined;
  #renewal: NodeJS.Timeout | undefined;

  constructor(parts: DashboardParts) {
    this.#parts = parts;
    this.#log = parts.log.part('dashboard');
  }

  async start(): Promise<void> {
    if (!this.#parts.settings.web.enabled) return;
    try {
      await this.#open();
    } catch (error) {
      this.#log.error('no dashboard', { reason: oneLine(error) });
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.#renewal);
    const server = this.#server;
    this.#server = undefined;
    await server?.stop();
    this.#offices?.stop();
    this.#offices = undefined;
  }

  async #open(): Promise<void> {
    const { settings, paths, records, events, examine, version, clock } = this.#parts;
    const { ready, trunks, lines, live } = this.#parts;
    const tls = await tlsFiles(settings, paths, clock);
    // Only here: whoever answers calls without a dashboard loads none of it.
    const { createWebServer } = await import('../web/server.js');
    const { office, language, country, timeZone } = settings.understanding;
    if (settings.otherOffices.length > 0) {
      // Only here: a dashboard of one office asks no other.
      const { Offices } = await import('../federation/offices.js');
      this.#offices = new Offices(settings.otherOffices, clock, this.#log);
    }
    const parts: WebParts = {
      offices: this.#offices,
      settings: settings.web,
      privacy: new PrivacyOffice({
        ...{ records, clock, log: this.#log, settings: settings.privacy },
        office: { name: office.name, language, country, timeZone },
      }),
      room: new ReadingRoom(records, clock),
      workshop: this.#parts.workshop,
      events,
      health: async () => (await examine({ fix: false, quick: true })).findings,
      ...{ ready, trunks, lines, live },
      stand: async () => {
        const { bavail, bsize } = await statfs(paths.home);
        return { notices: await records.outbox.counts(), diskFreeBytes: bavail * bsize };
      },
      telephones: () => settings.pbx.extensions,
      ...(this.#parts.callBack === undefined ? {} : { callBack: this.#parts.callBack }),
      office: { name: office.name, language, timeZone },
      feed: {
        content: settings.notify.content,
        office: notifyingOffice(settings),
      },
      version,
      ...(settings.pbx.sip.tls === undefined
        ? {}
        : { certificates: { sip: settings.pbx.sip.tls.certificate } }),
      pages: join(paths.root, 'build', 'ui'),
      ...{ tls, clock, log: this.#log },
    };
    const server = await createWebServer(parts);
    this.#server = server;
    await server.start();
    this.#renewal = setInterval(() => {
      void this.#renew(server);
    }, DAY_MS);
    this.#renewal.unref();
  }

  async #renew(server: WebServer): Promise<void> {
    const { settings, paths, clock } = this.#parts;
    try {
      const { certificate, key } = await tlsFiles(settings, paths, clock);
      server.app.server.setSecureContext({
        cert: await readFile(certificate),
        key: await readFile(key),
      });
    } catch (error) {
      this.#log.error('the certificate of the dashboard was not renewed', {
        reason: oneLine(error),
      });
    }
  }
}

/** The address that people open. */
const dashboardUrl = ({ names, host, port }: Configuration['web']): string =>
  `https://${names[0] ?? host}:${String(port)}`;

/** Of whom notifications tell, and in which language: that of the calls. */
export const notifyingOffice = ({
  understanding,
  speech,
  web,
}: Configuration): NotifyingOffice => ({
  ...{ name: understanding.office.name, dashboard: dashboardUrl(web), language: speech.language },
});

/** Where the dashboard is opened; its certificate is made if need be. @throws WIRE_CERTIFICATES */
export async function dashboardPlace(
  settings: Configuration,
  paths: Paths,
  clock: Clock,
): Promise<DashboardPlace> {
  const { enabled } = settings.web;
  const { ca } = await tlsFiles(settings, paths, clock);
  return {
    enabled,
    url: dashboardUrl(settings.web),
    fingerprint:
      ca === undefined ? undefined : new X509Certificate(await readFile(ca)).fingerprint256,
  };
}

/** The office's own certificate, or ours, made when there is none, or new names, or it soon ends. */
async function tlsFiles(
  { web }: Configuration,
  paths: Paths,
  clock: Clock,
): Promise<WebParts['tls']> {
  const { certificate, key, own } = certificateFiles(web, paths.home);
  if (!own) return { certificate, key, ca: undefined };
  const folder = join(paths.home, 'web');
  if (!(await serves(certificate, web.names, clock.now()))) {
    await makeCertificate(folder, web.names, CERTIFICATE_DAYS, 'Vestibule dashboard CA');
  }
  return { certificate, key, ca: join(folder, 'ca.crt') };
}

async function serves(file: string, names: readonly string[], now: number): Promise<boolean> {
  if ((await stat(file).catch(() => undefined)) === undefined) return false;
  const certificate = new X509Certificate(await readFile(file));
  return (
    namesLackingIn(certificate, names).length === 0 &&
    Date.parse(certificate.validTo) - now > RENEW_DAYS * DAY_MS
  );
}
