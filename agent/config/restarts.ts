import { isDeepStrictEqual } from 'node:util';
import type { Configuration } from './schema.js';

/** Parts of the configuration that running processes were started with. */
const STARTED_WITH = [
  ...['pbx', 'speech', 'records', 'privacy', 'web', 'notify', 'control', 'otherOffices', 'central'],
  'monitoring',
  ...['handling.escalation', 'reception.secondPass', 'reception.selfTest'],
  ...['understanding.language', 'understanding.country', 'understanding.timeZone'],
] as const;

/** Paths of what is not the same in `fresh` and counts only from the next start. */
export function restartsOf(old: Configuration, fresh: Configuration): readonly string[] {
  return STARTED_WITH.filter((path) => !isDeepStrictEqual(at(old, path), at(fresh, path)));
}

const at = (root: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], root);
