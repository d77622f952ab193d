import { connect } from 'node:net';
import { readWhole, writeStream, type Rooms } from '../privacy/rooms/rooms.js';
import type { AskName, FetchName, GiveName, InputOf, OutputOf } from '../privacy/rooms/table.js';
import { GrpcClient, loadService, type Sender } from '../wire/grpc.js';
import type { TlsIdentity } from '../wire/tls.js';
import { TOKEN, USER } from './callers.js';
import { answerOf, type Piece } from './pieces.js';
import { PROTO } from './server.js';

/** An erasure or a report of many calls takes its time. */
const WITHIN_MS = 30 * 60_000;
const PIECE = 64 * 1024;
/** Pieces of a file that may be on their way. */
const AHEAD = 16;

/** Whether somebody listens at the socket. */
export function listens(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(path);
    probe.once('connect', () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', () => {
      resolve(false);
    });
  });
}

/** What a command sends with every question. */
export const userMetadata = (
  user: string | undefined,
  token: string | undefined,
): Readonly<Record<string, string>> => ({
  ...(user === undefined ? {} : { [USER]: user }),
  ...(token === undefined || token === '' ? {} : { [TOKEN]: token }),
});

/** The rooms of a daemon that runs, over its control API. */
export class RemoteRooms implements Rooms {
  readonly #client: GrpcClient;

  /**
   * `user` is who asks, on a local socket, and `token` shows that they have logged in; over the network
   * the certificate says it.
   */
  constructor(address: string, user?: string, tls?: () => TlsIdentity, token?: string) {
    this.#client = new GrpcClient(
      address,
      loadService(PROTO, 'vestibule.control.v1.Rooms'),
      tls,
      userMetadata(user, token),
    );
  }

  async ask<One extends AskName>(method: One, input: InputOf<One>): Promise<OutputOf<One>> {
    const parts: Uint8Array[] = [];
    for await (const { json } of this.#asked(method, input)) if (json) parts.push(json);
    return answerOf(parts) as OutputOf<One>;
  }

  async fetch<One extends FetchName>(
    method: One,
    input: InputOf<One>,
    to: string,
  ): Promise<OutputOf<One>> {
    const parts: Uint8Array[] = [];
    const pieces = this.#asked(method, input);
    // Who is refused leaves no file.
    const first = await pieces.next();
    async function* bytes(): AsyncGenerator<Uint8Array> {
      if (first.done !== true) {
        if (first.value.file) yield first.value.file;
        if (first.value.json) parts.push(first.value.json);
      }
      for await (const { file, json } of pieces) {
        if (file) yield file;
        if (json) parts.push(json);
      }
    }
    await writeStream(to, bytes());
    return answerOf(parts) as OutputOf<One>;
  }

  async give<One extends GiveName>(
    method: One,
    input: InputOf<One>,
    from: string,
  ): Promise<OutputOf<One>> {
    const bytes = await readWhole(from);
    const parts: Uint8Array[] = [];
    return new Promise((resolve, reject) => {
      const sender: Sender<object> = this.#client.duplex<object, Piece>('Give', {
        message: ({ json }) => {
          if (json) parts.push(json);
        },
        end: () => {
          resolve(answerOf(parts) as OutputOf<One>);
        },
        error: reject,
      });
      sender.send({ question: { method, json: JSON.stringify(input) } });
      let at = 0;
      const more = (): void => {
        while (at < bytes.length && sender.outstanding < AHEAD) {
          sender.send({ file: bytes.subarray(at, at + PIECE) });
          at += PIECE;
        }
        if (at < bytes.length) setTimeout(more, 1);
        else sender.end();
      };
      more();
    });
  }

  close(): void {
    this.#client.close();
  }

  #asked(method: string, input: unknown): AsyncGenerator<Piece> {
    const question = { method, json: JSON.stringify(input) };
    return this.#client.serverStream<object, Piece>('Ask', question, WITHIN_MS);
  }
}
