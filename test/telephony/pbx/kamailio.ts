import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { checkoutRoot } from '../../../agent/wire/checkout.js';
import { freePort } from './booted.js';
import { folderOf } from './tree.js';

const TREE = join(checkoutRoot, '.vestibule/sip-peers');
const PROGRAM = join(TREE, 'usr/sbin/kamailio');
/** Debian's folder of libraries for this machine, such as x86_64-linux-gnu. */
const TRIPLET = `${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`;
const LIBRARIES = ['usr/lib', 'lib'].map((one) => join(TREE, one, TRIPLET));
const PRIVATE = join(LIBRARIES[0] ?? '', 'kamailio');
const MODULES = [
  ...['tm', 'sl', 'rr', 'pv', 'maxfwd', 'usrloc', 'registrar', 'textops', 'siputils', 'auth'],
  ...['kex', 'tmx'],
];

/** Why there is no Kamailio, or false. scripts/test unpacks Debian's. */
export const noKamailio: string | false = existsSync(PROGRAM)
  ? false
  : 'no Kamailio here; scripts/test unpacks it (Debian package kamailio)';

/** The password of every account there. */
export const passwordOf = (user: string): string => `secret-of-${user}`;

/**
 * Kamailio as somebody else's PBX and provider: on `registrar` accounts register and call each other, each
 * challenged for its password; numbers that begin with 4930 are sent from `carrier` to `us`, unasked.
 */
export class Kamailio {
  readonly registrar = '127.0.0.2';
  readonly carrier = '127.0.0.3';
  readonly port: number;
  readonly #folder: string;
  #end: () => Promise<void> = () => Promise.resolve();
  #said = '';

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.port = port;
  }

  /** Makes it; `start` runs it. It ends with the test. */
  static async make(t: Test): Promise<Kamailio> {
    const one = new Kamailio(folderOf(t), await freePort());
    t.teardown(() => one.stop());
    return one;
  }

  /** Where telephones of this PBX register. */
  get server(): { host: string; port: number } {
    return { host: this.registrar, port: this.port };
  }

  /** What it has said, for a test that fails. */
  get said(): string {
    return this.#said;
  }

  /** Starts it with nobody registered; `us` is where the carrier's numbers lead to. */
  start(us: { readonly host: string; readonly port: number }): Promise<void> {
    const run = join(this.#folder, 'run');
    mkdirSync(run, { recursive: true });
    const file = join(this.#folder, 'kamailio.cfg');
    writeFileSync(file, this.#configuration(us));
    const child = spawn(PROGRAM, ['-f', file, '-DD', '-E', '-Y', run, '-m', '32', '-M', '4'], {
      env: { ...process.env, LD_LIBRARY_PATH: [...LIBRARIES, PRIVATE].join(':') },
      stdio: ['ignore', 'pipe', 'pipe'],
      // Its children are a group of their own, and end with it.
      detached: true,
    });
    const hear = (part: Buffer): void => {
      this.#said += part.toString('utf8');
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const gone = once(child, 'exit');
    this.#end = async () => {
      this.#end = () => Promise.resolve();
      try {
        process.kill(-(child.pid ?? 0), 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
      await gone;
    };
    return Promise.resolve();
  }

  /** Ends it at once, as a power cut does: it says goodbye to nobody. */
  stop(): Promise<void> {
    return this.#end();
  }

  #configuration(us: { readonly host: string; readonly port: number }): string {
    const [registrar, carrier] = [this.registrar, this.carrier].map(
      (host) => `udp:${host}:${String(this.port)}`,
    );
    return `#!KAMAILIO
debug=1
log_stderror=yes
children=1
disable_tcp=yes
auto_aliases=no
listen=${registrar ?? ''}
listen=${carrier ?? ''}
mpath="${join(PRIVATE, 'modules')}/"
${MODULES.map((name) => `loadmodule "${name}.so"`).join('\n')}
modparam("usrloc", "db_mode", 0)
modparam("rr", "enable_full_lr", 1)

request_route {
  if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
  if (is_method("OPTIONS")) { sl_send_reply("200", "OK"); exit; }
  if (is_method("CANCEL")) { if (t_check_trans()) { t_relay(); } exit; }
  if (has_totag()) {
    if (loose_route()) { t_relay(); exit; }
    if (is_method("ACK")) { if (t_check_trans()) { t_relay(); } exit; }
    sl_send_reply("404", "Not Here");
    exit;
  }
  if (is_method("REGISTER")) {
    if (!pv_www_authenticate("$fd", "secret-of-$fU", "0")) { www_challenge("$fd", "1"); exit; }
    save("location");
    exit;
  }
  if (!is_method("INVITE")) { sl_send_reply("405", "Method Not Allowed"); exit; }
  if (!pv_proxy_authenticate("$fd", "secret-of-$fU", "0")) { proxy_challenge("$fd", "1"); exit; }
  consume_credentials();
  record_route();
  if ($rU =~ "^4930") {
    $ru = "sip:" + $rU + "@${us.host}:${String(us.port)}";
    $fs = "${carrier ?? ''}";
    append_hf("P-Asserted-Identity: <sip:+442079460123;verstat=TN-Validation-Passed@$Ri>\\r\\n");
    t_relay();
    exit;
  }
  if (!lookup("location")) { sl_send_reply("404", "Not Found"); exit; }
  t_relay();
}
`;
  }
}
