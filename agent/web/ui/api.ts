/** The API as the pages use it: JSON in, JSON out; errors carry the server's own words. */
export type { Count, Insights } from '../answers/insights';

export type Right = string;

export interface Session {
  readonly account: {
    readonly id: string;
    readonly name: string;
    readonly role: string;
    readonly owes: readonly ('password' | 'second factor')[];
  };
  readonly rights: readonly Right[];
  readonly csrf: string;
  readonly office: { readonly name: string; readonly language: string; readonly timeZone: string };
  readonly version: string;
}

export interface Detail {
  readonly value: string | null;
  readonly heard: string;
  readonly confidence: number;
  readonly by: string;
  readonly snippet?: Part;
}

export interface Difference {
  readonly kind: string;
  readonly live: string | null;
  readonly second: string | null;
}

export interface Message {
  readonly id: string;
  readonly call: string;
  readonly takenAt: number;
  readonly state: 'partial' | 'open' | 'done';
  readonly urgent?: boolean;
  readonly recipient?: string;
  readonly intent: string;
  readonly confirmed: boolean;
  readonly contact?: string;
  readonly done?: { readonly at: number; readonly by: string };
  readonly assignedTo?: string;
  /** Whether anybody has opened it. */
  readonly read: boolean;
  readonly body?: {
    readonly name: Detail | null;
    readonly phone: Detail | null;
    readonly reason: Detail | null;
    readonly callbackTime: Detail | null;
  };
}

export interface MessageReading extends Message {
  readonly secondHearing: readonly Difference[];
  readonly notes: readonly {
    readonly id: number;
    readonly at: number;
    readonly by: string;
    readonly text: string;
  }[];
}

export interface Counts {
  readonly open: number;
  readonly partial: number;
  readonly done: number;
  readonly urgent: number;
  readonly unread: number;
}

export interface CallHead {
  readonly id: string;
  readonly startedAt: number;
  readonly answeredAt?: number;
  readonly endedAt?: number;
  readonly outcome?: string;
  readonly endedBy?: string;
  readonly language: string;
  readonly intent?: string;
  readonly urgency?: string;
  /** Whether any recording of it is kept. */
  readonly recorded: boolean;
  /** What the carrier said of the caller's number; absent where it said nothing. */
  readonly attestation?: {
    readonly verdict: 'passed' | 'failed' | 'unverified';
    readonly level?: 'A' | 'B' | 'C';
  };
  /** How it sounded; absent where nothing was measured. Shares from 0 to 1. */
  readonly quality?: {
    readonly mos: number;
    readonly lossIn: number;
    readonly lossOut: number;
    readonly jitterInMs: number;
    readonly jitterOutMs: number;
    readonly roundTripMs: number;
    readonly oneWay: 'none' | 'caller-silent' | 'nothing-sent';
  };
}

export interface Utterance {
  readonly party: string;
  readonly atMs: number;
  readonly lengthMs: number;
  readonly text: string;
  readonly confidence?: number;
  readonly words?: string;
  readonly whole: boolean;
  readonly secondHearing?: {
    readonly text: string;
    readonly differences: readonly Difference[];
  };
}

export interface CallReading extends CallHead {
  readonly callerNumber?: string;
  readonly utterances: readonly Utterance[];
  readonly decisions: readonly {
    readonly atMs: number;
    readonly event: string;
    readonly actions: string;
    readonly reason: string;
  }[];
  readonly consent?: {
    readonly basis: string;
    readonly noticeVersion: string;
    readonly at: number;
  };
  /** What the guardian of a caller under age said; absent where none was asked for. */
  readonly guardian?: GuardianAnswer;
  readonly record?: { readonly summary?: string };
  /** What was hidden, and where; never which. */
  readonly redactions: readonly {
    readonly atMs: number;
    readonly kind: string;
    readonly place: string;
  }[];
  readonly corrections: readonly {
    readonly thing: string;
    readonly by: string;
    readonly text: string;
  }[];
  readonly recording?: { readonly seconds: number; readonly state: string };
}

export interface Contact {
  readonly id: string;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly names: readonly string[];
  readonly numbers: readonly string[];
  readonly calls: number;
  readonly openMessages: number;
}

export interface Finding {
  readonly id: string;
  readonly title: string;
  readonly status: 'ok' | 'warn' | 'fail' | 'skipped';
  readonly finding: string;
  readonly why: string;
  readonly mend: string;
}

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly owes: readonly string[];
  readonly lastLoginAt?: number;
}

export interface Keys {
  readonly passkeys: readonly {
    readonly id: string;
    readonly label: string;
    readonly createdAt: number;
    readonly lastUsedAt?: number;
  }[];
  readonly tokens: readonly {
    readonly id: string;
    readonly name: string;
    readonly scopes: readonly string[];
    readonly expiresAt: number;
  }[];
}

export interface AuditRow {
  readonly id: number;
  readonly at: number;
  readonly who: string;
  readonly what: string;
  readonly subject: string | null;
  readonly why: string | null;
}

export interface PrivacyRequest {
  readonly id: number;
  readonly kind: string;
  readonly state: string;
  readonly via: 'voice' | 'staff';
  readonly receivedAt: number;
  readonly dueAt: number;
  readonly urgency: 'in-time' | 'due-soon' | 'overdue' | 'closed';
  readonly message?: string;
  readonly verified?: { readonly how: string };
  readonly body?: {
    readonly name?: string;
    readonly number?: string;
    readonly email?: string;
    readonly note?: string;
  };
}

export interface ErasurePlan {
  readonly calls: readonly string[];
  readonly contacts: readonly string[];
  readonly recordings: readonly string[];
  readonly utterances: number;
  readonly messages: number;
  readonly kept: readonly {
    readonly what: string;
    readonly ids: readonly string[];
    readonly why: string;
  }[];
  readonly mentions: readonly { readonly call: string; readonly atMs: number }[];
}

export interface Freeze {
  readonly id: number;
  readonly kind: 'hold' | 'restriction';
  readonly call?: string;
  readonly contact?: string;
  readonly at: number;
  readonly by: string;
  readonly why: string;
  readonly lifted?: { readonly at: number; readonly by: string };
}

export interface GuardianAnswer {
  readonly what: 'agreed' | 'refused' | 'absent';
  readonly who: string | null;
  readonly at: number;
  /** Who of the staff noted it; absent for what was said in the call. */
  readonly by?: string;
}

export interface WaitingForGuardian {
  readonly call: string;
  readonly startedAt?: number;
  readonly number?: string;
  readonly answer?: GuardianAnswer;
  readonly request?: number;
  readonly dueAt?: number;
}

export interface Objection {
  readonly id: string;
  readonly kind: 'no-record' | 'no-assistant';
  readonly number?: string;
  readonly at: number;
  readonly by: string;
}

export interface Retention {
  readonly status: {
    readonly state: 'off' | 'never' | 'fine' | 'late' | 'clock';
    readonly ranAt?: number;
  };
  /** Now, and the ends of the next weeks. */
  readonly at: readonly number[];
  readonly categories: readonly {
    readonly category: 'audio' | 'transcript' | 'message' | 'metadata' | 'account' | 'logs';
    readonly days: number;
    readonly counts: readonly number[];
    readonly held: number;
  }[];
}

/** What the server refused, in its words. */
export class ApiError extends Error {
  readonly code: string;
  readonly mend: string;
  readonly status: number;
  /** Each fault of what was sent, by its path. */
  readonly faults: readonly object[];

  constructor(
    status: number,
    told: { code?: string; message?: string; mend?: string; faults?: object[] },
  ) {
    super(told.message ?? `HTTP ${status}`);
    this.status = status;
    this.code = told.code ?? 'HTTP';
    this.mend = told.mend ?? '';
    this.faults = told.faults ?? [];
  }
}

/** Whoever has not touched the page for so long is taken to be gone, in milliseconds. */
const GONE_MS = 60_000;
let touchedAt = Date.now();
for (const sign of ['pointerdown', 'keydown'] as const) {
  addEventListener(sign, () => (touchedAt = Date.now()), { capture: true, passive: true });
}
/** What the page fetches by itself must not keep an empty chair logged in. */
const attendance = (): Record<string, string> =>
  Date.now() - touchedAt > GONE_MS ? { 'x-unattended': '1' } : {};

let csrf = '';
/** The token that every change carries; the session tells it. */
export const keepCsrf = (token: string): void => {
  csrf = token;
};

type Method = 'GET' | 'POST' | 'DELETE';

let prover: () => Promise<boolean> = () => Promise.resolve(false);
/** Who asks for the password when the server wants it once more. Returns how to stop. */
export const onProof = (ask: () => Promise<boolean>): (() => void) => {
  prover = ask;
  return () => (prover = () => Promise.resolve(false));
};

/** The answer as it came; for what is no JSON. A blob is sent as it is. @throws ApiError */
export async function fetched(method: Method, path: string, body?: object): Promise<Response> {
  const answer = await sent(method, path, body);
  if (answer.ok) return answer;
  const error = new ApiError(answer.status, (await answer.json().catch(() => ({}))) as object);
  if (error.code !== 'WEB_PROVE' || !(await prover())) throw error;
  const again = await sent(method, path, body);
  if (again.ok) return again;
  throw new ApiError(again.status, (await again.json().catch(() => ({}))) as object);
}

function sent(method: Method, path: string, body?: object): Promise<Response> {
  return fetch(`/api${path}`, {
    method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      ...attendance(),
      ...(body === undefined
        ? {}
        : { 'content-type': body instanceof Blob ? body.type : 'application/json' }),
      ...(method === 'GET' ? {} : { 'x-csrf-token': csrf }),
    },
    body: body === undefined || body instanceof Blob ? body : JSON.stringify(body),
  });
}

export const ask = async <T>(method: Method, path: string, body?: object): Promise<T> =>
  (await (await fetched(method, path, body)).json()) as T;

export const get = <T>(path: string): Promise<T> => ask('GET', path);
export const post = <T>(path: string, body: object = {}): Promise<T> => ask('POST', path, body);
export const remove = <T>(path: string): Promise<T> => ask('DELETE', path);

/** A part of a call, in milliseconds from its start. */
export interface Part {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The sound of a call, or of a part of it: a stereo WAV file. */
export async function sound(call: string, part?: Part): Promise<Blob> {
  const range = part === undefined ? '' : `?from=${part.fromMs}&to=${part.toMs}`;
  return (await fetched('GET', `/calls/${call}/recording.wav${range}`)).blob();
}

/** Gives a file to whoever looks at the page. */
export function saveAs(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
