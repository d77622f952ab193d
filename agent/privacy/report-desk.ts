import { PassThrough, type Readable } from 'node:stream';
import type { OpenRecords } from '../records/records.js';
import { demand, type Actor } from './actor.js';
import { Archive, type ArchivedFile } from './archive.js';
import { csvFiles } from './csv.js';
import { listenTo } from './listening.js';
import type { PrivacyParts } from './privacy-office.js';
import { reportPage } from './report-html.js';
import { publishedSchema } from './report-schema.js';
import { Reporter } from './report.js';
import type { Proof, RequestDesk } from './request-desk.js';
import type { Mention, Subject, SubjectFinder, SubjectQuery } from './subject-finder.js';

/** What was put into an archive; `mentions` are in others' calls, and not in it. */
export interface ReportMade {
  readonly file: string;
  readonly calls: number;
  readonly files: readonly ArchivedFile[];
  readonly mentions: readonly Mention[];
}

/** A ZIP archive on its way; `mentions` as in `ReportMade`. */
export interface ReportSent {
  readonly stream: Readable;
  /** What is in it, once it is whole. */
  readonly made: Promise<Pick<ReportMade, 'calls' | 'files'>>;
  readonly mentions: readonly Mention[];
}

/** Hands out what is held of a person (GDPR Art. 15 and 20): one archive. */
export class ReportDesk {
  readonly #records: OpenRecords;
  readonly #finder: SubjectFinder;
  readonly #requests: RequestDesk;
  readonly #reporter: Reporter;

  constructor(parts: PrivacyParts, finder: SubjectFinder, requests: RequestDesk) {
    this.#records = parts.records;
    this.#finder = finder;
    this.#requests = requests;
    this.#reporter = new Reporter(parts);
  }

  /**
   * Writes report.html, report.json with its schema, tables, the recordings, and a signed manifest.
   * @throws PRIVACY_NOT_ALLOWED, PRIVACY_NO_IDENTITY, PRIVACY_NOBODY, PRIVACY_EXPORT_UNWRITABLE, …
   */
  async make(query: SubjectQuery, proof: Proof, path: string, actor: Actor): Promise<ReportMade> {
    const subject = await this.#subject(query, proof, actor);
    const { calls, files } = await this.#fill(subject, await Archive.create(path));
    return { file: path, calls, files, mentions: subject.mentions };
  }

  /**
   * The same archive as a stream; nothing of it is written to this machine's disk. Resolves when it is
   * certain who asks and of whom. @throws as `make`; what fails later ends the stream
   */
  async send(query: SubjectQuery, proof: Proof, actor: Actor): Promise<ReportSent> {
    const subject = await this.#subject(query, proof, actor);
    const stream = new PassThrough();
    const made = this.#fill(subject, new Archive(stream, 'report.zip'));
    made.catch((cause: unknown) => {
      stream.destroy(cause instanceof Error ? cause : new Error(String(cause)));
    });
    return { stream, made, mentions: subject.mentions };
  }

  async #subject(query: SubjectQuery, proof: Proof, actor: Actor): Promise<Subject> {
    demand(actor, 'privacy.requests');
    const { audit } = this.#records.reading;
    const identity = await this.#requests.identityOf(proof);
    const subject = await this.#finder.find(query);
    for (const { id } of subject.calls) await audit.add(actor.who, 'privacy.report', id, identity);
    for (const id of subject.contacts) await audit.add(actor.who, 'privacy.report', id, identity);
    return subject;
  }

  async #fill(subject: Subject, archive: Archive): Promise<Pick<ReportMade, 'calls' | 'files'>> {
    try {
      const report = await this.#reporter.report(subject);
      const files = [
        await archive.add('report.html', reportPage(report)),
        await archive.add('report.json', json(report)),
        await archive.add('subject-report.schema.json', json(publishedSchema())),
      ];
      for (const [name, text] of Object.entries(csvFiles(report))) {
        files.push(await archive.add(name, text));
      }
      for (const { id, recording } of report.calls) {
        if (recording === null) continue;
        const { parts } = await listenTo(this.#records, id);
        files.push(await archive.add(recording.file, parts));
      }
      const damaged = report.calls.flatMap(({ recording, damagedSeconds: seconds }) =>
        recording === null || seconds === undefined ? [] : [{ file: recording.file, seconds }],
      );
      const manifest = this.#records.rights.ledger.sign({
        ...{ document: 'vestibule report manifest', madeAt: report.madeAt, files },
        ...(damaged.length === 0 ? {} : { damaged }),
      });
      await archive.add('manifest.json', json(manifest));
      await archive.close();
      return { calls: report.calls.length, files };
    } catch (error) {
      archive.abandon();
      throw error;
    }
  }
}

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
