import { once } from 'node:events';
import * as grpc from '@grpc/grpc-js';
import { wireErrors } from './errors.js';
import { fromStatus, senderOf, type Receiver, type ServerSender } from './grpc.js';
import { toStatus } from './status.js';

/** The handler of one method of a served service; made by `unary`, `serverStream` or `duplex`. */
export type Handler = grpc.UntypedHandleCall;

/* eslint-disable @typescript-eslint/no-unnecessary-type-parameters --
   The type of a message is the caller's to name: gRPC itself hands out bytes that a proto describes. */

/** Who sent a request, as far as the connection tells. */
export interface Peer {
  /** What the client sent besides, by its name in small letters. */
  readonly metadata: (name: string) => string | undefined;
  /** Common name of the certificate that the client proved itself with; undefined without TLS. */
  readonly certificate: string | undefined;
}

type ServerCall = Pick<grpc.ServerUnaryCall<unknown, unknown>, 'metadata' | 'getAuthContext'>;

function peerOf(call: ServerCall): Peer {
  const name = call.getAuthContext().sslPeerCertificate?.subject.CN;
  return {
    metadata: (key) => call.metadata.get(key).map(String)[0],
    certificate: Array.isArray(name) ? name[0] : name,
  };
}

/** Serves a method with one request and one reply. */
export function unary<Request, Reply>(
  handle: (request: Request, peer: Peer) => Promise<Reply>,
): Handler {
  return (call: grpc.ServerUnaryCall<Request, Reply>, done: grpc.sendUnaryData<Reply>): void => {
    handle(call.request, peerOf(call)).then(
      (reply) => {
        done(null, reply);
      },
      (error: unknown) => {
        done(toStatus(error));
      },
    );
  };
}

/**
 * Serves a method with one request and many replies; `cancelled` aborts when the client leaves. No reply
 * is asked for while the client has not taken those before.
 */
export function serverStream<Request, Reply>(
  handle: (request: Request, cancelled: AbortSignal, peer: Peer) => AsyncIterable<Reply>,
): Handler {
  return (call: grpc.ServerWritableStream<Request, Reply>): void => {
    const cancelled = new AbortController();
    call.on('cancelled', () => {
      cancelled.abort();
    });
    const pump = async (): Promise<void> => {
      const { signal } = cancelled;
      for await (const reply of handle(call.request, signal, peerOf(call))) {
        if (signal.aborted) return;
        if (!call.write(reply)) await once(call, 'drain', { signal }).catch(() => undefined);
      }
      call.end();
    };
    pump().catch((error: unknown) => {
      call.emit('error', toStatus(error));
    });
  };
}

/** Serves a method with many requests and many replies. */
export function duplex<In, Out>(
  accept: (sender: ServerSender<Out>, peer: Peer) => Receiver<In>,
): Handler {
  return (call: grpc.ServerDuplexStream<In, Out>): void => {
    const cancel = (): void => {
      call.emit('error', { code: grpc.status.ABORTED, details: 'cancelled' });
    };
    const sender = senderOf<Out>(call, cancel);
    const fail = (error: unknown): void => {
      call.emit('error', toStatus(error));
    };
    const receiver = accept(Object.assign(sender, { fail }), peerOf(call));
    let over = false;
    const lost = (error: unknown): void => {
      if (over) return;
      over = true;
      receiver.error(fromStatus(error, 'client'));
    };
    call.on('data', (message: In) => {
      try {
        if (!over) receiver.message(message);
      } catch (error) {
        lost(error);
        fail(error);
      }
    });
    call.on('end', () => {
      // A client that cancels looks like one that has sent everything, a moment before `cancelled`.
      if (!over) receiver.end();
    });
    call.on('cancelled', () => {
      lost(wireErrors.make('CANCELLED', { place: 'client' }));
    });
    call.on('error', lost);
  };
}
