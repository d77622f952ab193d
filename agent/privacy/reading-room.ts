import { SAMPLE_RATE } from '../audio/frame.js';
import { writeWav } from '../audio/wav.js';
import { recordOf, type DialogueRecord, type JournalStep } from '../dialogue/record/record.js';
import type { CallFilter } from '../records/call-filter.js';
import type { CallHead, HiddenText, StoredUtterance } from '../records/calls.js';
import type { Correction } from '../records/corrections.js';
import { recordsErrors } from '../records/errors.js';
import type { GuardianAnswer } from '../records/guardians.js';
import type { NewDecision, NewRedaction } from '../records/ports.js';
import type { OpenRecords } from '../records/records.js';
import type { RecordingState, StoredRecording } from '../records/recordings.js';
import type { Clock } from '../clock.js';
import type { Actor } from './actor.js';
import { AccountRoom } from './account-room.js';
import { callersOf } from './callers-of.js';
import { ContactRoom } from './contact-room.js';
import { privacyErrors } from './errors.js';
import { refuseRestricted } from './freeze-desk.js';
import { beginOf, insightsOf, type InsightReport } from './insights.js';
import { intactnessOf, listenTo, type Listening } from './listening.js';
import { HandlingRoom } from './handling-room.js';
import { LiveRoom } from './live-room.js';
import { makePrivate } from './private-file.js';
import { MessageRoom } from './message-room.js';
import { revealHidden } from './redaction-reveal.js';
import { SearchRoom } from './search-room.js';

/** Everything that is known of one call. */
export interface CallReading extends CallHead {
  readonly callerNumber: string | undefined;
  readonly utterances: readonly StoredUtterance[];
  readonly decisions: readonly Omit<NewDecision, 'call'>[];
  readonly consent: { basis: string; noticeVersion: string; at: number } | undefined;
  /** What it came to; undefined when nothing was decided in it. */
  readonly record: DialogueRecord | undefined;
  /** What the guardian of somebody under age said; undefined when none was asked for. */
  readonly guardian: GuardianAnswer | undefined;
  /** What of it was hidden: what it was and where, never which. */
  readonly redactions: readonly Omit<NewRedaction, 'call'>[];
  /** What people found wrong; the last one of a thing counts. */
  readonly corrections: readonly Correction[];
  /** `seconds` are those in which anything was recorded and that can be found. */
  readonly recording: { seconds: number; state: RecordingState | 'damaged' } | undefined;
}

/** Which calls are asked for, and by whom. */
export interface CallQuestion {
  readonly limit: number;
  readonly who: string;
  readonly filter?: CallFilter;
  /** So many of the latest are left out. */
  readonly skip?: number;
}

/** What was decided in a call, and the configuration it was decided under. */
export interface Journal {
  /** JSON of what the dialogue was made of. */
  readonly configuration: string;
  readonly decisions: readonly Omit<NewDecision, 'call'>[];
}

/** A part of a call, in milliseconds from its start. */
export interface Part {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The part of `sound`, which begins at `startMs` of the call. */
function partOf(sound: Int16Array, startMs: number, { fromMs, toMs }: Part): Int16Array {
  const at = (ms: number): number => Math.max(0, Math.round(((ms - startMs) * SAMPLE_RATE) / 1000));
  return sound.subarray(at(fromMs), at(toMs));
}

/**
 * The sole door to the store for those who look at it (web, rpc, cli): who reads what is committed to
 * the audit log before anything is given out. `who` is a user of ours, such as `cli:anna`.
 */
export class ReadingRoom {
  readonly messages: MessageRoom;
  readonly contacts: ContactRoom;
  readonly search: SearchRoom;
  readonly handling: HandlingRoom;
  readonly live: LiveRoom;
  readonly accounts: AccountRoom;
  readonly #records: OpenRecords;
  readonly #clock: Clock;

  constructor(records: OpenRecords, clock: Clock) {
    this.#records = records;
    this.#clock = clock;
    this.messages = new MessageRoom(records, clock);
    this.contacts = new ContactRoom(records, clock);
    this.search = new SearchRoom(records);
    this.handling = new HandlingRoom(records, clock);
    this.live = new LiveRoom(records);
    this.accounts = new AccountRoom(records, clock);
  }

  /** The latest calls first. */
  async listCalls({ limit, who, filter, skip }: CallQuestion): Promise<readonly CallHead[]> {
    const { audit, calls } = this.#records.reading;
    await audit.add(who, 'calls.list', undefined);
    return calls.list(limit, filter, skip);
  }

  /** How many calls fit: no content, so not audited. */
  countCalls(filter: CallFilter): Promise<number> {
    return this.#records.reading.calls.count(filter);
  }

  /** Who called, by call: see callersOf. */
  callersOf(ids: readonly string[], who: string): Promise<Readonly<Record<string, string>>> {
    return callersOf(this.#records, ids, who);
  }

  /** Somebody of ours asks another office for something; it is written down there as well. */
  async elsewhere(what: string, subject: string, who: string): Promise<void> {
    await this.#records.reading.audit.add(who, `offices.${what}`, subject);
  }

  /** What calls can be looked for by: codes alone, so not audited. */
  callKinds(): Promise<Readonly<Record<'outcome' | 'intent' | 'urgency', readonly string[]>>> {
    return this.#records.reading.calls.kinds();
  }

  /**
   * What the policy hid in the texts of a call, for those who may hear calls and say why.
   * @throws PRIVACY_NOT_ALLOWED, PRIVACY_NO_CALL, RECORDS_KEY_ERASED
   */
  reveal(call: string, why: string, actor: Actor): Promise<readonly HiddenText[]> {
    return revealHidden(this.#records, actor, call, why);
  }

  /** @throws PRIVACY_NO_CALL, RECORDS_KEY_ERASED */
  async showCall(id: string, who: string): Promise<CallReading> {
    const { audit, calls, recordings } = this.#records.reading;
    await audit.add(who, 'calls.show', id);
    await refuseRestricted(this.#records, id, who, 'calls.show');
    const head = await calls.head(id);
    if (head === undefined) throw privacyErrors.make('NO_CALL', { place: id });
    const { corrections: desk, guardians } = this.#records.rights;
    const [callerNumber, utterances, decisions, stored, consent, recording] = await Promise.all([
      calls.callerNumber(id),
      calls.utterances(id),
      calls.decisions(id),
      calls.record(id),
      calls.consent(id),
      recordings.of(id).then(summaryOf, damageOf),
    ]);
    const record = stored === undefined ? remade(decisions, head.language) : parsed(stored);
    const [redactions, corrections, guardian] = await Promise.all([
      calls.redactions(id),
      desk.ofCall(id),
      guardians.of(id),
    ]);
    return {
      ...{ ...head, callerNumber, utterances, decisions, record, consent, recording },
      ...{ redactions, corrections, guardian },
    };
  }

  /** A call to be kept as a file, outside of this house. @throws as showCall */
  async takeAway(id: string, who: string): Promise<CallReading> {
    await this.#records.reading.audit.add(who, 'calls.export', id);
    return this.showCall(id, who);
  }

  /**
   * The recording of a call to listen to, without a file.
   * @throws PRIVACY_NO_CALL, and what `listenTo` does
   */
  async listen(
    id: string,
    who: string,
    part?: Part,
    as: 'calls.listen' | 'calls.export' = 'calls.listen',
  ): Promise<Listening> {
    const { audit, calls } = this.#records.reading;
    await audit.add(who, as, id);
    await refuseRestricted(this.#records, id, who, as);
    if ((await calls.head(id)) === undefined) throw privacyErrors.make('NO_CALL', { place: id });
    return listenTo(this.#records, id, part);
  }

  /** How the calls of the last `days` went, in numbers. */
  async insights(days: number, timeZone: string, who: string): Promise<InsightReport> {
    const { audit, insights } = this.#records.reading;
    await audit.add(who, 'insights', undefined);
    const now = this.#clock.now();
    const begin = beginOf(days, now, timeZone);
    const from = begin.toMillis();
    const [calls, messages, gate] = await Promise.all([
      insights.calls(from),
      insights.messages(from),
      this.#records.handling.counts.since(begin.toISODate() ?? ''),
    ]);
    return insightsOf({ calls, messages, gate }, { days, now, timeZone });
  }

  /** Everything that a call's decisions depended on. @throws PRIVACY_NO_CALL, PRIVACY_NO_JOURNAL */
  async journal(id: string, who: string): Promise<Journal> {
    const { audit, calls, configurations } = this.#records.reading;
    await audit.add(who, 'calls.replay', id);
    await refuseRestricted(this.#records, id, who, 'calls.replay');
    if ((await calls.head(id)) === undefined) throw privacyErrors.make('NO_CALL', { place: id });
    const configuration = await configurations.of(id);
    const decisions = await calls.decisions(id);
    if (configuration === undefined || decisions.length === 0) {
      throw privacyErrors.make('NO_JOURNAL', { place: id });
    }
    return { configuration, decisions };
  }

  /**
   * Writes the recording of a call as a WAV file, readable by this user only: left the caller, right
   * what the caller was played, from the first recorded second on; or `part` of it, in milliseconds from
   * the call's start, as details of messages name it. What was not recorded is silent, and so are seconds
   * that are damaged: they are returned.
   * @throws PRIVACY_NO_RECORDING, PRIVACY_EXPORT_UNWRITABLE, RECORDS_CHUNK_DAMAGED if none of it can be read
   */
  async exportRecording(
    id: string,
    path: string,
    who: string,
    part?: Part,
  ): Promise<readonly number[]> {
    const { sides, damaged } = await this.sidesOf(id, who, part);
    await makePrivate(path);
    await writeWav(path, sides, SAMPLE_RATE);
    return damaged;
  }

  /** What `exportRecording` writes: the caller's side and ours, with what is damaged. @throws as it does */
  async sidesOf(
    id: string,
    who: string,
    part?: Part,
  ): Promise<{ readonly sides: readonly Int16Array[]; readonly damaged: readonly number[] }> {
    const { audit, recordings } = this.#records.reading;
    await audit.add(who, 'calls.export', id);
    await refuseRestricted(this.#records, id, who, 'calls.export');
    const recorded = await recordings.of(id);
    const { intact, damaged } = await intactnessOf(recorded, id);
    const first = Math.min(intact.first, damaged[0] ?? Infinity);
    const length = (Math.max(intact.last, damaged.at(-1) ?? 0) - first + 1) * SAMPLE_RATE;
    const caller = new Int16Array(length);
    const agent = new Int16Array(length);
    for (const recording of recorded) {
      for await (const { second, samples } of recording.intact()) {
        if (samples === undefined) continue;
        const start = (second - first) * SAMPLE_RATE;
        for (let index = 0; index < samples.length / 2; index += 1) {
          // After a crash two recordings may share a second, each silent where the other is not.
          caller[start + index] ||= samples[index * 2] ?? 0;
          agent[start + index] ||= samples[index * 2 + 1] ?? 0;
        }
      }
    }
    const cut = (sound: Int16Array): Int16Array =>
      part === undefined ? sound : partOf(sound, first * 1000, part);
    const sides = [cut(caller), cut(agent)];
    if (sides[0]?.length === 0) throw privacyErrors.make('NO_RECORDING', { place: id });
    const within = (second: number): boolean =>
      part === undefined || (second * 1000 < part.toMs && (second + 1) * 1000 > part.fromMs);
    return { sides, damaged: damaged.filter(within) };
  }
}

const parsed = (stored: string): DialogueRecord => JSON.parse(stored) as DialogueRecord;

/** A call that was interrupted, or runs yet, has a journal all the same: its record is made of that. */
function remade(decisions: CallReading['decisions'], language: string): DialogueRecord | undefined {
  if (decisions.length === 0) return undefined;
  const journal = decisions.map(({ event, actions, reason }) => ({
    event: JSON.parse(event) as JournalStep['event'],
    actions: JSON.parse(actions) as JournalStep['actions'],
    reason,
  }));
  return recordOf(journal, language);
}

/** A call has more than one recording only after a crash in its middle. */
function summaryOf(recorded: readonly StoredRecording[]): CallReading['recording'] {
  if (recorded.length === 0) return undefined;
  const states = recorded.map(({ state }) => state);
  const rank: readonly RecordingState[] = ['open', 'incomplete', 'closed', 'discarded'];
  return {
    seconds: recorded.reduce((sum, { seconds }) => sum + seconds, 0),
    state: recorded.some(({ damaged }) => damaged)
      ? 'damaged'
      : (rank.find((state) => states.includes(state)) ?? 'incomplete'),
  };
}

/** What was said can be read although the sound is gone; an export names the file. */
function damageOf(error: unknown): CallReading['recording'] {
  if (recordsErrors.is(error, 'FILE_GONE')) {
    return { seconds: 0, state: 'damaged' };
  }
  throw error;
}
