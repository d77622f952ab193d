import { VestibuleError } from '../errors.js';
import type { Log } from '../log.js';
import { Refusal, type StatusName } from '../wire/status.js';
import { rpcErrors } from './errors.js';

/** Codes whose status is no matter of their form. */
const STATUS: Readonly<Record<string, StatusName>> = {
  PRIVACY_NOT_ALLOWED: 'PERMISSION_DENIED',
  PRIVACY_LOGIN_NEEDED: 'UNAUTHENTICATED',
  PRIVACY_NO_TOKEN: 'UNAUTHENTICATED',
  RPC_STRANGER: 'UNAUTHENTICATED',
  RPC_BAD_NAME: 'UNAUTHENTICATED',
  RPC_UNKNOWN_METHOD: 'UNIMPLEMENTED',
  RPC_TOO_LARGE: 'RESOURCE_EXHAUSTED',
  RPC_TOO_SLOW: 'RESOURCE_EXHAUSTED',
  RPC_UNFORESEEN: 'INTERNAL',
  PRIVACY_ACCOUNT_TAKEN: 'ALREADY_EXISTS',
  PRIVACY_NOBODY: 'NOT_FOUND',
  PRIVACY_NO_IDENTITY: 'FAILED_PRECONDITION',
  PRIVACY_NO_CONTROLLER: 'FAILED_PRECONDITION',
  PRIVACY_NO_QUERY: 'INVALID_ARGUMENT',
  PRIVACY_FILE_UNREADABLE: 'INVALID_ARGUMENT',
  PRIVACY_SIGNATURE_WRONG: 'INVALID_ARGUMENT',
  RECORDS_KEY_ERASED: 'NOT_FOUND',
  RECORDS_CORRUPT: 'DATA_LOSS',
  RECORDS_CHUNK_DAMAGED: 'DATA_LOSS',
  RECORDS_FILE_GONE: 'DATA_LOSS',
  RECORDS_STOPPED: 'UNAVAILABLE',
  RECORDS_THREAD_LOST: 'UNAVAILABLE',
  RECORDS_BUSY: 'UNAVAILABLE',
  RECORDS_DISK_FULL: 'RESOURCE_EXHAUSTED',
};

const FORMS: readonly (readonly [RegExp, StatusName])[] = [
  [/^(?:PRIVACY|CONFIG)_NO_/u, 'NOT_FOUND'],
  [/_(?:BAD|EMPTY|NOT_JSON|ACCOUNT|WRONG|INVALID|UNREADABLE|UNEDITABLE)/u, 'INVALID_ARGUMENT'],
];

export const statusNameOf = (code: string): StatusName =>
  STATUS[code] ?? FORMS.find(([form]) => form.test(code))?.[1] ?? 'FAILED_PRECONDITION';

/** What a client is told of `error`: a coded one whole; of any other only that it was one. */
export function refusalOf(error: unknown, log: Log): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof VestibuleError) return new Refusal(statusNameOf(error.code), error);
  const what = error instanceof Error ? error.name : typeof error;
  log.error('a request failed for an unforeseen reason', { reason: what });
  return new Refusal('INTERNAL', rpcErrors.make('UNFORESEEN', { detail: what }));
}
