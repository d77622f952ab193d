import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import type { Clock } from '../../clock.js';
import { rehearseErrors } from './errors.js';
import {
  cseqOf,
  formatSip,
  newBranch,
  parameterOf,
  parseSip,
  type HeaderList,
  type SipMessage,
} from './sip-message.js';
import { formatResponse } from './sip-response.js';
import { GIVE_UP, retransmit, T2 } from './sip-timers.js';

/** Where a datagram goes to or came from. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** A request without its Via, which the transaction adds. */
export interface OutgoingRequest {
  readonly method: string;
  readonly uri: string;
  readonly headers: HeaderList;
  readonly body: string;
}

export interface ClientListener {
  /** Every provisional response, the final one, and for INVITE each repeated 2xx. */
  response(response: SipMessage): void;
  /** No response within 64 × T1. */
  timeout(): void;
}

/** A request that we sent. */
export interface ClientTransaction {
  readonly branch: string;
}

/** A request that we received and answer. */
export interface ServerTransaction {
  readonly request: SipMessage;
  readonly source: Endpoint;
  /** The tag that our responses put into To if the request has none there. */
  readonly toTag: string;
  /** Sends a response; final responses to INVITE are repeated until acknowledged. */
  respond(status: number, reason: string, headers: HeaderList, body?: string): void;
  /** The ACK of our 2xx came: it is not repeated any more. */
  acknowledged(): void;
}

export interface RequestListener {
  request(transaction: ServerTransaction): void;
  /** An ACK, which has no transaction of its own when it follows a 2xx. */
  ack(request: SipMessage): void;
}

interface ClientState {
  readonly listener: ClientListener;
  readonly request: OutgoingRequest;
  readonly to: Endpoint;
  stopTimer: () => void;
  final: boolean;
}

interface ServerState {
  lastResponse: Buffer | undefined;
  stopTimer: () => void;
  toTag: string;
}

/** SIP over UDP: one socket, client and server transactions with their timers (RFC 3261, 17). */
export class SipTransactions {
  readonly #clock: Clock;
  readonly #local: Endpoint;
  readonly #clients = new Map<string, ClientState>();
  readonly #servers = new Map<string, ServerState>();
  readonly #timers = new Set<() => void>();
  #socket: Socket | undefined;
  #listener: RequestListener | undefined;

  /** `local.port` 0 takes a free one. */
  constructor(clock: Clock, local: Endpoint) {
    this.#clock = clock;
    this.#local = local;
  }

  /** Our own address. Only after `start`. */
  get address(): Endpoint {
    const port = this.#socket?.address().port ?? this.#local.port;
    return { host: this.#local.host, port };
  }

  listen(listener: RequestListener): void {
    this.#listener = listener;
  }

  /** Binds the socket. Throws REHEARSE_SOCKET_FAILED. */
  async start(): Promise<void> {
    if (this.#socket !== undefined) return;
    const socket = createSocket(this.#local.host.includes(':') ? 'udp6' : 'udp4');
    await new Promise<void>((resolve, reject) => {
      socket.once('error', (cause) => {
        reject(rehearseErrors.make('SOCKET_FAILED', { place: this.#local.host, cause }));
      });
      socket.bind(this.#local.port, this.#local.host, resolve);
    });
    socket.removeAllListeners('error');
    // An ICMP error about one datagram is answered by the transaction's timeout.
    socket.on('error', () => undefined);
    socket.on('message', (datagram, source) => {
      this.#receive(datagram, source);
    });
    this.#socket = socket;
  }

  async stop(): Promise<void> {
    const socket = this.#socket;
    this.#socket = undefined;
    for (const state of [...this.#clients.values(), ...this.#servers.values()]) state.stopTimer();
    for (const cancel of this.#timers) cancel();
    this.#clients.clear();
    this.#servers.clear();
    this.#timers.clear();
    if (socket === undefined) return;
    await new Promise<void>((resolve) => {
      socket.close(() => {
        resolve();
      });
    });
  }

  /** Sends a request and repeats it until answered. A CANCEL takes over the INVITE's `branch`. */
  request(
    request: OutgoingRequest,
    to: Endpoint,
    listener: ClientListener,
    branch = newBranch(),
  ): ClientTransaction {
    const key = `${branch}:${request.method}`;
    const send = (): void => {
      this.#send(this.#format(request, branch), to);
    };
    send();
    const invite = request.method === 'INVITE';
    const stopTimer = retransmit(this.#clock, invite ? GIVE_UP : T2, send, () => {
      this.#clients.delete(key);
      listener.timeout();
    });
    this.#clients.set(key, { listener, request, to, stopTimer, final: false });
    return { branch };
  }

  /** Sends an ACK for a 2xx: a request of its own that nobody answers. */
  acknowledge(request: OutgoingRequest, to: Endpoint): void {
    this.#send(this.#format(request, newBranch()), to);
  }

  #format(request: OutgoingRequest, branch: string): Buffer {
    const { host, port } = this.address;
    const via = `SIP/2.0/UDP ${host}:${port};branch=${branch};rport`;
    return formatSip({
      ...request,
      status: 0,
      reason: '',
      headers: [['Via', via], ['Max-Forwards', '70'], ...request.headers],
    });
  }

  #send(datagram: Buffer, to: Endpoint): void {
    // A failed send is like a lost datagram: the timers deal with it.
    this.#socket?.send(datagram, to.port, to.host, () => undefined);
  }

  #receive(datagram: Buffer, source: RemoteInfo): void {
    const message = parseSip(datagram);
    if (message === undefined) return;
    if (message.method === undefined) this.#receiveResponse(message);
    else this.#receiveRequest(message, { host: source.address, port: source.port });
  }

  #receiveResponse(response: SipMessage): void {
    const branch = parameterOf(response.headers.get('via') ?? '', 'branch') ?? '';
    const method = cseqOf(response).method;
    const key = `${branch}:${method}`;
    const state = this.#clients.get(key);
    if (state === undefined) return;
    const invite = method === 'INVITE';
    if (response.status < 200) {
      // A provisional response ends the repetition of an INVITE only (17.1.1.2, 17.1.2.2).
      if (invite) state.stopTimer();
      if (!state.final) state.listener.response(response);
      return;
    }
    state.stopTimer();
    const repeated = state.final;
    state.final = true;
    if (invite && response.status >= 300) this.#acknowledgeFailure(state, branch, response);
    // Timers D and K: stay long enough to absorb what is repeated.
    if (!repeated) this.#forget(() => this.#clients.delete(key));
    if (!repeated || (invite && response.status < 300)) state.listener.response(response);
  }

  /** The ACK of a failed INVITE belongs to its transaction (17.1.1.3). */
  #acknowledgeFailure(state: ClientState, branch: string, response: SipMessage): void {
    const kept = new Set(['from', 'call-id', 'route']);
    const headers: HeaderList = [
      ...state.request.headers.filter(([name]) => kept.has(name.toLowerCase())),
      ['To', response.headers.get('to') ?? ''],
      ['CSeq', `${cseqOf(response).number} ACK`],
    ];
    const ack = { method: 'ACK', uri: state.request.uri, headers, body: '' };
    this.#send(this.#format(ack, branch), state.to);
  }

  #forget(run: () => void): void {
    const cancel = this.#clock.after(GIVE_UP, () => {
      this.#timers.delete(cancel);
      run();
    });
    this.#timers.add(cancel);
  }

  #receiveRequest(request: SipMessage, source: Endpoint): void {
    const via = request.headers.get('via') ?? '';
    const sentBy = /^SIP\/2\.0\/\w+\s+([^;\s]+)/iu.exec(via)?.[1] ?? '';
    const method = request.method === 'ACK' ? 'INVITE' : (request.method ?? '');
    const key = `${parameterOf(via, 'branch') ?? ''}:${sentBy}:${method}`;
    const known = this.#servers.get(key);
    if (request.method === 'ACK') {
      known?.stopTimer();
      this.#listener?.ack(request);
      return;
    }
    if (known !== undefined) {
      if (known.lastResponse !== undefined) this.#send(known.lastResponse, source);
      return;
    }
    const state: ServerState = {
      lastResponse: undefined,
      stopTimer: () => undefined,
      toTag: newBranch().slice(7),
    };
    this.#servers.set(key, state);
    this.#forget(() => this.#servers.delete(key));
    this.#listener?.request({
      request,
      source,
      toTag: state.toTag,
      acknowledged: () => {
        state.stopTimer();
      },
      respond: (status, reason, headers, body = '') => {
        state.stopTimer();
        const message = formatResponse(request, source, state.toTag, status, reason, headers, body);
        state.lastResponse = message;
        this.#send(message, source);
        if (method !== 'INVITE' || status < 200) return;
        state.stopTimer = retransmit(
          this.#clock,
          T2,
          () => {
            this.#send(message, source);
          },
          () => undefined,
        );
      },
    });
  }
}
