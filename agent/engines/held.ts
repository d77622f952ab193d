import { SPEECH_PROTO, SPEECH_SERVICE, type DescribeReply } from '../speech/protocol.js';
import { duplex, loadService, serverStream, unary, type Handler } from '../wire/grpc.js';
import { Health } from '../wire/health.js';
import { GrpcServer, type ServerSafety } from '../wire/server.js';
import { engineErrors } from './errors.js';

/** In the place of an engine that cannot be used: tells whoever asks why, and that it does not serve. */
export class Held {
  readonly #worker: string;
  readonly #address: string;
  readonly #safety: ServerSafety;
  #server: GrpcServer | undefined;
  #reason = '';

  constructor(worker: string, address: string, safety: ServerSafety) {
    this.#worker = worker;
    this.#address = address;
    this.#safety = safety;
  }

  /** Serves `reason` from now on. Throws WIRE errors of a server. */
  async tell(reason: string): Promise<void> {
    this.#reason = reason;
    if (this.#server !== undefined) return;
    const server = new GrpcServer(this.#address, this.#safety);
    // It says from the beginning that nothing serves, and is never told otherwise.
    new Health(server).set(SPEECH_SERVICE, false);
    server.add(loadService(SPEECH_PROTO, SPEECH_SERVICE), this.#handlers());
    await server.start();
    this.#server = server;
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
    this.#server = undefined;
  }

  #handlers(): Readonly<Record<string, Handler>> {
    const refuse = (): never => {
      throw engineErrors.make('HELD', { place: this.#worker, detail: this.#reason });
    };
    const stream = duplex(() => ({
      message: refuse,
      end: () => undefined,
      error: () => undefined,
    }));
    const describe = (): Promise<DescribeReply> =>
      Promise.resolve({
        ...{ worker: this.#worker, engines: [], models: [], fault: this.#reason },
        ...{ residentBytes: process.memoryUsage.rss(), cpuSeconds: process.cpuUsage().user / 1e6 },
      });
    return {
      Listen: stream,
      Recognize: stream,
      // eslint-disable-next-line @typescript-eslint/require-await -- it only refuses
      Speak: serverStream(async function* () {
        refuse();
      }),
      Embed: unary(() => Promise.resolve().then(refuse)),
      Describe: unary(describe),
    };
  }
}
