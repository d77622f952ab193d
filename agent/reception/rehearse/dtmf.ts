/** The keys of RFC 4733 section 3.2 in the order of their event codes. */
const KEYS = '0123456789*#ABCD';

/** -10 dBm0, what telephones send. */
const VOLUME = 10;
/** The end of an event is sent three times, so that one lost packet loses nothing. */
const END_PACKETS = 3;

/** One packet of a key press. */
export interface EventPacket {
  readonly payload: Uint8Array;
  /** RTP marker: set on the first packet of the event. */
  readonly marker: boolean;
}

/** Whether `key` is one that can be pressed. */
export const isKey = (key: string): boolean => key.length === 1 && KEYS.includes(key);

/** The packets of a press of `key` for `ms`, to be sent one every 20 ms with one timestamp. */
export function eventPackets(key: string, ms = 120): EventPacket[] {
  const code = KEYS.indexOf(key);
  const updates = Math.max(1, Math.round(ms / 20));
  const packet = (units: number, end: boolean): Uint8Array =>
    Uint8Array.of(code, (end ? 0x80 : 0) | VOLUME, (units >> 8) & 0xff, units & 0xff);
  return [
    ...Array.from({ length: updates }, (_, i) => ({
      payload: packet((i + 1) * 160, false),
      marker: i === 0,
    })),
    ...Array.from({ length: END_PACKETS }, () => ({
      payload: packet(updates * 160, true),
      marker: false,
    })),
  ];
}

/** Hears keys in the event packets of one stream, each once however often its packets come. */
export class KeyReceiver {
  #timestamp: number | undefined;

  /** The key that this packet begins; undefined if it belongs to a press already heard. */
  push(payload: Uint8Array, timestamp: number): string | undefined {
    if (payload.length < 4 || timestamp === this.#timestamp) return undefined;
    const key = KEYS[payload[0] ?? 255];
    if (key === undefined) return undefined;
    this.#timestamp = timestamp;
    return key;
  }
}
