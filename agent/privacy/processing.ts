import type { Category } from '../records/retention.js';
import type { RetentionSettings } from './settings.js';

/** One purpose for which data are kept: the source of register, notice and reports. */
export interface Processing {
  readonly id: string;
  readonly purpose: string;
  /** Articles of the GDPR; the second part is for health data. */
  readonly basis: string;
  readonly data: string;
  readonly people: string;
  /** Whose time of keeping counts; undefined for what is kept as long as the installation stands. */
  readonly category: Category | undefined;
  /** Tables of the store, and places outside it. */
  readonly tables: readonly string[];
}

const CALLERS = 'callers, and people whom they speak of';
const STAFF = 'people who work in the office';

/** Every table of the store has its place here; a test holds them equal. */
export const PROCESSING: readonly Processing[] = [
  {
    id: 'answering',
    purpose: 'answering calls, and knowing that there was a call',
    basis: 'Art. 6(1)(b) and (f); Art. 9(2)(h)',
    data: 'caller’s number (sealed), number called, times, language, outcome, what was decided',
    people: CALLERS,
    category: 'metadata',
    tables: ['call', 'call_key', 'escalation', 'configuration'],
  },
  {
    id: 'transcript',
    purpose: 'knowing what was said, to serve the caller and to settle what is unclear',
    basis: 'Art. 6(1)(b) and (f); Art. 9(2)(h)',
    data: 'words, decisions and their reasons, second hearings, corrections (all sealed)',
    people: CALLERS,
    category: 'transcript',
    tables: ['utterance', 'second_hearing', 'decision', 'correction', 'redaction'],
  },
  {
    id: 'recording',
    purpose: 'hearing again what was said',
    basis: 'Art. 6(1)(a): consent; Art. 9(2)(a)',
    data: 'the voice of the caller and what they were played (sealed), the consent to it',
    people: CALLERS,
    category: 'audio',
    tables: ['recording', 'recording_key', 'segment_key', 'newest_key', 'consent', 'consent_event'],
  },
  {
    id: 'guardian',
    purpose: 'knowing who agreed for a caller who is not of age',
    basis: 'Art. 6(1)(c) with Art. 8',
    data: 'the name of a parent or guardian (sealed), whether they agreed, when and how',
    people: 'parents and guardians of callers who are not of age',
    category: 'transcript',
    tables: ['guardian'],
  },
  {
    id: 'messages',
    purpose: 'passing on messages and doing what was asked',
    basis: 'Art. 6(1)(b); Art. 9(2)(h)',
    data: 'name, number, reason, time to call back (sealed), who did it, notes of staff',
    people: CALLERS,
    category: 'message',
    tables: ['message', 'message_note', 'outbox'],
  },
  {
    id: 'contacts',
    purpose: 'knowing callers again, and handling their calls as was agreed',
    basis: 'Art. 6(1)(f)',
    data: 'names and numbers (sealed), a keyed hash of the number, first and last call',
    people: CALLERS,
    category: 'account',
    tables: ['contact', 'contact_number', 'handling_rule'],
  },
  {
    id: 'rights',
    purpose: 'answering people’s requests, and proving it',
    basis: 'Art. 6(1)(c) with Art. 5(2), 12 to 21',
    data: 'who asked for what (sealed), terms, identity check, holds, objections, erasures and hidings by ids',
    people: CALLERS,
    category: 'logs',
    tables: ['request', 'freeze', 'objection', 'erasure', 'hiding'],
  },
  {
    id: 'audit',
    purpose: 'knowing who looked at what',
    basis: 'Art. 6(1)(c) with Art. 5(2), 32',
    data: 'user, time, deed, id, reason',
    people: STAFF,
    category: 'logs',
    tables: ['audit', 'audit_start'],
  },
  {
    id: 'accounts',
    purpose: 'letting in those who may, and nobody else',
    basis: 'Art. 6(1)(f) with Art. 32',
    data: 'name, role, hash of the password, second factors, times of logins; who is away',
    people: STAFF,
    category: undefined,
    tables: ['account', 'passkey', 'api_token', 'login', 'absence', 'purpose_key'],
  },
  {
    id: 'configuration',
    purpose: 'knowing who changed how calls are answered, and going back',
    basis: 'Art. 6(1)(f) with Art. 32',
    data: 'every version of the configuration with its names and numbers, who, when, why',
    people: STAFF,
    category: undefined,
    tables: ['configuration_version'],
  },
  {
    id: 'counts',
    purpose: 'knowing how busy the telephone is, and that it works',
    basis:
      'no personal data: counts by month and day, small ones not shown; when a self-test failed',
    data: 'numbers of calls and seconds, times; which ids a central database was not told of yet',
    people: 'nobody',
    category: undefined,
    tables: ['month_count', 'gate_count', 'job', 'alarm', 'central_on', 'central_queue'],
  },
];

const SETTING: Readonly<Record<Category, keyof RetentionSettings>> = {
  audio: 'audioDays',
  transcript: 'transcriptDays',
  message: 'messageDays',
  metadata: 'metadataDays',
  account: 'accountDays',
  logs: 'logDays',
};

/** How long a category is kept, in days. */
export const daysOf = (settings: RetentionSettings, category: Category): number =>
  Number(settings[SETTING[category]]);

/** In words, for notice, register and reports. */
export function keptFor(settings: RetentionSettings, category: Category | undefined): string {
  if (category === undefined) return 'as long as it is in use';
  if (!settings.enabled) return 'until it is erased';
  return `${String(daysOf(settings, category))} days`;
}
