import type { Clock } from '../clock.js';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import { replayErasures } from '../records/erasure.js';
import type { OpenRecords } from '../records/records.js';
import type { RequestDesk } from './request-desk.js';
import type { RetentionJob } from './retention-job.js';

export interface UpkeepParts {
  readonly records: Pick<OpenRecords, 'alarms' | 'reading' | 'rights'>;
  readonly retention: RetentionJob;
  readonly requests: RequestDesk;
  readonly clock: Clock;
  readonly log: Log;
}

const HOUR_MS = 3_600_000;

/**
 * What the daemon does for people's rights while it runs: finishes erasures at its start, and looks
 * every hour at the schedule and at requests that are due. Calls go on whatever fails here.
 */
export class Upkeep {
  readonly #parts: UpkeepParts;
  #cancel: (() => void) | undefined;
  #running: Promise<void> = Promise.resolve();
  #started = false;
  /** Erasures and hidings of the ledger were carried out since the start. */
  #replayed = false;
  /** The row that the daemon's log was told of last. */
  #noted: number | undefined;

  constructor(parts: UpkeepParts) {
    this.#parts = parts;
  }

  /** May be called twice. */
  async start(): Promise<void> {
    if (this.#started) return;
    this.#started = true;
    this.#replayed = false;
    await this.#replay();
    this.#running = this.#hour();
  }

  /** Resolves when what runs is done. May be called twice. */
  async stop(): Promise<void> {
    this.#started = false;
    this.#cancel?.();
    this.#cancel = undefined;
    await this.#running;
  }

  async #replay(): Promise<void> {
    const { records, clock, log } = this.#parts;
    if (this.#replayed) return;
    try {
      const { keys, files, rows } = await replayErasures(records.rights, clock.now());
      if (keys + files + rows > 0) log.warn('erasures were carried out again', { count: rows });
      const hidden = await records.rights.hidings.replay();
      if (hidden > 0) log.warn('words were hidden again', { count: hidden });
      this.#replayed = true;
    } catch (error) {
      log.error('erasures could not be carried out again', { reason: oneLine(error) });
    }
  }

  /**
   * Where the audit log stands goes to the daemon's log, and with it to wherever that is sent: whoever makes the
   * whole chain anew cannot reach it there (OWASP ASVS 16.4.3).
   */
  async #noteHead(): Promise<void> {
    const { records, log } = this.#parts;
    const head = await records.reading.audit.head();
    if (head === undefined || head.row === this.#noted) return;
    this.#noted = head.row;
    log.info('the audit log has come to', { head: `${String(head.row)}:${head.link}` });
  }

  async #hour(): Promise<void> {
    const { records, retention, requests, clock, log } = this.#parts;
    await retention.tick();
    try {
      const { state } = await retention.status();
      records.alarms.report('retention', state !== 'late' && state !== 'clock');
      const { soon, overdue } = await requests.pressing();
      records.alarms.report('requests', soon + overdue === 0);
      if (overdue > 0) log.error('requests about personal data are overdue', { count: overdue });
      if (soon > 0) log.warn('requests about personal data are due soon', { count: soon });
      await this.#noteHead();
    } catch (error) {
      log.error('schedule and requests could not be read', { reason: oneLine(error) });
    }
    if (!this.#started) return;
    this.#cancel = clock.after(HOUR_MS, () => {
      // A store or a ledger that could not be read at the start may be there now.
      this.#running = this.#replay().then(() => this.#hour());
    });
  }
}
