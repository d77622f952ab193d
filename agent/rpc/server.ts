import { join } from 'node:path';
import { checkoutRoot } from '../wire/checkout.js';
import { loadService, type Handler, type ServerTls } from '../wire/grpc.js';
import { Health } from '../wire/health.js';
import { reflect } from '../wire/reflection.js';
import { GrpcServer } from '../wire/server.js';
import type { Door } from './ports.js';
import { roomsService } from './rooms-service.js';
import {
  callsService,
  configurationService,
  doctorService,
  messagesService,
  privacyService,
} from './typed-services.js';

export const PROTO = join(checkoutRoot, 'agent', 'rpc', 'agent.proto');
const HEALTH_PROTO = join(checkoutRoot, 'agent', 'wire', 'health.proto');
const PACKAGE = 'vestibule.control.v1';

/** What is served at every door. */
const SERVICES: Readonly<Record<string, (door: Door) => Readonly<Record<string, Handler>>>> = {
  Calls: callsService,
  Messages: messagesService,
  Privacy: privacyService,
  Configuration: configurationService,
  Doctor: doctorService,
  Rooms: roomsService,
};

/** The control API at one address, with health checking and reflection. */
export class ControlServer {
  readonly #server: GrpcServer;
  readonly #health: Health;

  /** `address` is `unix:/path`, readable by this user alone, or `host:port` with `tls`. */
  constructor(address: string, door: Door, tls?: ServerTls) {
    this.#server = new GrpcServer(address, tls === undefined ? {} : { tls });
    for (const [name, handlers] of Object.entries(SERVICES)) {
      this.#server.add(loadService(PROTO, `${PACKAGE}.${name}`), handlers(door));
    }
    this.#health = new Health(this.#server);
    reflect(this.#server, [PROTO, HEALTH_PROTO]);
  }

  /** The port that was bound; 0 on a Unix socket. */
  get port(): number {
    return this.#server.port;
  }

  /** @throws WIRE_IN_USE, WIRE_BIND, WIRE_UNSEALED */
  async start(): Promise<void> {
    await this.#server.start();
    for (const name of Object.keys(SERVICES)) this.#health.set(`${PACKAGE}.${name}`, true);
  }

  /** Says to health checks whether calls are answered. */
  answering(yes: boolean): void {
    this.#health.set('', yes);
  }

  async stop(): Promise<void> {
    this.#health.set('', false);
    for (const name of Object.keys(SERVICES)) this.#health.set(`${PACKAGE}.${name}`, false);
    await this.#server.stop();
  }
}
