import type { Endpoint } from './sip-transactions.js';

export type CodecName = 'PCMU' | 'PCMA' | 'G722';

export interface Codec {
  readonly payloadType: number;
  readonly name: CodecName;
}

/** RFC 3551: static payload types of G.711 and G.722. */
export const PCMU: Codec = { payloadType: 0, name: 'PCMU' };
export const PCMA: Codec = { payloadType: 8, name: 'PCMA' };
export const G722: Codec = { payloadType: 9, name: 'G722' };

/** RFC 3389: comfort noise of 8 kHz, sent in silence; a static payload type. */
export const COMFORT_NOISE_PAYLOAD_TYPE = 13;

/** The payload type we offer for RFC 4733 events. */
export const EVENT_PAYLOAD_TYPE = 101;

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** What an SDP says about its audio. */
export interface AudioMedia extends Endpoint {
  /** The codecs of ours that it names, best first. */
  readonly codecs: readonly Codec[];
  /** Payload type of telephone events; undefined if there are none. */
  readonly events: number | undefined;
  readonly direction: Direction;
}

/** The audio of `sdp` (RFC 4566); undefined if it has none that could be used. */
export function parseSdp(sdp: string): AudioMedia | undefined {
  const lines = sdp.split(/\r?\n/u);
  const start = lines.findIndex((line) => line.startsWith('m=audio '));
  if (start < 0) return undefined;
  const next = lines.findIndex((line, i) => i > start && line.startsWith('m='));
  const section = lines.slice(start, next < 0 ? undefined : next);
  const session = lines.slice(
    0,
    lines.findIndex((line) => line.startsWith('m=')),
  );
  const media = /^m=audio (\d+)(?:\/\d+)? RTP\/AVP ([\d ]+)/u.exec(section[0] ?? '');
  // What is said of the media overrides what is said of the session.
  const connection = [...section, ...session].find((line) => line.startsWith('c=IN IP'));
  const host = connection?.split(' ')[2]?.split('/')[0];
  if (media === null || host === undefined) return undefined;
  const maps = new Map(
    section
      .map((line) => /^a=rtpmap:(\d+) ([^/]+)\/(\d+)/u.exec(line))
      .filter((match) => match !== null)
      .map((match) => [Number(match[1]), `${match[2] ?? ''}/${match[3] ?? ''}`.toUpperCase()]),
  );
  const codecs: Codec[] = [];
  let events: number | undefined;
  // Static types need no rtpmap; G.722's says 8000 though it samples at 16 kHz (RFC 3551, 4.5.2).
  for (const payloadType of (media[2] ?? '').trim().split(/ +/u).map(Number)) {
    const name = maps.get(payloadType);
    const codec = [PCMU, PCMA, G722].find((one) =>
      name === undefined ? one.payloadType === payloadType : name === `${one.name}/8000`,
    );
    if (codec !== undefined) codecs.push({ payloadType, name: codec.name });
    else if (name === 'TELEPHONE-EVENT/8000') events ??= payloadType;
  }
  const direction = [...session, ...section]
    .map((line) => /^a=(sendrecv|sendonly|recvonly|inactive)$/u.exec(line)?.[1])
    .findLast((found) => found !== undefined);
  return {
    host,
    port: Number(media[1]),
    codecs,
    events,
    direction: (direction as Direction | undefined) ?? 'sendrecv',
  };
}

/** What we say about our own audio. */
export interface OwnMedia extends Endpoint {
  readonly codecs: readonly Codec[];
  readonly events: number | undefined;
  /** Whether comfort noise is sent in silence. */
  readonly comfortNoise?: boolean;
  readonly direction: Direction;
  /** Rises by one with every change within a call (RFC 3264 section 8). */
  readonly version: number;
}

/** Writes an offer or an answer. */
export function formatSdp(own: OwnMedia): string {
  const family = own.host.includes(':') ? 'IP6' : 'IP4';
  const types = [
    ...own.codecs.map((codec) => codec.payloadType),
    ...(own.comfortNoise === true ? [COMFORT_NOISE_PAYLOAD_TYPE] : []),
    ...(own.events === undefined ? [] : [own.events]),
  ];
  return [
    'v=0',
    `o=- 1 ${own.version} IN ${family} ${own.host}`,
    's=-',
    `c=IN ${family} ${own.host}`,
    't=0 0',
    `m=audio ${own.port} RTP/AVP ${types.join(' ')}`,
    ...own.codecs.map((codec) => `a=rtpmap:${codec.payloadType} ${codec.name}/8000`),
    ...(own.events === undefined
      ? []
      : [`a=rtpmap:${own.events} telephone-event/8000`, `a=fmtp:${own.events} 0-16`]),
    'a=ptime:20',
    `a=${own.direction}`,
    '',
  ].join('\r\n');
}

const MIRROR: Readonly<Record<Direction, Direction>> = {
  sendrecv: 'sendrecv',
  sendonly: 'recvonly',
  recvonly: 'sendonly',
  inactive: 'inactive',
};

/** The direction that answers an offered one (RFC 3264 section 6.1). */
export const mirrored = (offered: Direction): Direction => MIRROR[offered];
