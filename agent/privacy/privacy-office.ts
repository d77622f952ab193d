import type { Clock } from '../clock.js';
import type { OpenRecords } from '../records/records.js';
import { AuditRoom } from './audit-room.js';
import type { PrivacySettings } from './settings.js';

/** What the office's own facts make of a number, a name or a date. */
export interface OfficeFacts {
  readonly name: string;
  readonly language: string;
  /** ISO 3166, two letters. */
  readonly country: string;
  /** IANA name. */
  readonly timeZone: string;
}

export interface PrivacyParts {
  readonly records: OpenRecords;
  readonly clock: Clock;
  readonly settings: PrivacySettings;
  readonly office: OfficeFacts;
}

/** Everything that a privacy officer or an auditor does. Each room asks for the right it needs. */
export class PrivacyOffice {
  readonly audit: AuditRoom;

  constructor(parts: PrivacyParts) {
    this.audit = new AuditRoom(parts.records);
  }
}
