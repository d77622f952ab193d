import type { OpenRecords } from '../records/records.js';
import { refuseRestricted } from './freeze-desk.js';

/** What the staff does with calls that run. */
export type LiveStep = 'watch' | 'listen' | 'whisper' | 'take-over' | 'end';

/** Where it is written down who looks into a running call, and who steps into it, before they do. */
export class LiveRoom {
  readonly #records: OpenRecords;

  constructor(records: OpenRecords) {
    this.#records = records;
  }

  /** @throws PRIVACY_RESTRICTED for a look into a call whose use is restricted */
  async enter(step: LiveStep, call: string, who: string): Promise<void> {
    await this.#records.reading.audit.add(who, `live.${step}`, call);
    if (step === 'take-over' || step === 'end') return;
    await refuseRestricted(this.#records, call, who, `live.${step}`);
  }
}
