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

  /** Ends the recording for good and keeps it. May be called twice. */
  close(): Promise<void> {
    return this.#end((writer) => writer.close());
  }

  /** Ends the recording for good and destroys what it holds: the caller does not want it. */
  discard(): Promise<void> {
    return this.#end((writer) => writer.discard());
  }

  async #end(how: (writer: RecordingWriter) => Promise<void>): Promise<void> {
    this.#stopped = true;
    const writer = this.#writer;
    this.#writer = undefined;
    if (writer === undefined) return;
    try {
      await how(writer);
    } catch (error) {
      this.#log.error('recording could not be ended', { reason: oneLine(error) });
    }
  }
}
