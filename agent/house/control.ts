import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import type { Examine } from '../cli/doctor-report.js';
import { checkIntents } from '../config/intent-names.js';
import { checkConfiguration } from '../config/load.js';
import { VestibuleError, oneLine } from '../errors.js';
import type { Events } from '../events.js';
import type { ConfigurationDesk } from '../privacy/configuration-desk.js';
import type { CallBackWish } from '../privacy/rooms/method.js';
import type { Stored } from '../reception/watched-records.js';
import type { OpenRecords } from '../records/records.js';
import { farCaller, localCaller } from '../rpc/callers.js';
import type { ControlParts } from '../rpc/ports.js';
import type { ControlServer } from '../rpc/server.js';
import { wireErrors } from '../wire/errors.js';
import { RenewedTls } from '../wire/tls-renewal.js';
import { controlSocket, counterOf, type StoreParts } from './store.js';

/** What the daemon lends the control API. */
export interface ControlHouse extends StoreParts {
  readonly env: NodeJS.ProcessEnv;
  readonly records: OpenRecords;
  readonly configuration: ConfigurationDesk;
  readonly events: Pick<Events<Stored>, 'listen'>;
  readonly examine: Examine;
  readonly reload: () => Promise<void>;
  readonly callBack?: (wanted: CallBackWish) => Promise<void>;
}

/** So long after its socket could not be made it is tried again, in milliseconds. */
const AGAIN_MS = 30_000;

/** The control API of the daemon: on its socket always, over the network where that is configured. */
export class Control {
  readonly #house: ControlHouse;
  #servers: ControlServer[] = [];
  #answering = false;
  #cancel: () => void = () => undefined;

  constructor(house: ControlHouse) {
    this.#house = house;
  }

  /**
   * The local socket is needed by every command; calls are not. Where it cannot be made it is tried again, and
   * that of the network is logged. @throws WIRE_IN_USE: another daemon runs
   */
  async start(): Promise<void> {
    // Only here: the commands load no server.
    const { ControlServer } = await import('../rpc/server.js');
    const { settings, log } = this.#house;
    const { control } = settings;
    const parts = this.#parts();
    await this.#serveHere(parts);
    if (control.listen === '') return;
    try {
      const { ca, certificate, key } = control;
      const tls = new RenewedTls({ ca, certificate, key }, (reason) => {
        log.part('control').error('the certificate of the control API was not renewed', { reason });
      });
      const far = { ...parts, callerOf: farCaller(control.clients) };
      const server = new ControlServer(control.listen, far, tls);
      await server.start();
      this.#servers.push(server);
    } catch (error) {
      log.part('control').error('no control API for other machines', { reason: oneLine(error) });
    }
  }

  /** Says whether calls are answered. */
  answering(yes: boolean): void {
    this.#answering = yes;
    for (const server of this.#servers) server.answering(yes);
  }

  async stop(): Promise<void> {
    this.#cancel();
    for (const server of this.#servers.splice(0).reverse()) await server.stop();
  }

  async #serveHere(parts: ControlParts): Promise<void> {
    const { ControlServer } = await import('../rpc/server.js');
    const { settings, paths, clock, log } = this.#house;
    const callerOf = localCaller(settings.privacy.people, userInfo().username);
    const local = new ControlServer(`unix:${controlSocket(paths)}`, { ...parts, callerOf });
    try {
      await local.start();
      local.answering(this.#answering);
      this.#servers.push(local);
    } catch (error) {
      if (!wireErrors.is(error, 'BIND')) throw error;
      log.part('control').error('commands cannot reach us', { reason: oneLine(error) });
      this.#cancel = clock.after(AGAIN_MS, () => {
        void this.#serveHere(parts).catch((later: unknown) => {
          log.part('control').error('commands cannot reach us', { reason: oneLine(later) });
        });
      });
    }
  }

  #parts(): ControlParts {
    const { paths, env, records, configuration, events, examine, reload, log } = this.#house;
    return {
      counter: counterOf(this.#house, records, configuration, this.#house.callBack),
      happenings: {
        calls: (hear) => events.listen('call', 'control API', hear),
        messages: (hear) => events.listen('message', 'control API', hear),
      },
      examine: async () => (await examine({ fix: false, quick: true })).findings,
      configuration: {
        text: () => readFile(paths.configuration, 'utf8'),
        async faults(text) {
          try {
            const whole = text ?? (await readFile(paths.configuration, 'utf8'));
            const place = text === undefined ? paths.configuration : 'the text';
            checkIntents(checkConfiguration(whole, place, env), paths);
            return [];
          } catch (error) {
            return error instanceof VestibuleError ? faultsOf(error) : [oneLine(error)];
          }
        },
        reload,
      },
      log: log.part('control'),
    };
  }
}

/** Each fault with its path and line, where the error names them. */
function faultsOf(error: VestibuleError): readonly string[] {
  if (error.faults === undefined) return [error.message];
  return error.faults.map(({ path, message, line }) => {
    const where = line === undefined ? '' : ` (line ${String(line)})`;
    return `${path === '' ? 'the file' : path}: ${message}${where}`;
  });
}
