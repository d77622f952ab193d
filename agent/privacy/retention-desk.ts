import { monthCounts, type MonthCount } from '../records/aggregates.js';
import type { OpenRecords } from '../records/records.js';
import { demand, type Actor } from './actor.js';
import type { PrivacyParts } from './privacy-office.js';
import {
  RetentionJob,
  type CategoryCalendar,
  type RetentionStatus,
  type RunOutcome,
} from './retention-job.js';

export type { MonthCount } from '../records/aggregates.js';
export type {
  Category,
  CategoryCalendar,
  CategoryResult,
  RetentionStatus,
  RunOutcome,
} from './retention-job.js';

/** The schedule of keeping, for whoever answers for it. */
export class RetentionDesk {
  readonly #records: OpenRecords;
  readonly #job: RetentionJob;

  constructor(parts: PrivacyParts) {
    this.#records = parts.records;
    this.#job = new RetentionJob({ ...parts, settings: parts.settings.retention });
  }

  /** What a run would destroy now. @throws PRIVACY_NOT_ALLOWED */
  async dryRun(actor: Actor): Promise<RunOutcome> {
    demand(actor, 'privacy.requests');
    await this.#records.reading.audit.add(actor.who, 'retention.dry-run', undefined);
    return this.#job.dryRun();
  }

  /** What goes when, without a word of what it is. @throws PRIVACY_NOT_ALLOWED */
  async calendar(at: readonly number[], actor: Actor): Promise<readonly CategoryCalendar[]> {
    demand(actor, 'privacy.requests');
    await this.#records.reading.audit.add(actor.who, 'retention.calendar', undefined);
    return this.#job.calendar(at);
  }

  /** Runs the schedule now. @throws PRIVACY_NOT_ALLOWED, RECORDS_… */
  async run(clockIsRight: boolean, actor: Actor): Promise<RunOutcome> {
    demand(actor, 'privacy.requests');
    return this.#job.run(actor.who, clockIsRight);
  }

  /** Whether the job runs as it should: no personal data, so everybody may ask. */
  status(): Promise<RetentionStatus> {
    return this.#job.status();
  }

  /** Calls by month, also those that are gone; small counts are not shown. */
  counts(): Promise<readonly MonthCount[]> {
    return monthCounts(this.#records.rights.database);
  }
}

/** The heartbeat in the text format of Prometheus. */
export function retentionMetrics(
  { state, ranAt, results }: RetentionStatus,
  pressing: { readonly soon: number; readonly overdue: number },
): string {
  const gauge = (name: string, help: string, ...lines: readonly string[]): string =>
    [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...lines.map((line) => name + line)].join(
      '\n',
    );
  return [
    gauge(
      'vestibule_retention_last_run_timestamp_seconds',
      'When the retention job last ended well; 0 for never.',
      ` ${String(Math.floor((ranAt ?? 0) / 1000))}`,
    ),
    gauge(
      'vestibule_retention_healthy',
      '1 when the job runs as it should or is switched off.',
      ` ${state === 'fine' || state === 'off' ? '1' : '0'}`,
    ),
    gauge(
      'vestibule_retention_last_run_destroyed',
      'What the last run destroyed.',
      ...results.map(({ category, count }) => `{category="${category}"} ${String(count)}`),
    ),
    gauge(
      'vestibule_privacy_requests_overdue',
      'Requests about personal data whose term is over.',
      ` ${String(pressing.overdue)}`,
    ),
    gauge(
      'vestibule_privacy_requests_due_soon',
      'Requests that are due within three days.',
      ` ${String(pressing.soon)}`,
    ),
    '',
  ].join('\n');
}
