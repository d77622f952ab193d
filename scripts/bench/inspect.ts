import WebSocket from 'ws';
import type { Office } from '../../test/calls/office.js';

/** Every Node process of the office opens its inspector on a free port of loopback when it is asked. */
export const INSPECTABLE = { NODE_OPTIONS: '--inspect-port=127.0.0.1:0' };

const LISTENING = /Debugger listening on (ws:\/\/127\.0\.0\.1:\d+\/\S+)/gu;
const OPENS_WITHIN_MS = 20_000;

interface Reply {
  readonly id?: number;
  readonly result?: { readonly result?: { readonly value?: unknown } };
}

/** The inspector of one Node process of the office (Chrome DevTools protocol), until `close`. */
export class Inspector {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<
    number,
    { readonly done: (reply: Reply) => void; readonly fail: (error: Error) => void }
  >();
  #asked = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      const reply = JSON.parse(data.toString('utf8')) as Reply;
      if (reply.id === undefined) return;
      this.#waiting.get(reply.id)?.done(reply);
      this.#waiting.delete(reply.id);
    });
    socket.on('close', () => {
      for (const { fail } of this.#waiting.values()) fail(new Error('the process has ended'));
      this.#waiting.clear();
    });
  }

  /** Asks the process `name` of an office that was opened with INSPECTABLE. One at a time. */
  static async open(office: Office, name: string): Promise<Inspector> {
    const said = (): readonly string[] =>
      [...office.log.matchAll(LISTENING)].map(([, url = '']) => url);
    const before = said().length;
    process.kill(office.pidOf(name), 'SIGUSR1');
    await office.until(() => said().length > before, OPENS_WITHIN_MS, `the inspector of ${name}`);
    const socket = new WebSocket(said().at(-1) ?? '');
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return new Inspector(socket);
  }

  /** Value of a JavaScript expression in the process. */
  async evaluate(expression: string): Promise<unknown> {
    const { result } = await this.#ask('Runtime.evaluate', { expression, returnByValue: true });
    return result?.result?.value;
  }

  /** What nothing refers to any more is given back first. */
  async collectGarbage(): Promise<void> {
    await this.#ask('HeapProfiler.collectGarbage');
  }

  /** The process closes its inspector, too. */
  async close(): Promise<void> {
    const gone = new Promise((resolve) => this.#socket.once('close', resolve));
    const end = "setTimeout(() => process.getBuiltinModule('inspector').close(), 50), 0";
    await Promise.all([gone, this.evaluate(end).catch(() => undefined)]);
  }

  #ask(method: string, params: object = {}): Promise<Reply> {
    this.#asked += 1;
    const id = this.#asked;
    return new Promise((done, fail) => {
      this.#waiting.set(id, { done, fail });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }
}
