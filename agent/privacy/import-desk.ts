import { readFile } from 'node:fs/promises';
import type { MessageBody } from '../records/ports.js';
import type { OpenRecords } from '../records/records.js';
import { e164 } from '../understanding/slots/phone-rules.js';
import { demand, type Actor } from './actor.js';
import { textIn } from './archive.js';
import { originalOf } from './correction-desk.js';
import { privacyErrors } from './errors.js';
import type { PrivacyParts } from './privacy-office.js';
import { reportSchema, type ReportedCall, type SubjectReport } from './report-schema.js';

export interface Imported {
  readonly calls: number;
  /** Calls that are in the store already. */
  readonly known: number;
  /** Calls that were erased here: they do not come back in this way. */
  readonly erased: number;
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
   * Reads a report's JSON, or its archive. What was said, told and corrected comes in; sound, decisions
   * and second hearings do not. @throws PRIVACY_NOT_ALLOWED, PRIVACY_FILE_UNREADABLE
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
    const done = { calls: 0, known: 0, erased: 0 };
    for (const call of report.calls) {
      if (erased.has(call.id)) done.erased += 1;
      else if ((await this.#records.reading.calls.head(call.id)) !== undefined) done.known += 1;
      else {
        await this.#records.reading.audit.add(actor.who, 'privacy.import', call.id);
        await this.#take(call, report);
        done.calls += 1;
      }
    }
    return done;
  }

  async #take(call: ReportedCall, report: SubjectReport): Promise<void> {
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

/** @throws PRIVACY_FILE_UNREADABLE */
const bytesOf = (file: string): Promise<Buffer> =>
  readFile(file).catch((cause: unknown) => {
    throw privacyErrors.make('FILE_UNREADABLE', { place: file, cause });
  });

async function readReport(bytes: Buffer, place: string): Promise<SubjectReport> {
  try {
    const text = bytes.subarray(0, ZIP.length).equals(ZIP)
      ? await textIn(bytes, 'report.json')
      : bytes.toString('utf8');
    return reportSchema.parse(JSON.parse(text ?? ''));
  } catch (cause) {
    throw privacyErrors.make('FILE_UNREADABLE', { place, cause });
  }
}
