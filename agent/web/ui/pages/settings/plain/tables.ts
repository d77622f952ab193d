import { ACCESS, SPEECH, STORE } from './house';
import { LINES } from './lines';
import type { PlainPart } from './parts';
import { APPOINTMENTS, CALLS } from './running';

/** Sections whose pages are tables of fields. */
export const PLAIN = {
  ...{ lines: LINES, calls: CALLS, appointments: APPOINTMENTS },
  ...{ speech: SPEECH, store: STORE, access: ACCESS },
} as const satisfies Readonly<Record<string, readonly PlainPart[]>>;
