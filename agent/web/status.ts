import type { VestibuleError } from '../errors.js';

const STATUS: Readonly<Record<string, number>> = {
  WEB_NOT_LOGGED_IN: 401,
  WEB_UNFINISHED: 403,
  WEB_FORBIDDEN: 403,
  WEB_CROSS_SITE: 403,
  WEB_BAD_REQUEST: 400,
  WEB_NOT_FOUND: 404,
  WEB_STRANGE_HOST: 421,
  WEB_TOO_MANY: 429,
  PRIVACY_LOGIN_REFUSED: 401,
  PRIVACY_NO_TOKEN: 401,
  PRIVACY_LOGIN_LOCKED: 429,
  PRIVACY_FIRST_PASSWORD_OLD: 403,
  PRIVACY_WEAK_PASSWORD: 422,
  PRIVACY_ACCOUNT_NAME: 422,
  PRIVACY_ACCOUNT_ROLE: 422,
  PRIVACY_ACCOUNT_TAKEN: 409,
  PRIVACY_LAST_OWNER: 409,
  PRIVACY_SAME_CONTACT: 409,
  PRIVACY_EMPTY_NOTE: 422,
  PRIVACY_NOT_ALLOWED: 403,
  PRIVACY_NO_QUERY: 422,
  PRIVACY_NO_IDENTITY: 422,
  PRIVACY_NOBODY: 404,
  PRIVACY_SEVERAL: 409,
  RECORDS_KEY_ERASED: 410,
  RECORDS_FILE_GONE: 410,
};

/**
 * The HTTP status of an error of ours. What the privacy rooms refuse is the asker's business; what else
 * is not named here is a fault of the server.
 */
export const statusOf = ({ code }: Pick<VestibuleError, 'code'>): number =>
  STATUS[code] ?? (code.startsWith('PRIVACY_NO_') ? 404 : code.startsWith('PRIVACY_') ? 422 : 500);
