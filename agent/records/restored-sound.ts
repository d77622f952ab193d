import { join } from 'node:path';
import type { Database } from './database.js';
import { foundFacts } from './intact-sound.js';
import { partName } from './stored-segments.js';

export interface RestoredParts {
  readonly database: Database;
  /** Folder of the sealed files. */
  readonly folder: string;
}

interface Row {
  readonly id: string;
  readonly call: string;
  readonly consent: number;
  readonly file: string;
  readonly state: string;
}

type Facts = Awaited<ReturnType<typeof foundFacts>>;

/**
 * After an older state of the store was put back, for what was hidden since by a version of before: until
 * November 2026 a recording was written anew as another recording. The key of what was there is destroyed,
 * and what was written anew has its key and its file, but no row. It takes the place of the old one, as it
 * did when it was made. Segments that are written anew stay in their recording and need nothing of this.
 * Returns how many recordings. Repeating it does no harm.
 */
export async function takeUpToned({ database, folder }: RestoredParts): Promise<number> {
  const keyed = await database.read<{ id: string; call: string }>(
    'keys',
    'SELECT recording_id AS id, call_id AS call FROM recording_key',
  );
  const rows = await database.read<Row>(
    'main',
    'SELECT id, call_id AS call, consent_id AS consent, file, state FROM recording ORDER BY rowid',
  );
  const segmented = await database.read<{ id: string }>(
    'keys',
    'SELECT DISTINCT recording_id AS id FROM segment_key',
  );
  const known = new Set(rows.map(({ id }) => id));
  const opened = new Set([...keyed, ...segmented].map(({ id }) => id));
  const locked = new Set(rows.filter(({ id, state }) => state !== 'discarded' && !opened.has(id)));
  let taken = 0;
  for (const { id, call } of keyed) {
    const before = [...locked].filter((row) => row.call === call);
    if (known.has(id) || before.length === 0) continue;
    const fresh = await factsOf(join(folder, partName(id, 0)));
    if (fresh === undefined) continue;
    const old = (await madeOf(fresh, before, folder)) ?? before[0];
    if (old === undefined) continue;
    await replace(database, old, id, fresh);
    locked.delete(old);
    taken += 1;
  }
  return taken;
}

/** Which of the recordings of a call it was written from: the one of the same seconds. */
async function madeOf(
  fresh: Facts,
  before: readonly Row[],
  folder: string,
): Promise<Row | undefined> {
  for (const row of before) {
    const facts = await factsOf(join(folder, row.file));
    if (facts !== undefined && facts.first === fresh.first) return row;
  }
  return undefined;
}

async function replace(database: Database, old: Row, id: string, fresh: Facts): Promise<void> {
  const whole = fresh.complete && !fresh.damaged;
  await database.write(
    'main',
    {
      sql: `INSERT INTO recording (id, call_id, consent_id, file, state, chunks)
            VALUES (?, ?, ?, ?, ?, ?)`,
      values: [
        ...[id, old.call, old.consent, partName(id, 0)],
        ...[whole ? 'closed' : 'incomplete', whole ? fresh.seconds : null],
      ],
    },
    { sql: `UPDATE recording SET state = 'discarded', chunks = 0 WHERE id = ?`, values: [old.id] },
  );
}

/** Undefined for a file that is not there. */
async function factsOf(path: string): Promise<Facts | undefined> {
  try {
    return await foundFacts(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
