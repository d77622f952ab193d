import type { TransferSettings } from '../../dialogue/transfer-settings.js';
import type { Exchange } from '../visit-parts.js';
import type { Transfer } from './handing-over.js';

/** Why somebody is rung whom nothing may keep from hearing the caller at once. */
const AT_ONCE: readonly string[] = ['emergency', 'taken-over', 'staff-first'];

/**
 * Whether what is said after a blind transfer is recorded, too. We ring the person ourselves then, for the
 * dialplan could not tell both of it.
 */
export const recordedBlind = (
  { recorded, blindRecorded }: Pick<TransferSettings, 'recorded' | 'blindRecorded'>,
  consented: boolean,
  { how, why }: Pick<Transfer, 'how' | 'why'>,
): boolean => how === undefined && recorded && blindRecorded && consented && !AT_ONCE.includes(why);

/** What becomes of a caller whom the dialplan rings through to somebody. */
export interface BlindWatch {
  answered(): void;
  /** The caller is gone; `served` says whether somebody had answered. */
  gone(served: boolean): void;
}

/** Hears of a caller who is rung through in the dialplan, until the function that it returns is called. */
export function watchBlind(ari: Exchange, caller: string, watch: BlindWatch): () => void {
  let answered = false;
  const offs = [
    ari.events.listen('dial', 'visit', ({ channelId, status }) => {
      if (channelId !== caller || status !== 'ANSWER') return;
      answered = true;
      watch.answered();
    }),
    ari.events.listen('channel-gone', 'visit', ({ channelId }) => {
      if (channelId === caller) watch.gone(answered);
    }),
  ];
  return () => {
    for (const off of offs) off();
  };
}
