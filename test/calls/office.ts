import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse, stringify } from 'yaml';
import { joined } from '../../agent/audio/frame.js';
import { systemClock } from '../../agent/clock.js';
import { loadConfiguration } from '../../agent/config/load.js';
import { pathsOf } from '../../agent/config/paths.js';
import { createHouse } from '../../agent/house.js';
import { silentLog } from '../../agent/log.js';
import { ReadingRoom, type CallReading } from '../../agent/privacy/reading-room.js';
import { Phone } from '../../agent/reception/rehearse/caller.js';
import { rehearse, type RehearsalSettings } from '../../agent/reception/rehearse/rehearse.js';
import {
  eventLine,
  reportLines,
  type RehearsalReport,
} from '../../agent/reception/rehearse/report.js';
import {
  parseScenario,
  readScenario,
  type Scenario,
} from '../../agent/reception/rehearse/scenario.js';
import { openRecords } from '../../agent/records/records.js';
import { recordsSettings } from '../../agent/records/settings.js';
import { speechErrors } from '../../agent/speech/errors.js';
import { workerPlaces } from '../../agent/speech/settings.js';
import { SpeechWorkers } from '../../agent/speech/workers.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { freePort, soundPort } from '../speech/free-port.js';
import { keepPrompts, lendKept } from './kept.js';

/** The first office of a checkout renders every prompt. */
const READY_WITHIN_MS = 300_000;
const clock = systemClock();

/**
 * The example office, whole and real, in a folder and on ports of its own: supervisor, Asterisk,
 * speech workers, daemon. Prompts and the intent head are kept between tests.
 */
export class Office {
  readonly home: string;
  readonly sipPort: number;
  /** Where the dashboard is opened. */
  readonly dashboard: string;
  readonly #supervisor: ChildProcess;
  readonly #workers: SpeechWorkers;
  readonly #log: () => string;
  readonly #ari: { readonly url: string; readonly auth: string };
  readonly #language: string;

  private constructor(
    home: string,
    ports: { readonly sip: number; readonly web: number },
    supervisor: ChildProcess,
    workers: SpeechWorkers,
    log: () => string,
    ari: { url: string; auth: string },
    language: string,
  ) {
    this.home = home;
    this.sipPort = ports.sip;
    this.dashboard = `https://localhost:${String(ports.web)}`;
    this.#supervisor = supervisor;
    this.#workers = workers;
    this.#log = log;
    this.#ari = ari;
    this.#language = language;
  }

  /**
   * Opens the office; `env` may set VESTIBULE_NOW, `example` names another file of agent/config,
   * `reception` and `speech` change those slices of it, `more` too for `dialogue` and `pbx`, and takes
   * the place of others. Resolves when it answers calls.
   */
  static async open(
    env: NodeJS.ProcessEnv = {},
    example = 'example-office.yaml',
    reception: Readonly<Record<string, unknown>> = {},
    speech: Readonly<Record<string, unknown>> = {},
    more: Readonly<Record<string, object>> = {},
  ): Promise<Office> {
    const home = mkdtempSync(join(tmpdir(), 'vt-'));
    const [sipPort, ariPort, webPort] = await Promise.all([freePort(), freePort(), freePort()]);
    const office = parse(readFileSync(join(checkoutRoot, 'agent', 'config', example), 'utf8')) as {
      pbx: object;
      dialogue: object;
      reception: object;
      speech?: object;
    };
    const from = soundPort();
    writeFileSync(
      join(home, 'vestibule.yaml'),
      stringify({
        ...office,
        ...more,
        reception: { ...office.reception, ...reception },
        speech: { ...office.speech, ...speech },
        dialogue: { ...office.dialogue, ...more.dialogue },
        web: { ...more.web, port: webPort },
        pbx: {
          ...office.pbx,
          ringSeconds: 6,
          ...more.pbx,
          sip: { port: sipPort },
          ari: { port: ariPort },
          rtp: { from, to: from + 499 },
        },
      }),
    );
    lendKept(home);
    const whole = { ...process.env, ...env, VESTIBULE_HOME: home };
    const paths = pathsOf(whole);
    const house = createHouse(paths, whole, clock, silentLog);
    await house.train(false);
    const { plan, pbx } = house.render();
    const settings = loadConfiguration(paths.configuration, whole);
    const supervisor = spawn(
      process.execPath,
      [join(checkoutRoot, 'build', 'agent', 'supervisor', 'main.js'), plan],
      { env: whole, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let said = '';
    const hear = (part: Buffer): void => {
      said += part.toString('utf8');
    };
    supervisor.stdout.on('data', hear);
    supervisor.stderr.on('data', hear);
    const workers = new SpeechWorkers(
      workerPlaces(settings.speech, join(home, settings.speech.sockets)),
      clock,
      silentLog,
    );
    await workers.start();
    const ari = {
      url: `${pbx.ariUrl}/ari`,
      auth: `Basic ${Buffer.from(`vestibule:${pbx.secrets.ari}`).toString('base64')}`,
    };
    const { language } = settings.speech;
    const ports = { sip: sipPort, web: webPort };
    const one = new Office(home, ports, supervisor, workers, () => said, ari, language);
    try {
      await one.until(() => /^ready$/mu.test(said), READY_WITHIN_MS, 'ready');
      return one;
    } catch (error) {
      await one.close();
      throw error;
    }
  }

  /** Where telephones register and calls are sent. */
  get registrar(): { readonly host: string; readonly port: number } {
    return { host: '127.0.0.1', port: this.sipPort };
  }

  /** Where ARI listens on loopback. */
  get ariPort(): number {
    return Number(new URL(this.#ari.url).port);
  }

  /** What the supervisor and the daemon have said so far. */
  get log(): string {
    return this.#log();
  }

  /** Places the call of a scenario file's name, or of a scenario given here. */
  async call(
    scenario: string | Record<string, unknown>,
    settings: Partial<RehearsalSettings> = {},
  ): Promise<RehearsalReport> {
    const read: Scenario =
      typeof scenario === 'string'
        ? await readScenario(join(checkoutRoot, 'test/calls/scenarios', `${scenario}.yaml`))
        : parseScenario({ to: 'sip:reception@127.0.0.1', ...scenario }, 'scenario');
    return rehearse(read, {
      synthesise: (text) => this.synthesise(text),
      transcribe: (pcm) => this.transcribe(pcm),
      sip: this.registrar,
      ...settings,
    });
  }

  /** Speech of a caller: our own voice, which our recogniser understands best over a telephone. */
  synthesise(text: string): Promise<Int16Array> {
    return joined(this.#workers.voice.speak(text, { language: this.#language }));
  }

  /** A fixed prompt as callers hear it, by its name. */
  async prompt(name: string): Promise<Int16Array> {
    const env = { ...process.env, VESTIBULE_HOME: this.home };
    const book = createHouse(pathsOf(env), env, clock, silentLog).prompts();
    const pcm = await book.heard(await book.find(name));
    if (pcm === undefined) throw new Error(`${name} is not rendered`);
    return pcm;
  }

  /** What our own recogniser makes of 16 kHz mono speech. */
  async transcribe(pcm: Int16Array): Promise<string> {
    const texts: string[] = [];
    const piece = 16_000 * 12;
    for (let at = 0; at < pcm.length; at += piece) {
      texts.push(await this.#understood(pcm.subarray(at, at + piece)));
    }
    return texts.join(' ');
  }

  /** Recognition that is behind on a busy machine is no fault of what was heard: it is asked again. */
  async #understood(pcm: Int16Array, again = 5): Promise<string> {
    const utterance = this.#workers.recogniser.listen({ language: this.#language });
    utterance.push(pcm);
    try {
      return (await utterance.finish()).text;
    } catch (error) {
      if (!speechErrors.is(error, 'STALLED') || again === 0) throw error;
      return this.#understood(pcm, again - 1);
    }
  }

  /** A telephone of the office, registered as `number`. */
  async phone(number: string): Promise<Phone> {
    const secrets = JSON.parse(
      readFileSync(join(this.home, 'asterisk', 'secrets.json'), 'utf8'),
    ) as { extensions: Record<string, string> };
    const phone = new Phone({
      clock,
      user: number,
      credentials: { user: number, password: secrets.extensions[number] ?? '' },
    });
    await phone.start();
    await phone.register(this.registrar, 300);
    return phone;
  }

  /** The calls in the store, latest first, whole. */
  async stored(limit = 50): Promise<readonly CallReading[]> {
    return this.reading(async (room) => {
      const heads = await room.listCalls({ limit, who: 'test' });
      return Promise.all(heads.map(({ id }) => room.showCall(id, 'test')));
    });
  }

  async reading<T>(use: (room: ReadingRoom) => Promise<T>): Promise<T> {
    const records = openRecords({
      settings: recordsSettings.parse({ folder: 'records' }),
      home: this.home,
      log: silentLog,
      clock,
    });
    await records.start();
    try {
      return await use(new ReadingRoom(records, clock));
    } finally {
      await records.stop();
    }
  }

  /** The latest call, or the latest that came from `number` (or `anonymous`), once it is closed. */
  async closedCall(number?: string): Promise<CallReading> {
    let latest: CallReading | undefined;
    await this.until(
      async () => {
        const calls = await this.stored(number === undefined ? 1 : 10);
        latest = calls.find(
          (call) => number === undefined || (call.callerNumber ?? 'anonymous') === number,
        );
        return latest?.endedAt !== undefined;
      },
      10_000,
      'the call is closed in the store',
    );
    if (latest === undefined) throw new Error('no call');
    return latest;
  }

  /** What stands in Asterisk: channels and bridges. */
  async standing(): Promise<{
    channels: readonly { name: string }[];
    bridges: readonly unknown[];
  }> {
    const ask = async (path: string): Promise<unknown> => {
      const response = await fetch(`${this.#ari.url}${path}`, {
        headers: { authorization: this.#ari.auth },
      });
      return response.json();
    };
    const [channels, bridges] = await Promise.all([ask('/channels'), ask('/bridges')]);
    return { channels: channels as { name: string }[], bridges: bridges as unknown[] };
  }

  /** Waits until nothing stands in Asterisk any more. */
  async untilEmpty(): Promise<void> {
    await this.until(
      async () => {
        const { channels, bridges } = await this.standing();
        return channels.length === 0 && bridges.length === 0;
      },
      5_000,
      'no channel and no bridge is left',
    );
  }

  /** Process id of a child, by its name in the plan. */
  pidOf(name: string): number {
    const entries = JSON.parse(
      readFileSync(join(this.home, 'run', 'supervisor.pid'), 'utf8'),
    ) as readonly { name: string; pid: number }[];
    const found = entries.find((entry) => entry.name === name);
    if (found === undefined) throw new Error(`${name} does not run`);
    return found.pid;
  }

  async until(
    holds: () => boolean | Promise<boolean>,
    withinMs: number,
    what: string,
  ): Promise<void> {
    const end = performance.now() + withinMs;
    for (;;) {
      if (await holds()) return;
      if (performance.now() > end || this.#supervisor.exitCode !== null) {
        throw new Error(`not so within ${String(withinMs)} ms: ${what}\n${this.log.slice(-4000)}`);
      }
      await sleep(50);
    }
  }

  async close(): Promise<void> {
    await this.#workers.stop();
    if (this.#supervisor.exitCode === null) {
      const gone = new Promise((resolve) => this.#supervisor.once('exit', resolve));
      this.#supervisor.kill('SIGTERM');
      await gone;
    }
    keepPrompts(this.home);
    rmSync(this.home, { recursive: true, force: true });
    rmSync(`${this.home}-keys`, { recursive: true, force: true });
  }
}

/** Why whole calls cannot be tried here, or false. scripts/test sets up what they need. */
export const lacking: string | false = existsSync(
  join(checkoutRoot, '.vestibule/asterisk/current/usr/sbin/asterisk'),
)
  ? false
  : 'no Asterisk here; scripts/test sets it up';

/** The message of an assertion on a call: the whole conversation, if it went otherwise than it should. */
export const told = (report: RehearsalReport): string =>
  report.passed
    ? 'the call went as its scenario says'
    : [...report.events.map(eventLine), ...reportLines(report)].join('\n');
