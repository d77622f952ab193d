import type { Clock } from '../clock.js';
import type { Log } from '../log.js';
import type { OpenRecords } from '../records/records.js';
import { AuditRoom } from './audit-room.js';
import { CorrectionDesk } from './correction-desk.js';
import { EraseDesk } from './erase-desk.js';
import { FreezeDesk } from './freeze-desk.js';
import { GuardianDesk } from './guardian-desk.js';
import { ImportDesk } from './import-desk.js';
import { ObjectionDesk } from './objection-desk.js';
import { writePrivate } from './private-file.js';
import { verifyDocument, verifyText, type NamedText, type Verified } from './receipts.js';
import { ReportDesk } from './report-desk.js';
import { RequestDesk } from './request-desk.js';
import { SubjectFinder } from './subject-finder.js';
import { RetentionDesk } from './retention-desk.js';
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
  readonly log: Log;
  readonly settings: PrivacySettings;
  readonly office: OfficeFacts;
}

/** Everything that a privacy officer or an auditor does. Each room asks for the right it needs. */
export class PrivacyOffice {
  readonly audit: AuditRoom;
  readonly requests: RequestDesk;
  readonly erasing: EraseDesk;
  readonly reports: ReportDesk;
  readonly importing: ImportDesk;
  readonly corrections: CorrectionDesk;
  readonly freezes: FreezeDesk;
  readonly guardians: GuardianDesk;
  readonly objections: ObjectionDesk;
  readonly retention: RetentionDesk;
  readonly #records: OpenRecords;

  constructor(parts: PrivacyParts) {
    this.#records = parts.records;
    this.audit = new AuditRoom(parts.records);
    this.requests = new RequestDesk(parts);
    const finder = new SubjectFinder(parts);
    this.erasing = new EraseDesk(parts, finder, this.requests);
    this.reports = new ReportDesk(parts, finder, this.requests);
    this.importing = new ImportDesk(parts);
    this.corrections = new CorrectionDesk(parts);
    this.freezes = new FreezeDesk(parts, finder);
    this.guardians = new GuardianDesk(parts);
    this.objections = new ObjectionDesk(parts);
    this.retention = new RetentionDesk(parts);
  }

  /** Writes a document that only this user can read. @throws PRIVACY_EXPORT_UNWRITABLE */
  saveDocument(path: string, document: object): Promise<void> {
    return writePrivate(path, `${JSON.stringify(document, null, 2)}\n`);
  }

  /** @throws PRIVACY_FILE_UNREADABLE, PRIVACY_SIGNATURE_WRONG */
  verifyDocument(file: string, keyFile: string | undefined): Promise<Verified> {
    return verifyDocument(file, this.#records.rights.ledger, keyFile);
  }

  /** The same of a text. @throws as above */
  verify(document: NamedText, key: NamedText | undefined): Promise<Verified> {
    return verifyText(document, this.#records.rights.ledger, key);
  }
}
