import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LightMyRequestResponse } from 'fastify';
import { TOTP, Secret } from 'otpauth';
import { systemClock } from '../../agent/clock.js';
import { Events } from '../../agent/events.js';
import { silentLog } from '../../agent/log.js';
import { PrivacyOffice } from '../../agent/privacy/privacy-office.js';
import { privacySettings } from '../../agent/privacy/settings.js';
import { ReadingRoom } from '../../agent/privacy/reading-room.js';
import type { Role } from '../../agent/privacy/roles.js';
import type { Finding } from '../../agent/finding.js';
import type { Happenings, WebParts } from '../../agent/web/ports.js';
import { createWebServer, type WebServer } from '../../agent/web/server.js';
import { webSettings } from '../../agent/web/settings.js';
import { makeCertificate } from '../../agent/wire/certificates.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { startedStore, type Ends } from '../records/store.js';
import { answerCheck } from './answer-check.js';
import { exampleShop } from './workshop.js';
import { liveCalls } from './live-calls.js';

export const PASSWORD = 'violet harbour seven pines';
const HOST = { host: 'localhost' };

/** A dashboard over a store of its own, listening nowhere until it is started; `web` are settings. */
export async function dashboard(
  t: Ends,
  findings: readonly Finding[] = [],
  web: object = {},
  more: Partial<WebParts> = {},
) {
  const clock = systemClock();
  const { records, home } = await startedStore(t);
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-web-'));
  const { files } = await makeCertificate(folder, ['localhost', '127.0.0.1'], 30, 'A test CA');
  const room = new ReadingRoom(records, clock);
  const workshop = await exampleShop(records, home);
  const events = new Events<Happenings>(silentLog);
  const live = liveCalls(events);
  const parts: WebParts = {
    settings: webSettings.parse({ port: 0, ...web }),
    privacy: new PrivacyOffice({
      ...{ records, clock, log: silentLog, settings: privacySettings.parse({}) },
      office: {
        ...{ name: 'Riverside Family Clinic', language: 'en', country: 'GB' },
        timeZone: 'Europe/London',
      },
    }),
    ...{ room, workshop, events, clock, log: silentLog, tls: files },
    health: () => Promise.resolve(findings),
    ready: () => true,
    lines: () => ({
      ...{ held: 2, most: 16, turnedAway: 4 },
      quality: {
        ...{
          calls: 9,
          mos: 4.1,
          loss: 0.012,
          jitterMs: 7.5,
          callerSilent: 2,
          nothingSent: 1,
          unreported: 3,
        },
        fineSince: 2,
        at: 1_800_000_000_000,
      },
    }),
    live: live.desk,
    telephones: () => [
      { number: '201', name: 'Front desk' },
      { number: '203', name: 'Dr Carter' },
    ],
    callBack: () => live.callBack,
    office: { name: 'Riverside Family Clinic', language: 'en', timeZone: 'Europe/London' },
    stand: () =>
      Promise.resolve({ notices: { waiting: 1, givenUp: 0 }, diskFreeBytes: 5_000_000_000 }),
    feed: {
      content: 'summary',
      office: {
        name: 'Riverside Family Clinic',
        dashboard: 'https://localhost:8443',
        language: 'en',
      },
    },
    version: '0.0.0',
    pages: join(checkoutRoot, 'build', 'ui'),
    ...more,
  };
  const server = await createWebServer(parts);
  /** The dashboard of the same office after a restart. */
  const restarted = async (): Promise<WebServer> => {
    const again = await createWebServer(parts);
    t.teardown(() => again.stop());
    return again;
  };
  t.teardown(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return { server, room, workshop, records, events, home, live, restarted };
}

export const pagesBuilt = (): boolean =>
  existsSync(join(checkoutRoot, 'build', 'ui', 'index.html'));

const checks = new WeakMap<WebServer, ReturnType<typeof answerCheck>>();
/** What holds the answers of a server to its /openapi.json. */
function checkOf(server: WebServer): ReturnType<typeof answerCheck> {
  const check = checks.get(server) ?? answerCheck(server);
  checks.set(server, check);
  return check;
}

/** Somebody's browser: keeps the cookie and sends what the page would send. */
export class Browser {
  #server: WebServer;
  #cookie = '';
  #csrf = '';

  constructor(server: WebServer) {
    this.#server = server;
  }

  async ask(
    method: 'GET' | 'POST' | 'DELETE',
    url: string,
    payload?: object,
    headers: Record<string, string> = {},
    remoteAddress = '127.0.0.1',
  ): Promise<LightMyRequestResponse> {
    const answer = await this.#server.app.inject({
      ...{ method, url, remoteAddress },
      headers: {
        ...HOST,
        ...(this.#cookie === '' ? {} : { cookie: this.#cookie }),
        ...(this.#csrf === '' ? {} : { 'x-csrf-token': this.#csrf }),
        ...headers,
      },
      ...(payload === undefined ? {} : { payload }),
    });
    checkOf(this.#server)(method, url, answer);
    const set = answer.cookies[0];
    if (set !== undefined) this.#cookie = set.value === '' ? '' : `${set.name}=${set.value}`;
    return answer;
  }

  /** Logs in; throws if that fails. */
  async login(name: string, password: string, code?: string): Promise<LightMyRequestResponse> {
    const answer = await this.ask('POST', '/api/session', {
      ...{ name, password },
      ...(code === undefined ? {} : { code }),
    });
    this.#csrf = answer.json<{ csrf?: string }>().csrf ?? '';
    return answer;
  }

  /** The same browser at a server that took the place of the first. */
  goTo(server: WebServer): void {
    this.#server = server;
  }

  get cookie(): string {
    return this.#cookie;
  }

  forgetCsrf(): void {
    this.#csrf = '';
  }
}

export const codeOf = (secret: string, timestamp = Date.now()): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp });

/** A browser logged in as a new account of `role` that is wholly set up; its authenticator's secret too. */
export async function loggedIn(
  { server, room }: { server: WebServer; room: ReadingRoom },
  role: Role,
  name: string = role,
): Promise<{ browser: Browser; secret: string }> {
  const { password } = await room.accounts.add(name, role, 'test');
  const browser = new Browser(server);
  await browser.login(name, password);
  await browser.ask('POST', '/api/me/password', { old: password, fresh: PASSWORD });
  const { secret } = (await browser.ask('POST', '/api/me/totp/offer')).json<{ secret: string }>();
  await browser.ask('POST', '/api/me/totp', { code: codeOf(secret) });
  return { browser, secret };
}
