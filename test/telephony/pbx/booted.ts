import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { z } from 'zod';
import { systemClock } from '../../../agent/clock.js';
import { silentLog } from '../../../agent/log.js';
import { Phone } from '../../../agent/reception/rehearse/caller.js';
import { Ari } from '../../../agent/telephony/ari.js';
import { renderPbx, type RenderedPbx } from '../../../agent/telephony/pbx/render.js';
import { pbxSettings } from '../../../agent/telephony/pbx/settings.js';
import { checkoutRoot } from '../../../agent/wire/checkout.js';
import type { Ends } from '../../records/store.js';
import { freePort, soundPort } from '../../speech/free-port.js';
import { folderOf, templates } from './tree.js';

export { freePort };

export const asterisk = join(checkoutRoot, '.vestibule/asterisk/current');
const clock = systemClock();

/** Why no Asterisk can be booted here, or false. scripts/test installs one. */
export const lacking: string | false = existsSync(join(asterisk, 'usr/sbin/asterisk'))
  ? false
  : 'no Asterisk here; scripts/install-asterisk fetches one';

/** Waits for what must come; fails the test with `what` after `withinMs`. */
export async function until<T>(
  look: () => T | undefined | false | Promise<T | undefined | false>,
  what: string,
  withinMs = 10_000,
): Promise<T> {
  const end = performance.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > end) throw new Error(`not within ${String(withinMs)} ms: ${what}`);
    await sleep(20);
  }
}

export interface StandingChannel {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly dialplan: { readonly app_name: string; readonly context: string };
}

/** An event of our application, as far as the tests look. */
export interface AppEvent {
  readonly type: string;
  readonly args?: readonly string[];
  readonly channel?: StandingChannel;
}

/** A real Asterisk with a rendered configuration, on ports and in a folder of its own. */
export class BootedPbx {
  readonly rendered: RenderedPbx;
  readonly sipPort: number;
  readonly state: string;
  readonly #process: ChildProcess;
  readonly #t: Ends;
  #host = '127.0.0.1';
  #rtp = { from: 0, to: 0 };

  private constructor(t: Ends, rendered: RenderedPbx, sipPort: number, state: string) {
    this.#t = t;
    this.rendered = rendered;
    this.sipPort = sipPort;
    this.state = state;
    const { command, args, env } = rendered.call;
    this.#process = spawn(command, args, { env: { ...process.env, ...env }, stdio: 'ignore' });
  }

  /**
   * Boots it; it ends with the test. Resolves when ARI answers. `prepare` may change the rendered files
   * in the folder that it is given.
   */
  static async boot(
    t: Ends,
    settings: z.input<typeof pbxSettings> = {},
    prepare: (etc: string) => void = () => undefined,
  ): Promise<BootedPbx> {
    const [free, ariPort] = await Promise.all([freePort(), freePort()]);
    const sipPort = settings.sip?.port ?? free;
    const from = soundPort();
    const state = folderOf(t);
    const parsed = pbxSettings.parse({
      ...settings,
      sip: { ...settings.sip, port: sipPort },
      ari: { port: ariPort },
      rtp: { from, to: from + 200 },
    });
    const rendered = renderPbx(parsed, { templates, tree: asterisk, state });
    prepare(join(state, 'etc'));
    const pbx = new BootedPbx(t, rendered, sipPort, state);
    pbx.#host = parsed.sip.bind;
    pbx.#rtp = parsed.rtp;
    t.teardown(() => pbx.#stop());
    const up = async (): Promise<boolean> => {
      try {
        return (await pbx.ari('GET', '/asterisk/info')).status === 200;
      } catch {
        return false;
      }
    };
    await until(up, 'Asterisk answers');
    return pbx;
  }

  get server(): { host: string; port: number } {
    return { host: this.#host, port: this.sipPort };
  }

  /** Ports of its sound. */
  get rtp(): { from: number; to: number } {
    return this.#rtp;
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** Asks ARI; without `password` as nobody. */
  async ari(
    method: string,
    path: string,
    password: string | undefined = this.rendered.secrets.ari,
  ): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`${this.rendered.ariUrl}/ari${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`vestibule:${password}`).toString('base64')}`,
      },
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  /** What the daemon speaks to it with, connected; it stops with the test. */
  async connected(): Promise<Ari> {
    const { ariUrl: url, secrets } = this.rendered;
    const address = { url, user: 'vestibule', app: 'vestibule', password: secrets.ari };
    const ari = new Ari(address, silentLog, clock);
    await ari.start();
    this.#t.teardown(() => ari.stop());
    await ari.untilUp();
    return ari;
  }

  async channels(): Promise<readonly StandingChannel[]> {
    return (await this.ari('GET', '/channels')).body as readonly StandingChannel[];
  }

  async variable(channel: string, name: string): Promise<string | undefined> {
    const { body } = await this.ari('GET', `/channels/${channel}/variable?variable=${name}`);
    return (body as { value?: string }).value;
  }

  /** Stands in for the daemon: our application's event socket. */
  async application(): Promise<{ next(type: string): Promise<AppEvent>; close(): void }> {
    const url = this.rendered.ariUrl.replace(/^http/u, 'ws');
    const key = `vestibule:${this.rendered.secrets.ari}`;
    const socket = new WebSocket(`${url}/ari/events?app=vestibule&api_key=${key}`);
    const events: AppEvent[] = [];
    socket.on('message', (data: Buffer) => {
      events.push(JSON.parse(data.toString('utf8')) as AppEvent);
    });
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    const close = (): void => {
      socket.terminate();
    };
    this.#t.teardown(close);
    return {
      close,
      next: (type) =>
        until(() => {
          const at = events.findIndex((event) => event.type === type);
          return at >= 0 && events.splice(0, at + 1).at(-1);
        }, type),
    };
  }

  /** A telephone; registered if it is an extension's number. */
  async phone(user: string): Promise<Phone> {
    const password = this.rendered.secrets.extensions[user];
    const phone = new Phone({
      clock,
      user,
      ...(password === undefined ? {} : { credentials: { user, password } }),
    });
    await phone.start();
    this.#t.teardown(() => phone.stop());
    if (password !== undefined) await phone.register(this.server);
    return phone;
  }

  uri(user: string): string {
    return `sip:${user}@127.0.0.1:${String(this.sipPort)}`;
  }

  /** What Asterisk has logged. */
  get log(): string {
    return readFileSync(join(this.state, 'log/messages'), 'utf8');
  }

  async #stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGTERM');
    const patience = setTimeout(() => this.#process.kill('SIGKILL'), 5_000);
    await gone;
    clearTimeout(patience);
  }
}
