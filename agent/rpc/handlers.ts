import type { AskName, FetchName } from '../privacy/rooms/table.js';
import { serverStream, unary, type Handler, type Peer } from '../wire/grpc.js';
import { answerPieces, filePieces, type Piece } from './pieces.js';
import type { Door } from './ports.js';
import { refusalOf } from './refuse.js';

/* eslint-disable @typescript-eslint/no-unnecessary-type-parameters --
   The type of a message is the caller's to name: gRPC itself hands out bytes that a proto describes. */

/** Handlers that tell the client, and nobody else, why they failed. */
export class Handlers {
  readonly #door: Door;

  constructor(door: Door) {
    this.#door = door;
  }

  /** One request, one reply. */
  one<Request, Reply>(handle: (request: Request, peer: Peer) => Promise<Reply>): Handler {
    return unary<Request, Reply>(async (request, peer) => {
      try {
        return await handle(request, peer);
      } catch (error) {
        throw refusalOf(error, this.#door.log);
      }
    });
  }

  /** One request, many replies. */
  many<Request, Reply>(
    handle: (request: Request, peer: Peer, signal: AbortSignal) => AsyncIterable<Reply>,
  ): Handler {
    const { log } = this.#door;
    return serverStream<Request, Reply>(async function* (request, signal, peer) {
      try {
        yield* handle(request, peer, signal);
      } catch (error) {
        throw refusalOf(error, log);
      }
    });
  }

  /** A method of the table, with its messages made into what the table asks for, and back. */
  ask<Request>(
    name: AskName,
    asked: (request: Request) => unknown,
    reply: (answer: never) => object = () => ({}),
  ): Handler {
    const { counter, callerOf } = this.#door;
    return this.one<Request, object>(async (request, peer) =>
      reply((await counter.ask(name, asked(request), callerOf(peer))) as never),
    );
  }

  /** A file of the table, and what is told of it at its end. */
  fetch<Request>(name: FetchName, asked: (request: Request) => unknown): Handler {
    const door = this.#door;
    return this.many<Request, Piece>((request, peer) => fetched(door, name, asked(request), peer));
  }
}

/** A file, then the answer. */
export async function* fetched(
  { counter, callerOf }: Door,
  name: FetchName,
  input: unknown,
  peer: Peer,
): AsyncGenerator<Piece> {
  const { bytes, answer } = await counter.open(name, input, callerOf(peer));
  // What fails ends the bytes too, and is told by them.
  answer.catch(() => undefined);
  yield* filePieces(bytes);
  yield* answerPieces(await answer);
}
