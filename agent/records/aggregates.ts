import type { Database } from './database.js';
import type { Statement } from './protocol.js';

/** Calls of a month that ended in one way, in one language. */
export interface MonthCount {
  /** YYYY-MM, UTC. */
  readonly month: string;
  readonly language: string;
  readonly outcome: string;
  /** Undefined when there are too few of them to be shown. */
  readonly calls: number | undefined;
  readonly seconds: number | undefined;
}

/** Counts below this say too much of single people. */
export const LEAST_SHOWN = 5;

const CELLS = `SELECT strftime('%Y-%m', started_at / 1000, 'unixepoch') AS month, language,
    coalesce(outcome, 'unknown') AS outcome, count(*) AS calls,
    coalesce(sum(ended_at - started_at), 0) / 1000 AS seconds
  FROM call`;

/** Adds calls (a JSON list of ids) to the counts of their months, before they are deleted. */
export const countMonths = (list: string): Statement => ({
  sql: `INSERT INTO month_count (month, language, outcome, calls, seconds)
        ${CELLS} WHERE id IN (SELECT value FROM json_each(?)) GROUP BY 1, 2, 3
        ON CONFLICT (month, language, outcome) DO UPDATE SET
          calls = calls + excluded.calls, seconds = seconds + excluded.seconds`,
  values: [list],
});

/**
 * Calls by month, language and outcome: those in the store and those that are gone. Nothing leads
 * from a count to a call, and small ones are not shown.
 */
export async function monthCounts(database: Database): Promise<readonly MonthCount[]> {
  const rows = await database.read<Record<keyof MonthCount, string & number>>(
    'main',
    `SELECT month, language, outcome, sum(calls) AS calls, sum(seconds) AS seconds FROM (
       SELECT * FROM month_count UNION ALL ${CELLS} WHERE ended_at IS NOT NULL GROUP BY 1, 2, 3
     ) GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
  );
  return rows.map(({ month, language, outcome, calls, seconds }) => {
    const shown = calls >= LEAST_SHOWN;
    return {
      ...{ month, language, outcome },
      calls: shown ? calls : undefined,
      seconds: shown ? seconds : undefined,
    };
  });
}
