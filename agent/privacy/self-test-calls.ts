import type { CallReading, ReadingRoom } from './reading-room.js';

/** Who looks into the store after a self-test, for the audit log. */
const WHO = 'system:self-test';
/** Calls that are looked at: others may have come meanwhile. */
const LATEST = 5;

/** The calls of a self-test, which called as `caller`, since a moment in milliseconds since 1970. */
export async function selfTestCalls(
  room: ReadingRoom,
  since: number,
  caller: string,
): Promise<readonly CallReading[]> {
  const heads = await room.listCalls({ limit: LATEST, who: WHO });
  const recent = heads.filter(({ startedAt }) => startedAt >= since);
  const whole = await Promise.all(recent.map(({ id }) => room.showCall(id, WHO)));
  return whole.filter(({ callerNumber }) => callerNumber === caller);
}
