import { SAMPLE_RATE } from '../audio/frame.js';
import { writeWav } from '../audio/wav.js';
import type { CallHead } from '../records/calls.js';
import { recordsErrors } from '../records/errors.js';
import type { NewDecision, NewUtterance } from '../records/ports.js';
import type { OpenRecords } from '../records/records.js';
import type { StoredRecording } from '../records/recordings.js';

/** Everything that is known of one call. */
export interface CallReading extends CallHead {
  readonly callerNumber: string | undefined;
  readonly utterances: readonly Omit<NewUtterance, 'call'>[];
  readonly decisions: readonly Omit<NewDecision, 'call'>[];
  readonly consent: { basis: string; noticeVersion: string; at: number } | undefined;
  readonly recording: { seconds: number; state: StoredRecording['state'] } | undefined;
}

/**
 * The sole door to the store for those who look at it (web, rpc, cli): who reads what is committed to
 * the audit log before anything is given out.
 */
export class ReadingRoom {
  readonly #records: OpenRecords;

  constructor(records: OpenRecords) {
    this.#records = records;
  }

  /** The latest calls first. */
  async listCalls({ limit, who }: { limit: number; who: string }): Promise<readonly CallHead[]> {
    const { reading } = this.#records;
    await reading.audit(who, 'calls.list', undefined);
    return reading.calls.list(limit);
  }

  /** @throws RECORDS_NO_CALL */
  async showCall(id: string, who: string): Promise<CallReading> {
    const { reading } = this.#records;
    await reading.audit(who, 'calls.show', id);
    const head = await reading.calls.head(id);
    if (head === undefined) throw recordsErrors.make('NO_CALL', { place: id });
    const [callerNumber, utterances, decisions, consent, recording] = await Promise.all([
      reading.calls.callerNumber(id),
      reading.calls.utterances(id),
      reading.calls.decisions(id),
      reading.calls.consent(id),
      reading.recording(id),
    ]);
    return {
      ...head,
      ...{ callerNumber, utterances, decisions, consent },
      recording: recording && {
        seconds:
          recording.chunks.reduce((sum, { samples }) => sum + samples.length, 0) / 2 / SAMPLE_RATE,
        state: recording.state,
      },
    };
  }

  /**
   * Writes the recording of a call as a WAV file: left the caller, right what the caller was played,
   * from the first recorded second on.
   * @throws RECORDS_NO_RECORDING
   */
  async exportRecording(id: string, path: string, who: string): Promise<void> {
    const { reading } = this.#records;
    await reading.audit(who, 'calls.export', id);
    const recording = await reading.recording(id);
    const first = recording?.chunks[0]?.second;
    const last = recording?.chunks.at(-1)?.second;
    if (recording === undefined || first === undefined || last === undefined) {
      throw recordsErrors.make('NO_RECORDING', { place: id });
    }
    const length = (last - first + 1) * SAMPLE_RATE;
    const caller = new Int16Array(length);
    const agent = new Int16Array(length);
    for (const { second, samples } of recording.chunks) {
      const start = (second - first) * SAMPLE_RATE;
      for (let index = 0; index < samples.length / 2; index += 1) {
        caller[start + index] = samples[index * 2] ?? 0;
        agent[start + index] = samples[index * 2 + 1] ?? 0;
      }
    }
    await writeWav(path, [caller, agent], SAMPLE_RATE);
  }
}
