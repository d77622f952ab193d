import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaldavSettings } from '../../../agent/notify/calendar/settings.js';
import { fetchFrom } from '../../../agent/notify/calendar/http.js';
import { checkoutRoot } from '../../../agent/wire/checkout.js';
import { makeCertificate } from '../../../agent/wire/certificates.js';
import { freePort } from '../../speech/free-port.js';

const program = join(checkoutRoot, '.vestibule', 'radicale', 'bin', 'radicale');

/** Why tests against Radicale are left out here; false when it is installed. */
export const lackingRadicale = existsSync(program)
  ? false
  : 'no Radicale here; scripts/test sets it up';

/** How long Radicale may take to answer for the first time, in milliseconds. */
const UP_WITHIN_MS = 20_000;

/** A CalDAV server of its own, over TLS, with one calendar. */
export class Radicale {
  readonly settings: CaldavSettings;
  readonly #folder: string;
  readonly #process: ChildProcess;

  private constructor(folder: string, process: ChildProcess, settings: CaldavSettings) {
    this.#folder = folder;
    this.#process = process;
    this.settings = settings;
  }

  static async start(): Promise<Radicale> {
    const folder = mkdtempSync(join(tmpdir(), 'vt-radicale-'));
    const { files } = await makeCertificate(join(folder, 'tls'), ['localhost'], 2, 'Test CA');
    const users = join(folder, 'users');
    writeFileSync(users, 'desk:s3cret word\n', { mode: 0o600 });
    const passwordFile = join(folder, 'password');
    writeFileSync(passwordFile, 's3cret word\n', { mode: 0o600 });
    mkdirSync(join(folder, 'store'));
    const port = await freePort();
    const options = {
      'server-hosts': `127.0.0.1:${String(port)}`,
      'server-max-connections': '40',
      'server-ssl': 'True',
      'server-certificate': files.certificate,
      'server-key': files.key,
      'auth-type': 'htpasswd',
      'auth-htpasswd-filename': users,
      'auth-htpasswd-encryption': 'plain',
      'auth-delay': '0',
      'storage-filesystem-folder': join(folder, 'store'),
      'logging-level': 'warning',
    };
    const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
    const child = spawn(program, ['--config', '', ...args], { stdio: 'ignore' });
    const settings: CaldavSettings = {
      ...{ kind: 'caldav', url: `https://localhost:${String(port)}/desk/practice/`, user: 'desk' },
      ...{ passwordFile, ca: files.ca, content: 'none' },
    };
    const server = new Radicale(folder, child, settings);
    await server.#makeCalendar();
    return server;
  }

  /** Sends a request as the user of the calendar. */
  async send(method: string, name: string, body?: string): Promise<Response> {
    const login = Buffer.from('desk:s3cret word').toString('base64');
    return fetchFrom(this.settings.ca)(new URL(name, this.settings.url), {
      method,
      headers: { authorization: `Basic ${login}`, 'content-type': 'text/calendar' },
      ...(body === undefined ? {} : { body }),
    });
  }

  /** Everything that stands in the calendar, as one text. */
  async text(): Promise<string> {
    return (await this.send('GET', '')).text();
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode === null) {
      const gone = once(this.#process, 'exit');
      this.#process.kill();
      await gone;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #makeCalendar(): Promise<void> {
    const until = Date.now() + UP_WITHIN_MS;
    for (;;) {
      try {
        const { status } = await this.send('MKCALENDAR', '');
        if (status === 201) return;
        throw new Error(`MKCALENDAR: ${String(status)}`);
      } catch (error) {
        if (Date.now() > until) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }
}
