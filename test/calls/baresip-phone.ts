import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { encodeWav } from '../../agent/audio/wav.js';
import type { Ends } from '../records/store.js';
import { freePort, until } from '../telephony/pbx/booted.js';
import { MODULES, PROGRAM } from './baresip.js';

/** As long as a finger stays on a key, and between two; baresip is told the end by this byte. */
const PRESSED_MS = 120;
const RELEASED = '\u0004';

/** Where a telephone registers, as whom, and the tone that it says all the time. */
export interface BaresipAccount {
  readonly number: string;
  readonly password: string;
  readonly server: { readonly host: string; readonly port: number };
  readonly toneHz: number;
  /** It registers nowhere and is called at this address. */
  readonly listens?: { readonly host: string; readonly port: number };
}

/**
 * Debian's baresip as a telephone on somebody's desk: registered, and used by its keys as a person uses
 * them. It ends with the test.
 */
export class BaresipPhone {
  readonly #keys: Socket;
  #said = '';
  /** What was said before is looked at no more. */
  #seen = 0;

  private constructor(child: ChildProcess, keys: Socket) {
    this.#keys = keys;
    const hear = (part: Buffer): void => {
      this.#said += part.toString('utf8');
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
  }

  static async open(t: Ends, account: BaresipAccount): Promise<BaresipPhone> {
    const folder = mkdtempSync(join(tmpdir(), 'vb-'));
    const { number, password, server, toneHz, listens } = account;
    const at = listens ?? { host: '127.0.0.1', port: 0 };
    const port = await freePort();
    const says = join(folder, 'tone.wav');
    const tone = Int16Array.from({ length: 8_000 * 60 }, (_, at) =>
      Math.round(8_000 * Math.sin((2 * Math.PI * toneHz * at) / 8_000)),
    );
    writeFileSync(says, encodeWav([tone], 8_000));
    const config = [
      `module_path ${MODULES}`,
      ...['aufile', 'g711', 'cons'].map((name) => `module ${name}.so`),
      ...['account', 'contact', 'menu'].map((name) => `module_app ${name}.so`),
      ...[`sip_listen ${at.host}:${String(at.port)}`, 'net_interface 127.0.0.1'],
      `cons_listen 127.0.0.1:${String(port)}`,
      ...[`audio_source aufile,${says}`, 'audio_player aufile,nil', 'ausrc_channels 1', ''],
    ];
    mkdirSync(join(folder, 'home'));
    writeFileSync(join(folder, 'config'), config.join('\n'));
    writeFileSync(
      join(folder, 'accounts'),
      `<sip:${number}@${server.host}:${String(server.port)}>;auth_user=${number};auth_pass=${password}` +
        `;regint=${listens === undefined ? '300' : '0'};answermode=manual;audio_codecs=PCMU/8000/1\n`,
    );
    writeFileSync(join(folder, 'contacts'), '');
    const child = spawn(PROGRAM, ['-f', folder], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, HOME: join(folder, 'home') },
    });
    t.teardown(async () => {
      if (child.exitCode === null) {
        const gone = once(child, 'exit');
        child.kill('SIGKILL');
        await gone;
      }
      rmSync(folder, { recursive: true, force: true });
    });
    const keys = await until(async () => {
      const socket = createConnection(port, '127.0.0.1');
      try {
        await once(socket, 'connect');
        return socket;
      } catch {
        socket.destroy();
        return false;
      }
    }, 'baresip takes keys');
    keys.on('error', () => undefined);
    const phone = new BaresipPhone(child, keys);
    if (listens === undefined) await phone.#says(/200 OK/u, 'baresip is registered');
    return phone;
  }

  /** Resolves when it rings. */
  rings(): Promise<void> {
    return this.#says(/incoming call/iu, 'it rings', 30_000);
  }

  async answer(): Promise<void> {
    this.#keys.write('a');
    await this.#says(/call established/iu, 'the call is answered');
  }

  /** Keys of the dial pad, one after the other. */
  async press(keys: string): Promise<void> {
    for (const key of keys) {
      this.#keys.write(key);
      await sleep(PRESSED_MS);
      this.#keys.write(RELEASED);
      await sleep(PRESSED_MS);
    }
  }

  hold(): void {
    this.#keys.write('x');
  }

  resume(): void {
    this.#keys.write('X');
  }

  /**
   * Transfers the caller to `uri` by REFER (RFC 3515), without asking anybody there, once they have talked for
   * a second: of a shorter call baresip does not tell the end.
   */
  async refer(uri: string): Promise<void> {
    await this.#says(/\[0:00:0[1-9]\]/u, 'the call has lasted a second');
    this.#keys.write(`t${uri}\n`);
  }

  hangUp(): void {
    this.#keys.write('b');
  }

  /** Resolves when the call is over, or rings no longer. */
  over(): Promise<void> {
    return this.#says(/terminated|session closed|cancelled/iu, 'the call is over', 15_000);
  }

  /** How often it has rung so far. */
  get rung(): number {
    return this.#said.match(/incoming call/giu)?.length ?? 0;
  }

  async #says(what: RegExp, meaning: string, withinMs = 10_000): Promise<void> {
    await until(
      () => {
        const found = what.exec(this.#said.slice(this.#seen));
        if (found === null) return false;
        this.#seen += found.index + found[0].length;
        return true;
      },
      meaning,
      withinMs,
    ).catch((error: unknown) => {
      throw new Error(`${String(error)}\n${this.#said.slice(-2_000)}`);
    });
  }
}
