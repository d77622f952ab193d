import { DateTime } from 'luxon';
import type { Clock } from '../clock.js';
import type { CallHandling, GateEvent } from '../dialogue/ports.js';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import type { HandlingRecords } from '../records/handling.js';
import { handlingOf, type HandlingPlan } from './handling.js';
import { keyOf } from './handling-numbers.js';
import type { VisitHandling } from './visit.js';

/** The caller hears nothing yet: a store that takes longer is not waited for. */
const DECIDED_WITHIN_MS = 1_500;

export interface HandlingDeskParts {
  readonly plan: HandlingPlan;
  readonly records: Pick<HandlingRecords, 'known' | 'counts'>;
  readonly longest: VisitHandling['longest'];
  /** IANA zone by which counts belong to days. */
  readonly timeZone: string;
  readonly clock: Clock;
  readonly log: Log;
  /** 0 ≤ x < 1 */
  readonly random: () => number;
}

/** Asks the store what is known of a call and has the plan decide. A store that fails blocks nobody. */
export class HandlingDesk implements VisitHandling {
  readonly #parts: HandlingDeskParts;
  readonly #log: Log;

  constructor(parts: HandlingDeskParts) {
    this.#parts = parts;
    this.#log = parts.log.part('handling');
  }

  get longest(): VisitHandling['longest'] {
    return this.#parts.longest;
  }

  async of(call: Parameters<VisitHandling['of']>[0], id: string): Promise<CallHandling> {
    try {
      const late = this.#parts.clock.sleep(DECIDED_WITHIN_MS).then(() => undefined);
      const decided = await Promise.race([this.#decide(call, id), late]);
      if (decided !== undefined) return decided;
      this.#log.warn('the handling of a call was not decided in time', { call: id });
    } catch (error) {
      const reason = oneLine(error);
      this.#log.error('the handling of a call could not be decided', { call: id, reason });
    }
    return { way: 'assistant' };
  }

  async count(what: GateEvent): Promise<void> {
    const { clock, records, timeZone } = this.#parts;
    const day = DateTime.fromMillis(clock.now(), { zone: timeZone }).toISODate() ?? '';
    try {
      await records.counts.add(what, day);
    } catch (error) {
      this.#log.error('a count could not be stored', { event: what, reason: oneLine(error) });
    }
  }

  async #decide(call: Parameters<VisitHandling['of']>[0], id: string): Promise<CallHandling> {
    const { caller } = call;
    const { plan, records, clock, random } = this.#parts;
    const now = clock.now();
    const number = plan.number(caller);
    const known = await records.known(keyOf(number), number.e164, now);
    const decision = plan.decide({ ...call, now, ...known });
    for (const reason of decision.because) this.#log.info('call handled', { call: id, reason });
    return handlingOf(decision, known.away, random);
  }
}
