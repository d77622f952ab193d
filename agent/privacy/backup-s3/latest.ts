import { text } from 'node:stream/consumers';
import { INDEX, parseIndex } from '../backup-index.js';
import type { Storage } from './storage.js';

/**
 * When the newest backup in a storage was made, in milliseconds since 1970; undefined where there is none.
 * @throws PRIVACY_BACKUP_STORAGE, PRIVACY_BACKUP_DAMAGED
 */
export async function latestIn(storage: Storage): Promise<number | undefined> {
  if ((await storage.head(INDEX)) === undefined) return undefined;
  const index = parseIndex(await text(await storage.open(INDEX)), `${storage.place}/${INDEX}`);
  return index.states.at(-1)?.at;
}
