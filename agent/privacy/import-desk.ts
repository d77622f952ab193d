import { readFile } from 'node:fs/promises';
import type { MessageBody } from '../records/ports.js';
import type { OpenRecords } from '../records/records.js';
import { e164 } from '../understanding/slots/phone-rules.js';
import { demand, type Actor } from './actor.js';
import { textIn } from './archive.js';
import { originalOf } from './correction-desk.js';
import { privacyErrors } from './errors.js';
import { isBasis, keepSound, soundIn, type Sides } from './import-sound.js';
import type { PrivacyParts } from './privacy-office.js';
import { reportSchema, type ReportedCall, type SubjectReport } from './report-schema.js';

export interface Imported {
  readonly calls: number;
  /** Calls that are in the store already. */
  readonly known: number;
  /** Calls that were erased here: they do not come back in this way. */
  readonly erased: number;
  /** Recordings among the calls that came in. */
  readonly recordings: number;
}

const ZIP = Buffer.from('PK');

/** Takes in what another Vestibule reported of a person (GDPR Art. 20). */
export class ImportDesk {
  readonly #records: OpenRecords;
  readonly #country: string;

  constructor({ records, office }: PrivacyParts) {
    this.#records = records;
    this.#country = office.country;
  }

  /**
   * Reads a report's JSON, or its archive. What was said, told, agreed and corrected comes in, and out of
   * an archive the recordings, with the consent that they were made by; decisions and second hearings do
   * not. @throws PRIVACY_NOT_ALLOWED, PRIVACY_FILE_UNREADABLE
   */
  async import(file: string, actor: Actor): Promise<Imported> {
    demand(actor, 'privacy.requests');
    return this.take(await bytesOf(file), file, actor);
  }

  /** The same of what was read; `place` names it in errors. @throws as `import` */
  async take(bytes: Buffer, place: string, actor: Actor): Promise<Imported> {
    demand(actor, 'privacy.requests');
    const report = await readReport(bytes, place);
    const entries = await this.#records.rights.ledger.entries();
    const erased = new Set(entries.flatMap(({ calls }) => calls));
    const archive = isZip(bytes) ? bytes : undefined;
    const done = { calls: 0, known: 0, erased: 0, recordings: 0 };
    for (const call of report.calls) {
      if (erased.has(call.id)) done.erased += 1;
      else if ((await this.#records.reading.calls.head(call.id)) !== undefined) done.known += 1;
      else {
        // Before anything is written: of an archive that was changed no half call is left.
        const sound = await soundIn(archive, call, place);
        await this.#records.reading.audit.add(actor.who, 'privacy.import', call.id);
        await this.#take(call, report, sound);
        done.calls += 1;
        if (sound !== undefined) done.recordings += 1;
      }
    }
    return done;
  }

  async #take(call: ReportedCall, report: SubjectReport, sound: Sides | undefined): Promise<void> {
    const { id } = call;
    const number = call.callerNumber ?? undefined;
    const known = e164(number ?? '', this.#country) ?? report.contacts[0]?.numbers[0];
    await this.#records.calls.open({
      ...{ id, startedAt: Date.parse(call.startedAt), callerNumber: number },
      ...{ calledNumber: 'imported', language: call.language },
      ...(known === undefined ? {} : { contactNumber: known }),
    });
    if (call.answeredAt !== null) {
      await this.#records.calls.answered(id, Date.parse(call.answeredAt));
    }
    await this.#agreed(call, sound);
    for (const { party, atMs, lengthMs, text } of call.utterances) {
      await this.#records.utterances.add({
        ...{ call: id, party, atMs, lengthMs, text, whole: true },
        ...{ confidence: undefined, engine: 'imported', words: undefined },
      });
    }
    for (const [index, message] of call.messages.entries()) {
      await this.#message(id, index + 1, message, known);
    }
    for (const { thing, at, text } of call.corrections) {
      const original = await originalOf(this.#records, id, thing);
      const made = { call: id, thing, at: Date.parse(at), by: 'import', text };
      await this.#records.rights.corrections.add(made, original);
    }
    await this.#records.calls.close({
      call: id,
      endedAt: Date.parse(call.endedAt ?? call.startedAt),
      outcome: call.outcome ?? 'unknown',
      endedBy: call.endedBy === 'caller' || call.endedBy === 'agent' ? call.endedBy : 'interrupted',
    });
  }

  /** The consent of then, and what was recorded by it; what a guardian said. */
  async #agreed({ id, consent, guardian }: ReportedCall, sound: Sides | undefined): Promise<void> {
    if (guardian !== null) {
      const { at, ...answer } = guardian;
      await this.#records.rights.guardians.note(id, { ...answer, at: Date.parse(at) });
    }
    if (consent === null || !isBasis(consent.basis)) return;
    const { basis, noticeVersion } = consent;
    const at = Date.parse(consent.at);
    const granted = await this.#records.consents.grant({ call: id, at, basis, noticeVersion });
    if (sound !== undefined) await keepSound(this.#records, granted, sound);
  }

  async #message(
    call: string,
    number: number,
    message: ReportedCall['messages'][number],
    known: string | undefined,
  ): Promise<void> {
    const { takenAt, state, urgent, recipient, intent, confirmed } = message;
    const { name, phone, reason, callbackTime, details } = message;
    const asked = Object.keys(details).length === 0 ? {} : { details };
    const body: MessageBody = { name, phone, reason, callbackTime, ...asked };
    const at = Date.parse(takenAt);
    const id = await this.#records.messages.keep({
      ...{ call, number, at, intent, confirmed, body, whole: state !== 'partial' },
      ...{ urgent: urgent ?? undefined, recipient: recipient ?? undefined },
      contactNumber: e164(phone?.value ?? '', this.#country) ?? known,
    });
    if (state === 'done') await this.#records.reading.messages.settle(id, { at, by: 'import' });
  }
}

const isZip = (bytes: Buffer): boolean => bytes.subarray(0, ZIP.length).equals(ZIP);

/** @throws PRIVACY_FILE_UNREADABLE */
const bytesOf = (file: string): Promise<Buffer> =>
  readFile(file).catch((cause: unknown) => {
    throw privacyErrors.make('FILE_UNREADABLE', { place: file, cause });
  });

async function readReport(bytes: Buffer, place: string): Promise<SubjectReport> {
  try {
    const text = isZip(bytes) ? await textIn(bytes, 'report.json') : bytes.toString('utf8');
    return reportSchema.parse(JSON.parse(text ?? ''));
  } catch (cause) {
    throw privacyErrors.make('FILE_UNREADABLE', { place, cause });
  }
}
