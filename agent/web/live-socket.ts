import { z } from 'zod';
import type { WebSocket } from '@fastify/websocket';
import { bytesOfPcm } from '../audio/frame.js';
import { oneLine, VestibuleError } from '../errors.js';
import type { LiveEnd } from '../reception/live/audience.js';
import type { LiveCall } from '../reception/live/live-desk.js';
import type { LiveLine } from '../reception/live/notes.js';
import { webErrors } from './errors.js';
import type { Visitor } from './guard.js';
import type { WebParts } from './ports.js';
import { idParam } from './routes/api.js';

/** What a page may ask over its socket. */
const wish = z.discriminatedUnion('do', [
  z.object({ do: z.literal('watch') }),
  z.object({ do: z.literal('unwatch') }),
  z.object({ do: z.literal('listen'), call: idParam.shape.id }),
  z.object({ do: z.literal('hush') }),
]);

/** News of a call are gathered for so long before they are sent. */
const GATHER_MS = 60;
/** A page that takes its sound slower than it comes hears gaps, and the server's memory stays as it is. */
const MOST_WAITING_BYTES = 256 * 1024;
/** Before the sound: one byte for the side (0 the caller, 1 we), three of nothing, four for the time in ms. */
const HEADER_BYTES = 8;

type Parts = Pick<WebParts, 'live' | 'log' | 'room'>;

/**
 * What one page sees and hears of calls that run: words to whoever may read transcripts, sound to whoever
 * may listen to recordings, each written down before the first of it is sent.
 */
export class LiveSocket {
  readonly #parts: Parts;
  readonly #visitor: Visitor;
  readonly #socket: WebSocket;
  #watching = false;
  /** What was sent of each call that is watched, to send only what is new. */
  readonly #sent = new Map<string, readonly LiveLine[]>();
  readonly #news = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #hush: () => void = () => undefined;

  constructor(parts: Parts, visitor: Visitor, socket: WebSocket) {
    this.#parts = parts;
    this.#visitor = visitor;
    this.#socket = socket;
  }

  /** Something came from the page. */
  async take(message: string): Promise<void> {
    try {
      const wanted = wish.safeParse(parsed(message));
      if (!wanted.success) throw webErrors.make('BAD_REQUEST', { place: 'socket' });
      switch (wanted.data.do) {
        case 'watch':
          this.#watch();
          break;
        case 'unwatch':
          this.#unwatch();
          break;
        case 'listen':
          await this.#listen(wanted.data.call);
          break;
        case 'hush':
          this.#hush();
      }
    } catch (error) {
      this.#refuse(error);
    }
  }

  /** There is something new to see of a call. */
  changed(call: string): void {
    if (!this.#watching) return;
    this.#news.add(call);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const calls = [...this.#news];
      this.#news.clear();
      for (const one of calls) void this.#show(one);
    }, GATHER_MS);
  }

  /** The page is gone. */
  close(): void {
    this.#unwatch();
    this.#hush();
  }

  #watch(): void {
    this.#demand('calls.content');
    this.#watching = true;
    this.#sent.clear();
    const running = this.#parts.live.list();
    this.#send('watching', { calls: running.map(({ id }) => id) });
    for (const { id } of running) this.changed(id);
  }

  #unwatch(): void {
    this.#watching = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#news.clear();
  }

  async #show(id: string): Promise<void> {
    const { live, room } = this.#parts;
    if (live.find(id) !== undefined && !this.#sent.has(id)) {
      this.#sent.set(id, []);
      try {
        await room.live.enter('watch', id, this.#visitor.who);
      } catch (error) {
        this.#refuse(error);
        return;
      }
    }
    const call = live.find(id);
    if (!this.#watching) return;
    if (call === undefined) {
      this.#sent.delete(id);
      this.#send('live-over', { id });
      return;
    }
    const before = this.#sent.get(id) ?? [];
    const { lines, ...head } = call;
    const same = lines.findIndex((line, at) => before[at] !== line);
    const from = same < 0 ? lines.length : same;
    this.#sent.set(id, lines);
    this.#send('live', {
      call: head satisfies Omit<LiveCall, 'lines'>,
      from,
      lines: lines.slice(from),
    });
  }

  async #listen(call: string): Promise<void> {
    const { live, room } = this.#parts;
    this.#demand('calls.listen');
    this.#hush();
    live.mayListen(call);
    await room.live.enter('listen', call, this.#visitor.who);
    const off = live.listen(call, {
      sound: (side, pcm, atMs) => {
        const socket = this.#socket;
        if (socket.readyState !== socket.OPEN || socket.bufferedAmount > MOST_WAITING_BYTES) return;
        const header = Buffer.alloc(HEADER_BYTES);
        header.writeUInt8(side === 'caller' ? 0 : 1, 0);
        header.writeUInt32LE(Math.max(0, Math.round(atMs)), 4);
        socket.send(Buffer.concat([header, bytesOfPcm(pcm)]), { binary: true });
      },
      over: (why) => {
        this.#hushed(call, why);
      },
    });
    this.#hush = () => {
      off();
      this.#hushed(call, 'hush');
    };
    this.#send('listening', { id: call });
  }

  #hushed(call: string, why: LiveEnd | 'hush'): void {
    this.#hush = () => undefined;
    this.#send('listening-over', { id: call, why });
  }

  #demand(right: Visitor['rights'][number]): void {
    if (!this.#visitor.rights.includes(right)) throw webErrors.make('FORBIDDEN', { place: right });
  }

  #refuse(error: unknown): void {
    if (error instanceof VestibuleError) {
      const { code, message, mend } = error;
      this.#send('refused', { code, message, mend });
      return;
    }
    this.#parts.log.error('a wish of a page failed', { reason: oneLine(error) });
    this.#send('refused', webErrors.make('INTERNAL'));
  }

  #send(kind: string, told: object): void {
    const socket = this.#socket;
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify({ kind, ...told }));
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
