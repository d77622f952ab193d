import { recordsErrors } from '../records/errors.js';
import type { OpenRecords } from '../records/records.js';

/**
 * The numbers that calls came from, by call, for lists of them; the view is audited once. Left out are
 * withheld ones, those of restricted calls, and calls that were erased meanwhile.
 */
export async function callersOf(
  records: OpenRecords,
  ids: readonly string[],
  who: string,
): Promise<Readonly<Record<string, string>>> {
  const { audit } = records.reading;
  await audit.add(who, 'calls.callers', undefined);
  const found = await Promise.all(
    ids.map(async (id): Promise<[string, string][]> => {
      const number = await numberOf(records, id);
      return number === undefined ? [] : [[id, number]];
    }),
  );
  return Object.fromEntries(found.flat());
}

async function numberOf(records: OpenRecords, id: string): Promise<string | undefined> {
  const [restricted] = await records.rights.freezes.onCall('restriction', id);
  if (restricted !== undefined) return undefined;
  try {
    return await records.reading.calls.callerNumber(id);
  } catch (error) {
    if (recordsErrors.is(error, 'KEY_ERASED')) return undefined;
    throw error;
  }
}
