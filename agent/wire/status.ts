import { join } from 'node:path';
import * as grpc from '@grpc/grpc-js';
import { VestibuleError, oneLine } from '../errors.js';
import { checkoutRoot } from './checkout.js';
import { wireErrors } from './errors.js';
import { loadService, type Service } from './grpc.js';

/** Why a request failed, in gRPC's own words. */
export type StatusName = Exclude<keyof typeof grpc.status, 'OK'>;

/** An error of ours that goes to the client whole: with its status, its code, its place and its mend. */
export class Refusal extends Error {
  readonly status: StatusName;
  override readonly cause: VestibuleError;

  constructor(status: StatusName, cause: VestibuleError) {
    super(cause.message);
    this.status = status;
    this.cause = cause;
  }
}

const DETAILS = 'grpc-status-details-bin';
const ERROR_INFO = 'type.googleapis.com/google.rpc.ErrorInfo';
const DOMAIN = 'vestibule';

interface RpcStatus {
  readonly code: number;
  readonly message: string;
  readonly details: readonly { readonly typeUrl: string; readonly value: Buffer }[];
}
interface ErrorInfo {
  readonly reason: string;
  readonly domain: string;
  readonly metadata: Readonly<Record<string, string>>;
}

let loaded: Service | undefined;
function codec<Message>(name: 'Status' | 'ErrorInfo'): {
  encode(message: Message): Buffer;
  decode(bytes: Buffer): Message;
} {
  loaded ??= loadService(
    join(checkoutRoot, 'agent', 'wire', 'status.proto'),
    'vestibule.wire.Codec',
  );
  const method = loaded[name];
  if (method === undefined) throw wireErrors.make('PROTO', { place: name });
  return {
    encode: (message) => method.requestSerialize(message),
    decode: (bytes) => method.requestDeserialize(bytes) as Message,
  };
}

/**
 * The status that an error becomes on the wire: its one line, which holds no caller's words.
 * Streams take it by emit('error'): after destroy() the library sends no status at all.
 */
export function toStatus(error: unknown): Partial<grpc.StatusObject> {
  const details = oneLine(error);
  if (!(error instanceof Refusal)) return { code: grpc.status.INTERNAL, details };
  const code = grpc.status[error.status];
  const { code: reason, mend, place } = error.cause;
  const info: ErrorInfo = {
    reason,
    domain: DOMAIN,
    metadata: { mend, ...(place === undefined ? {} : { place }) },
  };
  const metadata = new grpc.Metadata();
  const value = codec<ErrorInfo>('ErrorInfo').encode(info);
  metadata.set(
    DETAILS,
    codec<RpcStatus>('Status').encode({
      ...{ code, message: details },
      details: [{ typeUrl: ERROR_INFO, value }],
    }),
  );
  return { code, details, metadata };
}

/** The coded error that a server sent whole; undefined where the status holds none. */
export function refusedIn(status: Partial<grpc.ServiceError>): VestibuleError | undefined {
  const [bytes] = status.metadata?.get(DETAILS) ?? [];
  if (!(bytes instanceof Buffer)) return undefined;
  const { message, details } = codec<RpcStatus>('Status').decode(bytes);
  const detail = details.find(({ typeUrl }) => typeUrl === ERROR_INFO);
  if (detail === undefined) return undefined;
  const { reason, domain, metadata } = codec<ErrorInfo>('ErrorInfo').decode(detail.value);
  return domain === DOMAIN ? rebuilt(reason, message, metadata, status) : undefined;
}

/** The same error, word for word: its line is "CODE: summary (place): detail. mend." */
function rebuilt(
  code: string,
  line: string,
  { mend = '', place }: Readonly<Record<string, string>>,
  cause: unknown,
): VestibuleError {
  const text = line.slice(`${code}: `.length, -`. ${mend}.`.length);
  const at = place === undefined ? -1 : text.indexOf(` (${place})`);
  if (place === undefined || at < 0)
    return new VestibuleError(code, { summary: text, mend }, { cause });
  const after = text.slice(at + ` (${place})`.length);
  return new VestibuleError(
    code,
    { summary: text.slice(0, at), mend },
    { place, cause, ...(after === '' ? {} : { detail: after.slice(': '.length) }) },
  );
}
