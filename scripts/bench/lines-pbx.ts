import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../agent/clock.js';
import { silentLog } from '../../agent/log.js';
import { Ari, type AriAddress } from '../../agent/telephony/ari.js';
import { renderPbx } from '../../agent/telephony/pbx/render.js';
import { pbxSettings } from '../../agent/telephony/pbx/settings.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { freePort, until } from '../../test/telephony/pbx/booted.js';

const UP_WITHIN_MS = 15_000;

/** Whether Asterisk is wholly there: it answers before, and does not know us yet. */
const answers = ({ url, user, password }: AriAddress): Promise<boolean> =>
  fetch(`${url}/ari/asterisk/info`, {
    headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` },
  }).then(
    ({ ok }) => ok,
    () => false,
  );

/** The product's Asterisk with its own configuration, and no receptionist: whoever calls is ours. */
export class LinesPbx {
  readonly ari: Ari;
  readonly sipPort: number;
  readonly #process: ChildProcess;
  readonly #folder: string;

  private constructor(ari: Ari, sipPort: number, process: ChildProcess, folder: string) {
    this.ari = ari;
    this.sipPort = sipPort;
    this.#process = process;
    this.#folder = folder;
  }

  /** Boots it in a folder and on ports of its own. */
  static async open(clock: Clock): Promise<LinesPbx> {
    const folder = await mkdtemp(join(tmpdir(), 'vl-'));
    const [sipPort, ariPort, rtp] = await Promise.all([freePort(), freePort(), freePort()]);
    const from = 10_000 + (rtp % 40_000);
    const settings = pbxSettings.parse({
      sip: { port: sipPort },
      ari: { port: ariPort },
      rtp: { from, to: from + 400 },
    });
    const { call, ariUrl, secrets } = renderPbx(settings, {
      templates: join(checkoutRoot, 'asterisk-config'),
      tree: join(checkoutRoot, '.vestibule', 'asterisk', 'current'),
      state: folder,
    });
    const { command, args, env } = call;
    const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: 'ignore' });
    const { user } = settings.ari;
    const address = { url: ariUrl, user, password: secrets.ari, app: settings.app };
    const pbx = new LinesPbx(new Ari(address, silentLog, clock), sipPort, child, folder);
    try {
      await until(() => answers(address), 'Asterisk answers', UP_WITHIN_MS);
      await pbx.ari.start();
      await pbx.ari.untilUp();
      return pbx;
    } catch (error) {
      await pbx.close();
      throw error;
    }
  }

  get server(): { readonly host: string; readonly port: number } {
    return { host: '127.0.0.1', port: this.sipPort };
  }

  /** The channel of the next caller `number`. */
  nextCaller(number: string): Promise<string> {
    return new Promise((resolve) => {
      const off = this.ari.events.listen('stasis-start', 'bench', ({ channel }) => {
        if (channel.caller.number !== number) return;
        off();
        resolve(channel.id);
      });
    });
  }

  async close(): Promise<void> {
    await this.ari.stop();
    if (this.#process.exitCode === null) {
      const gone = new Promise((resolve) => this.#process.once('exit', resolve));
      this.#process.kill('SIGTERM');
      await gone;
    }
    await rm(this.#folder, { recursive: true, force: true });
  }
}
