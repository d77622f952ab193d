import { randomBytes } from 'node:crypto';

/** A SIP request or response (RFC 3261 section 7). Header names are kept as canonical long forms. */
export interface SipMessage {
  /** Undefined for a response. */
  readonly method: string | undefined;
  /** Request-URI; empty for a response. */
  readonly uri: string;
  /** 0 for a request. */
  readonly status: number;
  readonly reason: string;
  readonly headers: SipHeaders;
  readonly body: string;
}

export type HeaderList = readonly (readonly [name: string, value: string])[];

/** RFC 3261 section 7.3.3 and the registry of compact forms. */
const COMPACT: Readonly<Record<string, string>> = {
  i: 'call-id',
  m: 'contact',
  e: 'content-encoding',
  l: 'content-length',
  c: 'content-type',
  f: 'from',
  s: 'subject',
  k: 'supported',
  t: 'to',
  v: 'via',
};

/** Headers whose commas separate values; commas elsewhere (dates, digests) are part of the value. */
const LISTS = new Set(['via', 'route', 'record-route', 'contact', 'allow', 'supported', 'require']);

/** Splits at commas outside of quotes and angle brackets. */
function splitList(value: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let from = 0;
  for (let i = 0; i < value.length; i++) {
    const char = value[i];
    if (char === '\\' && quoted) i++;
    else if (char === '"') quoted = !quoted;
    else if (!quoted && char === '<') depth++;
    else if (!quoted && char === '>') depth--;
    else if (!quoted && depth === 0 && char === ',') {
      parts.push(value.slice(from, i).trim());
      from = i + 1;
    }
  }
  parts.push(value.slice(from).trim());
  return parts.filter((part) => part !== '');
}

/** The headers of a message in their order. */
export class SipHeaders {
  readonly entries: HeaderList;

  constructor(entries: HeaderList) {
    this.entries = entries;
  }

  get(name: string): string | undefined {
    const wanted = name.toLowerCase();
    return this.entries.find(([key]) => key.toLowerCase() === wanted)?.[1];
  }

  all(name: string): string[] {
    const wanted = name.toLowerCase();
    return this.entries.filter(([key]) => key.toLowerCase() === wanted).map(([, value]) => value);
  }

  /** The same headers with the first `name` replaced. */
  with(name: string, value: string): SipHeaders {
    const wanted = name.toLowerCase();
    let done = false;
    return new SipHeaders(
      this.entries.map((entry) => {
        if (done || entry[0].toLowerCase() !== wanted) return entry;
        done = true;
        return [entry[0], value] as const;
      }),
    );
  }
}

/** Larger datagrams are dropped: no message of a telephone call comes near. */
const MAX_BYTES = 65_535;

/** Parses a datagram; undefined for what is not SIP (keep-alives, noise). */
export function parseSip(datagram: Uint8Array): SipMessage | undefined {
  if (datagram.length > MAX_BYTES) return undefined;
  const text = Buffer.from(datagram).toString('utf8');
  const end = /\r?\n\r?\n/u.exec(text);
  if (end === null) return undefined;
  // A line that starts with white space continues the one before (RFC 3261 section 7.3.1).
  const head = text.slice(0, end.index).replace(/\r?\n[ \t]+/gu, ' ');
  const [start = '', ...lines] = head.split(/\r?\n/u);
  const entries: (readonly [string, string])[] = [];
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) return undefined;
    const raw = line.slice(0, colon).trim().toLowerCase();
    const name = COMPACT[raw] ?? raw;
    const value = line.slice(colon + 1).trim();
    for (const part of LISTS.has(name) ? splitList(value) : [value]) entries.push([name, part]);
  }
  const headers = new SipHeaders(entries);
  for (const needed of ['via', 'from', 'to', 'call-id', 'cseq']) {
    if (headers.get(needed) === undefined) return undefined;
  }
  const body = text.slice(end.index + end[0].length);
  const response = /^SIP\/2\.0 (\d{3}) ?(.*)$/u.exec(start);
  if (response) {
    return {
      method: undefined,
      uri: '',
      status: Number(response[1]),
      reason: response[2] ?? '',
      headers,
      body,
    };
  }
  const request = /^([A-Z]+) (\S+) SIP\/2\.0$/u.exec(start);
  if (!request) return undefined;
  return { method: request[1], uri: request[2] ?? '', status: 0, reason: '', headers, body };
}

/** Writes a message; Content-Length is added. */
export function formatSip(message: Omit<SipMessage, 'headers'> & { headers: HeaderList }): Buffer {
  const start =
    message.method === undefined
      ? `SIP/2.0 ${message.status} ${message.reason}`
      : `${message.method} ${message.uri} SIP/2.0`;
  const lines = message.headers.map(([name, value]) => `${name}: ${value}`);
  const length = Buffer.byteLength(message.body);
  return Buffer.from(
    [start, ...lines, `Content-Length: ${length}`, '', message.body].join('\r\n'),
    'utf8',
  );
}

/** A parameter such as `tag` of `<sip:a@b>;tag=x`, looked for after the address. */
export function parameterOf(value: string, name: string): string | undefined {
  const after = value.includes('<') ? value.slice(value.lastIndexOf('>') + 1) : value;
  const found = new RegExp(`;\\s*${name}(?:\\s*=\\s*("[^"]*"|[^;,\\s]+))?`, 'iu').exec(after);
  if (found === null) return undefined;
  return (found[1] ?? '').replace(/^"|"$/gu, '');
}

/** The URI of a name-addr or addr-spec such as a Contact. */
export function uriOf(value: string): string {
  const bracketed = /<([^>]*)>/u.exec(value);
  return bracketed?.[1] ?? value.replace(/;.*$/u, '').trim();
}

export interface SipUri {
  readonly user: string;
  readonly host: string;
  readonly port: number;
}

/** User, host and port of a `sip:` URI; undefined if it is none. */
export function parseUri(uri: string): SipUri | undefined {
  const parts = /^sip:(?:([^@;?]*)@)?(\[[^\]]+\]|[^:;?>]+)(?::(\d{1,5}))?(?:[;?].*)?$/iu.exec(uri);
  if (!parts) return undefined;
  return {
    user: parts[1] ?? '',
    host: (parts[2] ?? '').replace(/^\[|\]$/gu, ''),
    port: Number(parts[3] ?? 5060),
  };
}

/** Number and method of a CSeq header. */
export function cseqOf(message: SipMessage): { readonly number: number; readonly method: string } {
  const [number, method] = (message.headers.get('cseq') ?? '').split(/\s+/u);
  return { number: Number(number), method: method ?? '' };
}

/** A token that is unique in practice: for tags, branches and call ids. */
export const token = (): string => randomBytes(9).toString('hex');

/** A branch with the magic cookie of RFC 3261 section 8.1.1.7. */
export const newBranch = (): string => `z9hG4bK${token()}`;
