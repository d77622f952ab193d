import type { Clock } from '../clock.js';
import { oneLine } from '../errors.js';
import type { CallHandling } from '../dialogue/ports.js';
import type { Log } from '../log.js';
import type { CallQuality } from '../telephony/quality/figures.js';
import type { Conversation } from './conversation.js';
import { storedRecord } from './minutes.js';
import type { Exchange, VisitParts } from './visit-parts.js';
import type { VisitTrace } from './visit-trace.js';

/** How long a channel takes to go once its caller has hung up, in milliseconds. */
const GOING_MS = 150;

/** What a call that is over leaves to be stored. */
export interface CallOver {
  readonly id: string;
  readonly endedBy: 'caller' | 'agent' | 'interrupted';
  readonly conversation: Conversation;
  readonly quality: CallQuality | undefined;
  readonly trace: VisitTrace;
  readonly parts: VisitParts;
  readonly log: Log;
  /** When the call was offered, milliseconds since 1970. */
  readonly begunAt: number;
  /** Milliseconds since then, whatever was done to the clock. */
  readonly nowMs: () => number;
}

/** Stores how a call ended, and tells those who want to know. Never fails. */
export async function storeEnd(over: CallOver): Promise<void> {
  const { id, endedBy, conversation, quality, trace, parts, log, begunAt, nowMs } = over;
  const stored = trace.storing(nowMs());
  try {
    await parts.records.calls.close({
      call: id,
      // A clock that jumps makes no call longer.
      endedAt: begunAt + Math.round(nowMs()),
      outcome: conversation.outcome,
      endedBy,
      figures: conversation.figures,
      ...storedRecord(conversation.record),
      ...(quality === undefined ? {} : { quality }),
    });
    stored(nowMs(), false);
  } catch (error) {
    stored(nowMs(), true);
    log.error('the end could not be stored', { call: id, reason: oneLine(error) });
  }
  if (quality !== undefined) parts.quality?.(quality);
  const { record } = conversation;
  if (record !== undefined) void parts.afterwards?.(id, record);
  trace.end(nowMs(), conversation.outcome, endedBy, parts.language);
}

/** Whether a caller has hung up. A channel that is being hung up still stands for a moment: it is asked after twice. */
export async function isGone(ari: Exchange, channelId: string, clock: Clock): Promise<boolean> {
  if (!(await ari.stands(channelId))) return true;
  await clock.sleep(GOING_MS);
  return !(await ari.stands(channelId));
}

/** Whoever is not recorded, as they objected to it once or nothing can be stored, is not told of a recording either. */
export function heldAs(
  handling: CallHandling | undefined,
  unrecorded: boolean,
): { readonly handling?: CallHandling } {
  if (unrecorded) return { handling: { way: 'assistant', ...handling, recorded: false } };
  return handling === undefined ? {} : { handling };
}
