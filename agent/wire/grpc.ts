import { isIP } from 'node:net';
import { checkServerIdentity } from 'node:tls';
import * as grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { VestibuleError, oneLine } from '../errors.js';
import { wireErrors } from './errors.js';
import { refusedIn } from './status.js';
import { hostOf, type TlsIdentity } from './tls.js';

/** A gRPC service as its proto file defines it. */
export type Service = grpc.ServiceDefinition;

/**
 * Loads the service `name` (with its package) from the proto file at `path`. Fields become
 * camelCase, absent ones take their default, bytes are Buffers, 64-bit integers numbers.
 */
export function loadService(path: string, name: string): Service {
  const loaded = loadSync(path, { longs: Number, defaults: true, oneofs: true, arrays: true });
  const service = loaded[name];
  if (service === undefined || 'format' in service) {
    throw wireErrors.make('PROTO', { place: `${path}: ${name}` });
  }
  return service;
}

/** One direction of a stream as its owner sees it. */
export interface Sender<Out> {
  /** Messages handed over and not yet taken by the socket: gRPC buffers without limit, callers must not. */
  readonly outstanding: number;
  send(message: Out): void;
  /** No more will be sent. */
  end(): void;
  /** Ends both directions at once. */
  cancel(): void;
}

/** The sending side of a server. */
export interface ServerSender<Out> extends Sender<Out> {
  /** Ends both directions and tells the client why. */
  fail(error: unknown): void;
}

/**
 * What is done with what a stream brings. After `end` no message comes, but at a server an `error` may
 * follow, when the client leaves before it has the answer; after `error` nothing comes.
 */
export interface Receiver<In> {
  message(message: In): void;
  end(): void;
  error(error: VestibuleError): void;
}

export { duplex, serverStream, unary, type Handler, type Peer } from './handlers.js';

/**
 * OpenSSL and Node say it in words alone. In TLS 1.3 a server refuses after the client believes that it
 * is connected, and of that the library says no more than that it failed to.
 */
const CLOSED = 'Failed to connect (';
const TLS_WORDS = /certificate|altnames|SSL routines|alert/iu;
const tlsReason = (detail: string): string =>
  detail.includes(CLOSED)
    ? 'it closed the connection when it saw ours'
    : detail.replace(/^.*Last error: (?:Error: )?/u, '').replace(/\s*Resolution note:.*$/u, '');

/** The error that a status of gRPC means at `place`. */
export function fromStatus(error: unknown, place: string, sealed = false): VestibuleError {
  if (error instanceof VestibuleError) return error;
  const status = error as Partial<grpc.ServiceError>;
  const refused = refusedIn(status);
  if (refused !== undefined) return refused;
  const detail = status.details ?? oneLine(error);
  switch (status.code) {
    case grpc.status.UNAVAILABLE:
      if (sealed && (detail.includes(CLOSED) || TLS_WORDS.test(detail))) {
        return wireErrors.make('TLS_REFUSED', { place, detail: tlsReason(detail), cause: error });
      }
      return wireErrors.make('UNREACHABLE', { place, cause: error });
    case grpc.status.DEADLINE_EXCEEDED:
      return wireErrors.make('DEADLINE', { place, cause: error });
    case grpc.status.CANCELLED:
      return wireErrors.make('CANCELLED', { place, cause: error });
    default:
      return wireErrors.make('FAILED', { place, detail, cause: error });
  }
}

interface Writable<Out> {
  write(message: Out, done: () => void): boolean;
  end(): void;
}

/** The sending side of a stream of the library. */
export function senderOf<Out>(stream: Writable<Out>, cancel: () => void): Sender<Out> {
  let outstanding = 0;
  let ended = false;
  return {
    get outstanding() {
      return outstanding;
    },
    send(message) {
      if (ended) return;
      outstanding += 1;
      stream.write(message, () => {
        outstanding -= 1;
      });
    },
    end() {
      if (ended) return;
      ended = true;
      stream.end();
    },
    cancel() {
      ended = true;
      cancel();
    },
  };
}

/* eslint-disable @typescript-eslint/no-unnecessary-type-parameters --
   The type of a message is the caller's to name: gRPC itself hands out bytes that a proto describes. */

const CHANNEL_OPTIONS: grpc.ChannelOptions = {
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.min_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 1000,
  'grpc.use_local_subchannel_pool': 1,
  // A proxy in the environment must never see what callers say.
  'grpc.enable_http_proxy': 0,
};

/**
 * A machine that is cut off sends no word of it: a connection whose ping is not answered for two
 * seconds is given up, so that it is known within three. Not for servers of others: gRPC's own ends
 * connections that ping so often.
 */
const KEEPALIVE_OPTIONS = {
  'grpc.keepalive_time_ms': 1000,
  'grpc.keepalive_timeout_ms': 2000,
  'grpc.keepalive_permit_without_calls': 1,
};

/** What TLS calls a server that is reached by its number: SNI may hold no IP address (RFC 6066, 3). */
const NAMELESS = 'vestibule-speech';

/** A connection to one service at one address (`unix:/path` or `host:port`). */
export class GrpcClient {
  readonly address: string;
  readonly #service: Service;
  readonly #tls: (() => TlsIdentity) | undefined;
  readonly #metadata = new grpc.Metadata();
  #client: grpc.Client | undefined;
  /** What the client shows. */
  #identity: TlsIdentity | undefined;

  /**
   * `tls` is asked with every request: when it has changed a new connection is opened, and requests
   * that go over the old one are left to end. Without it nothing is sealed. `metadata` goes with every
   * request.
   */
  constructor(
    address: string,
    service: Service,
    tls?: () => TlsIdentity,
    metadata: Readonly<Record<string, string>> = {},
  ) {
    this.address = address;
    this.#service = service;
    this.#tls = tls;
    for (const [name, value] of Object.entries(metadata)) this.#metadata.set(name, value);
  }

  /**
   * Sends `request`, with `more` metadata, and resolves to the reply. Throws WIRE errors; `deadline` is
   * in milliseconds.
   */
  unary<Request, Reply>(
    method: string,
    request: Request,
    deadline: number,
    more: Readonly<Record<string, string>> = {},
  ): Promise<Reply> {
    const { path, requestSerialize, responseDeserialize } = this.#method(method);
    return new Promise((resolve, reject) => {
      this.#open().makeUnaryRequest(
        path,
        requestSerialize,
        responseDeserialize as (bytes: Buffer) => Reply,
        request,
        this.#metadataWith(more),
        { deadline: Date.now() + deadline },
        (error, reply) => {
          if (error !== null) reject(fromStatus(error, this.address, this.#tls !== undefined));
          else resolve(reply as Reply);
        },
      );
    });
  }

  /**
   * Sends `request` and yields the replies. Leaving the loop cancels, and so does `signal` while a reply is
   * waited for. `deadline` is for all of it.
   */
  async *serverStream<Request, Reply>(
    method: string,
    request: Request,
    deadline: number,
    more: Readonly<Record<string, string>> = {},
    signal?: AbortSignal,
  ): AsyncGenerator<Reply> {
    const { path, requestSerialize, responseDeserialize } = this.#method(method);
    const call = this.#open().makeServerStreamRequest(
      path,
      requestSerialize,
      responseDeserialize as (bytes: Buffer) => Reply,
      request,
      this.#metadataWith(more),
      { deadline: Date.now() + deadline },
    );
    const cancel = (): void => {
      call.cancel();
    };
    signal?.addEventListener('abort', cancel);
    try {
      if (signal?.aborted === true) return;
      for await (const reply of call) yield reply as Reply;
    } catch (error) {
      throw fromStatus(error, this.address, this.#tls !== undefined);
    } finally {
      signal?.removeEventListener('abort', cancel);
      cancel();
    }
  }

  /** Opens a stream in both directions. */
  duplex<Out, In>(method: string, receiver: Receiver<In>): Sender<Out> {
    const { path, requestSerialize, responseDeserialize } = this.#method(method);
    const call = this.#open().makeBidiStreamRequest(
      path,
      requestSerialize,
      responseDeserialize as (bytes: Buffer) => In,
      this.#metadata,
    );
    let over = false;
    call.on('data', (message: In) => {
      if (!over) receiver.message(message);
    });
    call.on('end', () => {
      // An error's end comes first; its status follows in the same turn of the event loop.
      setImmediate(() => {
        if (over) return;
        over = true;
        receiver.end();
      });
    });
    call.on('error', (error: unknown) => {
      if (over) return;
      over = true;
      receiver.error(fromStatus(error, this.address, this.#tls !== undefined));
    });
    return senderOf<Out>(call, () => {
      over = true;
      call.cancel();
    });
  }

  /** Closes the connection; what waits for it to stand fails. A later request opens it again. */
  close(): void {
    this.#client?.close();
    this.#client = undefined;
  }

  #metadataWith(more: Readonly<Record<string, string>>): grpc.Metadata {
    const metadata = this.#metadata.clone();
    for (const [name, value] of Object.entries(more)) metadata.set(name, value);
    return metadata;
  }

  #open(): grpc.Client {
    const identity = this.#tls?.();
    // The library lets what is under way on a closed connection come to its end.
    if (identity !== this.#identity) this.close();
    this.#identity = identity;
    this.#client ??= this.#connect(identity);
    return this.#client;
  }

  #connect(identity: TlsIdentity | undefined): grpc.Client {
    const { address } = this;
    if (identity === undefined) {
      return new grpc.Client(address, grpc.credentials.createInsecure(), CHANNEL_OPTIONS);
    }
    const { ca, key, certificate } = identity;
    const host = hostOf(address);
    const numbered = isIP(host) !== 0;
    const credentials = grpc.credentials.createSsl(ca, key, certificate, {
      ...(numbered && { checkServerIdentity: (_, shown) => checkServerIdentity(host, shown) }),
    });
    return new grpc.Client(address, credentials, {
      ...CHANNEL_OPTIONS,
      ...KEEPALIVE_OPTIONS,
      ...(numbered && { 'grpc.ssl_target_name_override': NAMELESS }),
    });
  }

  #method(name: string): grpc.MethodDefinition<unknown, unknown> {
    const method = this.#service[name];
    if (method === undefined) throw wireErrors.make('PROTO', { place: name });
    return method as grpc.MethodDefinition<unknown, unknown>;
  }
}

/** The library's own server and its way to bind, for server.ts. */
export function createServer(far: boolean): grpc.Server {
  // A client that was cut off is given up, and what it asked for with it.
  return new grpc.Server(far ? KEEPALIVE_OPTIONS : {});
}

/**
 * Binds `server` to `address`; with `tls` only clients with a certificate of the same CA are served.
 * Returns the port.
 */
export function bindServer(
  server: grpc.Server,
  address: string,
  tls: ServerTls | undefined,
): Promise<number> {
  const credentials = tls === undefined ? grpc.ServerCredentials.createInsecure() : renewable(tls);
  return new Promise((resolve, reject) => {
    server.bindAsync(address, credentials, (cause, port) => {
      if (cause === null) resolve(port);
      else reject(wireErrors.make('BIND', { place: address, detail: oneLine(cause), cause }));
    });
  });
}

/** What a server shows: now, and from a renewal on. */
export interface ServerTls {
  current(): TlsIdentity;
  /** What is returned ends it. */
  follow(listener: (identity: TlsIdentity) => void): () => void;
}

/**
 * Credentials that may change while the server runs: connections that stand go on. The library wants a
 * listener for the authority and one for our own certificate, and the first word after it has listened.
 */
function renewable(tls: ServerTls): grpc.ServerCredentials {
  const ends = new Map<object, () => void>();
  const follow = (listener: object, tell: (identity: TlsIdentity) => void): void => {
    ends.set(listener, tls.follow(tell));
    process.nextTick(() => {
      if (ends.has(listener)) tell(tls.current());
    });
  };
  const leave = (listener: object): void => {
    ends.get(listener)?.();
    ends.delete(listener);
  };
  const provider: grpc.experimental.CertificateProvider = {
    addCaCertificateListener(listener) {
      follow(listener, ({ ca }) => {
        listener({ caCertificate: ca });
      });
    },
    addIdentityCertificateListener(listener) {
      follow(listener, ({ certificate, key }) => {
        listener({ certificate, privateKey: key });
      });
    },
    removeCaCertificateListener: leave,
    removeIdentityCertificateListener: leave,
  };
  return grpc.experimental.createCertificateProviderServerCredentials(provider, provider, true);
}
