import type { Exchange } from '../visit-parts.js';

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
