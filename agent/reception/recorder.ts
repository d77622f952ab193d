import type { Pcm } from '../audio/frame.js';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import type { Consent, Records, RecordingWriter } from '../records/ports.js';

/**
 * The recording of one call. Nothing is kept before `begin` is given a Consent; a store that cannot
 * write ends the recording and not the call.
 */
export class Recorder {
  readonly #records: Records;
  readonly #log: Log;
  #writer: RecordingWriter | undefined;
  #stopped = false;

  constructor(records: Records, log: Log) {
    this.#records = records;
    this.#log = log;
  }

  async begin(consent: Consent): Promise<void> {
    if (this.#writer !== undefined || this.#stopped) return;
    try {
      this.#writer = await this.#records.recordings.open(consent);
    } catch (error) {
      this.#log.error('recording could not begin', { call: consent.call, reason: oneLine(error) });
    }
  }

  /** PCM of one side at `atMs` from the call's start. */
  write(side: 'caller' | 'agent', pcm: Pcm, atMs: number): void {
    this.#writer?.write(side, pcm, atMs);
  }

  /** Ends the recording for good. May be called twice. */
  async close(): Promise<void> {
    this.#stopped = true;
    const writer = this.#writer;
    this.#writer = undefined;
    try {
      await writer?.close();
    } catch (error) {
      this.#log.error('recording could not be closed', { reason: oneLine(error) });
    }
  }
}
