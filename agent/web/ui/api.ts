/** The API as the pages use it: JSON in, JSON out; errors carry words for people. */
import i18next from 'i18next';
import type { Finding as ServerFinding } from '../../finding.js';
import type { Account as ServerAccount } from '../../privacy/account-room';
import type { StoredAuditRow } from '../../privacy/audit-room';
import type { ContactReading } from '../../privacy/contact-room';
import type { ErasurePlan as ServerErasurePlan } from '../../privacy/erase-desk';
import type { Freeze as ServerFreeze } from '../../privacy/freeze-desk';
import type { WaitingForGuardian as ServerWaitingForGuardian } from '../../privacy/guardian-desk';
import type {
  Detail as ServerDetail,
  Difference as ServerDifference,
  MessageCounts,
  MessageReading as ServerMessageReading,
  ListedMessage,
} from '../../privacy/message-room';
import type { StoredObjection } from '../../privacy/objection-desk';
import type { CallReading as ServerCallReading } from '../../privacy/reading-room';
import type { QueuedRequest } from '../../privacy/request-desk';
import type { Right as ServerRight } from '../../privacy/roles';
import type { SearchHit } from '../../privacy/search-room';
import type { Keys as ServerKeys } from '../answers/accounts';
import type { Retention as ServerRetention } from '../answers/retention';
import type { Session as ServerSession } from '../answers/session';
import { DAMAGED_HEADER, readSpans, type Span } from '../damaged-sound';
import type { Answered } from './answered';
import { en } from './words/en';

export type { Count, Insights } from '../answers/insights';

export type Right = ServerRight;

export type Detail = Answered<ServerDetail>;
export type Difference = Answered<ServerDifference>;
export type Message = Answered<ListedMessage>;
export type MessageReading = Answered<ServerMessageReading>;
export type CallHead = Answered<Omit<SearchHit, 'lines'>>;
export type CallReading = Answered<ServerCallReading>;
export type Utterance = CallReading['utterances'][number];
export type Contact = Answered<ContactReading>;
export type Finding = Answered<ServerFinding>;
export type Account = Answered<ServerAccount>;
export type AuditRow = Answered<StoredAuditRow>;
export type PrivacyRequest = Answered<QueuedRequest>;
export type ErasurePlan = Answered<ServerErasurePlan>;
export type Freeze = Answered<ServerFreeze>;
export type Objection = Answered<StoredObjection>;
export type WaitingForGuardian = Answered<ServerWaitingForGuardian>;

export type Session = Answered<ServerSession>;
export type Counts = Answered<MessageCounts>;
export type Keys = Answered<ServerKeys>;

export type Retention = Answered<ServerRetention>;

/** What the server refused, in the language of the page where there are words for it, else in its own. */
export class ApiError extends Error {
  readonly code: string;
  readonly mend: string;
  /** The server's own words: code, thing, place, what to do; in English. */
  readonly told: string;
  readonly status: number;
  /** Each fault of what was sent, by its path. */
  readonly faults: readonly object[];

  constructor(
    status: number,
    told: { code?: string; message?: string; mend?: string; faults?: object[] },
  ) {
    super(refusalOf(told.code ?? 'HTTP') ?? told.message ?? `HTTP ${status}`);
    this.status = status;
    this.told = told.message ?? '';
    this.code = told.code ?? 'HTTP';
    this.mend = told.mend ?? '';
    this.faults = told.faults ?? [];
  }
}

/** What a code of the server says to people; undefined where there are no words for it. */
export const refusalOf = (code: string): string | undefined =>
  code in en.refused ? i18next.t(`refused.${code}` as 'refused.HTTP') : undefined;

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

/** A stereo WAV file, and the seconds of the call that are silent in it because they are damaged. */
export interface Sound {
  readonly blob: Blob;
  readonly damaged: readonly Span[];
}

/** The sound of a call, or of a part of it. */
export async function sound(call: string, part?: Part): Promise<Sound> {
  const range = part === undefined ? '' : `?from=${part.fromMs}&to=${part.toMs}`;
  const answer = await fetched('GET', `/calls/${call}/recording.wav${range}`);
  return { blob: await answer.blob(), damaged: readSpans(answer.headers.get(DAMAGED_HEADER)) };
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
