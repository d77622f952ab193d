/** The page's one socket: what happens in the house, and what is asked for of calls that run. */

/** What the server tells, by its kind. */
export interface Told {
  readonly kind: string;
  readonly [what: string]: unknown;
}
type Hear = (told: Told) => void;
type HearSound = (sound: ArrayBuffer) => void;

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;

export class Link {
  readonly #hearers = new Set<Hear>();
  readonly #soundHearers = new Set<HearSound>();
  #socket: WebSocket | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wait = FIRST_WAIT_MS;
  #wanted = false;

  /** Connects, and again whenever the connection is lost, until `close`. */
  open(): void {
    this.#wanted = true;
    const socket = new WebSocket(`wss://${location.host}/api/live`);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (typeof data !== 'string') for (const hear of this.#soundHearers) hear(data);
      else this.#tell(JSON.parse(data) as Told);
    };
    socket.onclose = () => {
      if (this.#socket !== socket) return;
      this.#socket = undefined;
      this.#tell({ kind: 'lost' });
      if (!this.#wanted) return;
      this.#timer = setTimeout(() => this.open(), this.#wait);
      this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
    };
    socket.onopen = () => {
      this.#wait = FIRST_WAIT_MS;
    };
  }

  close(): void {
    this.#wanted = false;
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  get up(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  ask(wish: object): void {
    if (this.up) this.#socket?.send(JSON.stringify(wish));
  }

  /** `hello` and `lost` tell of the connection itself. */
  listen(hear: Hear): () => void {
    this.#hearers.add(hear);
    return () => this.#hearers.delete(hear);
  }

  listenToSound(hear: HearSound): () => void {
    this.#soundHearers.add(hear);
    return () => this.#soundHearers.delete(hear);
  }

  #tell(told: Told): void {
    for (const hear of [...this.#hearers]) hear(told);
  }
}

/** The house's link; open while somebody is logged in. */
export const link = new Link();
