import { z } from 'zod';
import {
  isName,
  METHODS,
  type AnyMethod,
  type AskName,
  type FetchName,
  type GiveName,
} from '../privacy/rooms/table.js';
import { duplex, type Handler, type Peer, type Receiver, type ServerSender } from '../wire/grpc.js';
import { rpcErrors } from './errors.js';
import { fetched, Handlers } from './handlers.js';
import { answerPieces, type Piece } from './pieces.js';
import type { Door } from './ports.js';
import { refusalOf } from './refuse.js';

interface Question {
  readonly method: string;
  readonly json: string;
}

interface Handed {
  readonly question?: Question | null;
  readonly file?: Buffer;
}

const MOST_BYTES = 512 * 1024 * 1024;

const kindOf = (method: AnyMethod): 'ask' | 'fetch' | 'give' =>
  'run' in method ? 'ask' : 'open' in method ? 'fetch' : 'give';

/** `vestibule.control.v1.Rooms`: everything that the table holds, by name. */
export function roomsService(door: Door): Readonly<Record<string, Handler>> {
  const handlers = new Handlers(door);
  return {
    Methods: handlers.one(() => Promise.resolve({ methods: described() })),
    Ask: handlers.many<Question, Piece>((question, peer) => asked(door, question, peer)),
    Give: duplex<Handed, Piece>((sender, peer) => new Taker(door, sender, peer)),
  };
}

const described = () =>
  Object.entries<AnyMethod>(METHODS).map(([name, method]) => ({
    ...{ name, right: method.right, kind: kindOf(method), here: method.here === true },
    jsonSchema: JSON.stringify(z.toJSONSchema(method.input, { io: 'input' })),
  }));

async function* asked(door: Door, { method, json }: Question, peer: Peer): AsyncGenerator<Piece> {
  const input = parsed(json);
  if (!isName(method) || kindOf(METHODS[method]) === 'give') {
    throw rpcErrors.make('UNKNOWN_METHOD');
  }
  if (kindOf(METHODS[method]) === 'fetch') {
    yield* fetched(door, method as FetchName, input, peer);
    return;
  }
  yield* answerPieces(await door.counter.ask(method as AskName, input, door.callerOf(peer)));
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json === '' ? '{}' : json) as unknown;
  } catch {
    throw rpcErrors.make('NOT_JSON');
  }
}

/** Takes a file in: the question, then its bytes; answers when the client has sent all. */
class Taker implements Receiver<Handed> {
  readonly #door: Door;
  readonly #sender: ServerSender<Piece>;
  readonly #peer: Peer;
  readonly #parts: Buffer[] = [];
  #bytes = 0;
  #question: Question | undefined;

  constructor(door: Door, sender: ServerSender<Piece>, peer: Peer) {
    this.#door = door;
    this.#sender = sender;
    this.#peer = peer;
  }

  message({ question, file }: Handed): void {
    this.#question ??= question ?? undefined;
    if (file === undefined) return;
    this.#bytes += file.length;
    if (this.#bytes > MOST_BYTES) throw this.#refused(rpcErrors.make('TOO_LARGE'));
    this.#parts.push(file);
  }

  end(): void {
    this.#answer().catch((error: unknown) => {
      this.#sender.fail(this.#refused(error));
    });
  }

  error(): void {
    this.#parts.length = 0;
  }

  async #answer(): Promise<void> {
    const { method = '', json = '' } = this.#question ?? {};
    const input = parsed(json);
    if (!isName(method) || kindOf(METHODS[method]) !== 'give') {
      throw rpcErrors.make('UNKNOWN_METHOD');
    }
    const { counter, callerOf } = this.#door;
    const bytes = Buffer.concat(this.#parts.splice(0));
    const answer = await counter.take(method as GiveName, input, bytes, callerOf(this.#peer));
    for (const piece of answerPieces(answer)) this.#sender.send(piece);
    this.#sender.end();
  }

  readonly #refused = (error: unknown) => refusalOf(error, this.#door.log);
}
