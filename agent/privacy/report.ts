import { SAMPLE_RATE } from '../audio/frame.js';
import { recordsErrors } from '../records/errors.js';
import type { OpenRecords } from '../records/records.js';
import type { Detail } from '../records/ports.js';
import type { WholeCall } from '../records/subjects.js';
import { privacyErrors } from './errors.js';
import { listenTo } from './listening.js';
import { keptFor, PROCESSING } from './processing.js';
import type { PrivacyParts } from './privacy-office.js';
import type { ReportedCall, SubjectReport } from './report-schema.js';
import type { Subject } from './subject-finder.js';

const iso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | undefined): string | null => (at === undefined ? null : iso(at));

/** Where a call's sound lies in the archive. */
export const soundFileOf = (call: string): string => `recordings/${call}.wav`;

/** Gathers what is held of a person. Others' data, such as who spoke of them, are not in it. */
export class Reporter {
  readonly #records: OpenRecords;
  readonly #parts: PrivacyParts;

  constructor(parts: PrivacyParts) {
    this.#records = parts.records;
    this.#parts = parts;
  }

  async report(subject: Subject): Promise<SubjectReport> {
    const { clock, office, settings } = this.#parts;
    const contacts = await Promise.all(
      subject.contacts.map((id) => this.#records.reading.contacts.find(id)),
    );
    const known = contacts.flatMap((one) => one ?? []);
    const numbers = [
      ...known.flatMap((one) => one.numbers),
      ...subject.calls.flatMap(({ callerNumber }) => callerNumber ?? []),
    ];
    const calls: ReportedCall[] = [];
    for (const call of subject.calls) calls.push(await this.#call(call));
    return {
      ...({ format: 'vestibule-subject-report', version: 1 } as const),
      madeAt: iso(clock.now()),
      office: office.name,
      contact: settings.controller?.contact ?? null,
      contacts: known.map(({ id, names, numbers: theirs, firstAt, lastAt }) => ({
        ...{ id, names: [...names], numbers: [...theirs] },
        ...{ firstAt: iso(firstAt), lastAt: iso(lastAt) },
      })),
      calls,
      objections: await this.#objections(numbers),
      rules: await this.#rules(numbers),
      requests: await this.#requests(
        numbers,
        known.flatMap((one) => one.names),
      ),
      processing: PROCESSING.filter(({ people }) => people.startsWith('callers')).map(
        ({ purpose, basis, data, category }) => ({
          ...{ purpose, basis, data },
          kept: keptFor(settings.retention, category),
        }),
      ),
    };
  }

  async #call(call: WholeCall): Promise<ReportedCall> {
    const { calls, messages } = this.#records.reading;
    const { id } = call;
    const [head, consent, decisions, sound, corrections, guardian] = await Promise.all([
      calls.head(id),
      calls.consent(id),
      calls.decisions(id),
      this.#soundOf(id),
      this.#records.rights.corrections.ofCall(id),
      this.#records.rights.guardians.of(id),
    ]);
    return {
      ...{ id, startedAt: iso(call.startedAt), language: head?.language ?? '' },
      ...{ answeredAt: isoOrNull(head?.answeredAt), endedAt: isoOrNull(head?.endedAt) },
      ...{ outcome: head?.outcome ?? null, endedBy: head?.endedBy ?? null },
      callerNumber: call.callerNumber ?? null,
      consent: consent === undefined ? null : { ...consent, at: iso(consent.at) },
      guardian: guardian === undefined ? null : { ...guardian, at: iso(guardian.at) },
      utterances: call.utterances.map(({ party, atMs, lengthMs, text, secondHearing }) => ({
        ...{ party, atMs: Math.round(atMs), lengthMs: Math.round(lengthMs), text },
        secondHearing: secondHearing?.text ?? null,
      })),
      decisions: decisions.map(({ atMs, reason }) => ({ atMs: Math.round(atMs), reason })),
      messages: await Promise.all(
        call.messages.map(async (one) => ({
          ...{ id: one.id, takenAt: iso(one.takenAt), state: one.state, intent: one.intent },
          ...{ urgent: one.urgent ?? null, recipient: one.recipient ?? null },
          confirmed: one.confirmed,
          ...detailsOf(one.body),
          notes: (await messages.notes(one)).map(({ at, text }) => ({ at: iso(at), text })),
        })),
      ),
      recording:
        typeof sound === 'string' ? null : { file: soundFileOf(id), seconds: sound.seconds },
      recordingDamaged: sound === 'damaged' || (sound !== 'none' && sound.damaged.length > 0),
      ...(typeof sound === 'string' || sound.damaged.length === 0
        ? {}
        : { damagedSeconds: [...sound.damaged] }),
      corrections: corrections.map(({ thing, at, text, originalSha256 }) => ({
        ...{ thing, at: iso(at), text, originalSha256 },
      })),
    };
  }

  /** Seconds of sound, and those of them that cannot be read. */
  async #soundOf(
    call: string,
  ): Promise<
    { readonly seconds: number; readonly damaged: readonly number[] } | 'none' | 'damaged'
  > {
    try {
      const { parts, bytes, damaged } = await listenTo(this.#records, call);
      let read = 0;
      for await (const part of parts) read += part.length;
      const seconds = Math.floor(bytes / (SAMPLE_RATE * 4));
      return read === bytes ? { seconds, damaged } : 'damaged';
    } catch (error) {
      if (privacyErrors.is(error, 'NO_RECORDING')) return 'none';
      // A key may be gone with what was hidden in an older copy of the store.
      const unreadable = (['FILE_GONE', 'CHUNK_DAMAGED', 'KEY_ERASED'] as const).some((name) =>
        recordsErrors.is(error, name),
      );
      if (unreadable) return 'damaged';
      throw error;
    }
  }

  async #objections(numbers: readonly string[]): Promise<SubjectReport['objections']> {
    const all = await this.#records.rights.objections.list();
    return all.flatMap(({ kind, number, at }) =>
      number !== undefined && numbers.includes(number) ? [{ kind, number, at: iso(at) }] : [],
    );
  }

  async #rules(numbers: readonly string[]): Promise<SubjectReport['rules']> {
    const all = await this.#records.handling.rules.all();
    return all
      .filter(({ caller }) => numbers.includes(caller ?? ''))
      .map(({ way, setAt, until }) => ({ way, since: iso(setAt), until: isoOrNull(until) }));
  }

  async #requests(
    numbers: readonly string[],
    names: readonly string[],
  ): Promise<SubjectReport['requests']> {
    const all = await this.#records.rights.requests.list(true);
    return all
      .filter(
        ({ body }) => numbers.includes(body?.number ?? '') || names.includes(body?.name ?? ''),
      )
      .map(({ kind, receivedAt, dueAt, state, closed }) => ({
        ...{ kind, receivedAt: iso(receivedAt), dueAt: iso(dueAt), state },
        outcome: closed?.outcome ?? null,
      }));
  }
}

type Message = ReportedCall['messages'][number];
type Details = Pick<Message, 'name' | 'phone' | 'reason' | 'callbackTime' | 'details'>;

function detailsOf(body: WholeCall['messages'][number]['body']): Details {
  const plain = ({ value, heard, confidence, by }: Detail) => ({ value, heard, confidence, by });
  const one = (name: Exclude<keyof Details, 'details'>): Details['name'] => {
    const told = body?.[name];
    return told === null || told === undefined ? null : plain(told);
  };
  const besides = Object.entries(body?.details ?? {}).map(
    ([id, told]) => [id, plain(told)] as const,
  );
  return {
    ...{ name: one('name'), phone: one('phone') },
    ...{ reason: one('reason'), callbackTime: one('callbackTime') },
    details: Object.fromEntries(besides),
  };
}
