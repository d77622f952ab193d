import WebSocket from 'ws';
import { FRAME_BYTES } from '../audio/frame.js';

/** What a media socket reports. `closed` comes once. */
export interface MediaSocketListener {
  /** Exactly one frame: FRAME_BYTES of little-endian PCM. */
  frame(bytes: Buffer): void;
  /** Asterisk's queue is full (true) or has room again (false). */
  held(full: boolean): void;
  /** Everything sent has been played. */
  drained(): void;
  closed(): void;
}

const OPEN_WITHIN_MS = 3_000;
/** A frame is 640 bytes; Asterisk sends at most a few at once after a stall. */
const MAX_MESSAGE_BYTES = 65_536;

/**
 * The websocket of one Asterisk media channel (chan_websocket, control messages in JSON): frames in
 * both directions, and commands to the channel's play queue.
 */
export class MediaSocket {
  readonly #url: string;
  readonly #listener: MediaSocketListener;
  #socket: WebSocket | undefined;
  #rest: Buffer = Buffer.alloc(0);
  readonly #awaitingStatus: ((queued: number | undefined) => void)[] = [];

  constructor(url: string, listener: MediaSocketListener) {
    this.#url = url;
    this.#listener = listener;
  }

  /** Resolves once the socket is open. */
  open(): Promise<void> {
    const socket = new WebSocket(this.#url, 'media', {
      handshakeTimeout: OPEN_WITHIN_MS,
      maxPayload: MAX_MESSAGE_BYTES,
      perMessageDeflate: false,
    });
    this.#socket = socket;
    socket.on('message', (data: Buffer, binary) => {
      if (binary) this.#audio(data);
      else this.#control(data.toString('utf8'));
    });
    socket.on('close', () => {
      this.#end();
    });
    return new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.on('error', (error) => {
        reject(error);
        this.#end();
      });
    });
  }

  /** Queues frames as one message. A short last one is filled up with silence. */
  send(frames: Uint8Array): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    const short = frames.byteLength % FRAME_BYTES;
    if (short === 0) {
      this.#socket.send(frames);
      return;
    }
    const whole = new Uint8Array(frames.byteLength + FRAME_BYTES - short);
    whole.set(frames);
    this.#socket.send(whole);
  }

  /** Asks for one `drained` once the queue is empty. */
  reportDrained(): void {
    this.#command('REPORT_QUEUE_DRAINED');
  }

  /**
   * Empties the play queue; resolves with the number of frames that were never played, or with
   * undefined if the socket closed before Asterisk told.
   */
  flush(): Promise<number | undefined> {
    if (this.#socket?.readyState !== WebSocket.OPEN) return Promise.resolve(undefined);
    const queued = new Promise<number | undefined>((resolve) => {
      this.#awaitingStatus.push(resolve);
    });
    this.#command('GET_STATUS');
    this.#command('FLUSH_MEDIA');
    return queued;
  }

  close(): void {
    this.#socket?.close();
    this.#end();
  }

  #command(command: string): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify({ command }));
  }

  #audio(data: Buffer): void {
    let bytes = this.#rest.length === 0 ? data : Buffer.concat([this.#rest, data]);
    while (bytes.length >= FRAME_BYTES) {
      this.#listener.frame(bytes.subarray(0, FRAME_BYTES));
      bytes = bytes.subarray(FRAME_BYTES);
    }
    // A part, even an empty one, would keep all that came with it.
    this.#rest = Buffer.from(bytes);
  }

  #control(text: string): void {
    let message: { readonly event?: string; readonly queue_length?: number } | null;
    try {
      message = JSON.parse(text) as typeof message;
    } catch {
      // Not a control message: whatever it was, it must not end the daemon.
      return;
    }
    switch (message?.event) {
      case 'STATUS':
        this.#awaitingStatus.shift()?.(message.queue_length ?? 0);
        break;
      case 'MEDIA_XOFF':
        this.#listener.held(true);
        break;
      case 'MEDIA_XON':
        this.#listener.held(false);
        break;
      case 'QUEUE_DRAINED':
        this.#listener.drained();
        break;
      default:
    }
  }

  #end(): void {
    if (this.#socket === undefined) return;
    this.#socket = undefined;
    for (const resolve of this.#awaitingStatus.splice(0)) resolve(undefined);
    this.#listener.closed();
  }
}
