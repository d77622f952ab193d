import type { Clock } from '../clock.js';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import type { JobState } from '../records/jobs.js';
import type { OpenRecords } from '../records/records.js';
import { CATEGORIES, type Category } from '../records/retention.js';
import { daysOf } from './processing.js';
import type { RetentionSettings } from './settings.js';

export { CATEGORIES, type Category } from '../records/retention.js';

/** What a run would destroy, or destroyed, in one category. */
export interface CategoryResult {
  readonly category: Category;
  /** What began before it is past its time. */
  readonly before: number;
  readonly count: number;
  /** Stays because of a legal hold. */
  readonly held: number;
}

/** When a category falls due. */
export interface CategoryCalendar {
  readonly category: Category;
  /** How long it is kept. */
  readonly days: number;
  /** For each moment that was asked for: how many fall due since the one before it. */
  readonly counts: readonly number[];
  /** Would be due by the last moment, and stay because of a legal hold. */
  readonly held: number;
}

export type RunOutcome =
  | { readonly state: 'done' | 'dry'; readonly results: readonly CategoryResult[] }
  /** `off`: the settings keep everything. `clock`: the clock jumped, nothing was destroyed. */
  | { readonly state: 'off' | 'clock'; readonly jumpMs: number };

/** How the job stands, for doctor, metrics and alarms. */
export interface RetentionStatus {
  readonly state: 'off' | 'never' | 'fine' | 'late' | 'clock';
  readonly ranAt: number | undefined;
  readonly results: readonly CategoryResult[];
}

export interface RetentionParts {
  readonly records: Pick<OpenRecords, 'rights' | 'reading'>;
  readonly settings: RetentionSettings;
  readonly clock: Clock;
  readonly log: Log;
}

const JOB = 'retention';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The job runs once a day; after two it is missed. */
const LATE_MS = 2 * DAY_MS;
/** A clock that went back by less was set right. */
const BACK_MS = 5 * 60_000;

/** Destroys what is past its time, once a day, and tells when it could not. */
export class RetentionJob {
  readonly #parts: RetentionParts;

  constructor(parts: RetentionParts) {
    this.#parts = parts;
  }

  /** Runs if the last run is a day old; to be called every hour. Never throws. */
  async tick(): Promise<void> {
    const { clock, log } = this.#parts;
    try {
      const known = await this.#state();
      const since = clock.now() - (known?.ranAt ?? 0);
      // A run in the future was under a clock that was wrong.
      if (since >= DAY_MS - HOUR_MS || since < 0) await this.run('daemon');
      else if ((await this.#jump(known)) !== 0) log.error('the clock jumped: nothing is deleted');
    } catch (error) {
      log.error('the retention job failed', { reason: oneLine(error) });
    }
  }

  /** What a run would destroy now. */
  async dryRun(): Promise<RunOutcome> {
    if (!this.#parts.settings.enabled) return { state: 'off', jumpMs: 0 };
    const results: CategoryResult[] = [];
    for (const category of CATEGORIES) {
      const before = this.#before(category);
      const { ids, held } = await this.#parts.records.rights.retention.due(category, before);
      results.push({ category, before, count: ids.length, held });
    }
    return { state: 'dry', results };
  }

  /** What goes when: of each category, what falls due from one moment to the next of `at`. */
  async calendar(at: readonly number[]): Promise<readonly CategoryCalendar[]> {
    if (!this.#parts.settings.enabled) return [];
    const { retention } = this.#parts.records.rights;
    return Promise.all(
      CATEGORIES.map(async (category) => {
        const days = daysOf(this.#parts.settings, category);
        const found = await Promise.all(
          at.map((moment) => retention.due(category, moment - days * DAY_MS)),
        );
        const counts = found.map(
          ({ ids }, index) => ids.length - (found[index - 1]?.ids.length ?? 0),
        );
        return { category, days, counts, held: found.at(-1)?.held ?? 0 };
      }),
    );
  }

  /**
   * Destroys what is due. A clock that jumped is not trusted for a day, unless `clockIsRight`.
   * @throws RECORDS_… when something could not be destroyed; the next run goes on with it
   */
  async run(who: string, clockIsRight = false): Promise<RunOutcome> {
    const { records, settings, clock, log } = this.#parts;
    if (!settings.enabled) return { state: 'off', jumpMs: 0 };
    const known = await this.#state();
    const jumpMs = clockIsRight ? 0 : await this.#jump(known);
    if (jumpMs !== 0) {
      log.error('the clock jumped: nothing is deleted', { ms: jumpMs });
      return { state: 'clock', jumpMs };
    }
    await records.reading.audit.add(who, 'retention.run', undefined);
    const results: CategoryResult[] = [];
    for (const category of CATEGORIES) {
      const before = this.#before(category);
      const { held } = await records.rights.retention.due(category, before);
      const count = await records.rights.retention.destroy(category, before);
      results.push({ category, before, count, held });
    }
    const now = clock.now();
    await records.reading.accounts.purge(now - settings.closedAccountDays * DAY_MS);
    await records.rights.retention.finish();
    const result = JSON.stringify(results);
    const state: JobState = { ranAt: now, seenAt: now, suspectAt: undefined, result };
    await records.rights.jobs.keep(JOB, state);
    const count = results.reduce((sum, one) => sum + one.count, 0);
    log.info('the retention job ran', { count });
    return { state: 'done', results };
  }

  /** Whether it runs as it should. */
  async status(): Promise<RetentionStatus> {
    const known = await this.#state();
    const { ranAt, suspectAt, result } = known ?? { ranAt: undefined };
    const results = JSON.parse(result ?? '[]') as readonly CategoryResult[];
    const stands = (state: RetentionStatus['state']): RetentionStatus => ({
      ...{ state, ranAt, results },
    });
    if (!this.#parts.settings.enabled) return stands('off');
    if (suspectAt !== undefined) return stands('clock');
    if (ranAt === undefined) return stands('never');
    const since = this.#parts.clock.now() - ranAt;
    return stands(since > LATE_MS || since < -BACK_MS ? 'late' : 'fine');
  }

  #state(): Promise<JobState | undefined> {
    return this.#parts.records.rights.jobs.of(JOB);
  }

  #before(category: Category): number {
    return this.#parts.clock.now() - daysOf(this.#parts.settings, category) * DAY_MS;
  }

  /**
   * How far the clock is from where it was last seen, if that is too far: 0 when it can be trusted. A
   * jump is noted; when the clock then runs on for a day, it was the machine that had been off.
   */
  async #jump(known: JobState | undefined): Promise<number> {
    const { records, settings, clock } = this.#parts;
    const now = clock.now();
    // Before its first run, the audit log tells when anybody last looked at a clock here.
    const seenAt = known?.seenAt ?? (await records.reading.audit.head())?.at ?? now;
    const moved = now - seenAt;
    const jumped = moved < -BACK_MS || moved > settings.mostJumpDays * DAY_MS;
    const suspectAt = jumped ? now : known?.suspectAt;
    const settled = suspectAt !== undefined && !jumped && now - suspectAt >= DAY_MS;
    await records.rights.jobs.keep(JOB, {
      ...{ ranAt: known?.ranAt, result: known?.result, seenAt: now },
      suspectAt: settled ? undefined : suspectAt,
    });
    if (settled || suspectAt === undefined) return 0;
    return jumped ? moved : 1;
  }
}
