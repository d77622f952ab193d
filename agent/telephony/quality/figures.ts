import type { RtpStatistics } from '../ari.js';

/** How a call sounded, as RTP and the other end's RTCP reports tell. */
export interface CallQuality {
  /** Share of packets that never arrived, 0 to 1: from the caller, and at the caller. */
  readonly lossIn: number;
  readonly lossOut: number;
  /** Milliseconds. */
  readonly jitterInMs: number;
  readonly jitterOutMs: number;
  readonly roundTripMs: number;
  /** Mean opinion score that these figures let expect, 1 to 4.4 (ITU-T G.107, simplified). */
  readonly mos: number;
  /** Whether sound went one way only: nothing came from the caller, or nothing left for him. */
  readonly oneWay: 'none' | 'caller-silent' | 'nothing-sent';
}

/** Fewer packets than this (2 s of them) tell nothing. */
const ENOUGH = 100;

/**
 * The figures of a call that has lasted `forMs`.
 * @returns undefined while too little was sent and received to tell anything
 */
export function qualityOf(stats: RtpStatistics, forMs: number): CallQuality | undefined {
  const { rxcount = 0, txcount = 0, rxploss = 0, txploss = 0 } = stats;
  if (rxcount < ENOUGH && txcount < ENOUGH) return undefined;
  const share = (lost: number, of: number): number =>
    of <= 0 ? 0 : Math.min(1, Math.max(0, lost) / of);
  const ms = (seconds: number | undefined): number =>
    Number.isFinite(seconds) ? Math.round((seconds ?? 0) * 10_000) / 10 : 0;
  const lossIn = share(rxploss, rxcount + Math.max(0, rxploss));
  const lossOut = share(txploss, txcount);
  const [jitterInMs, jitterOutMs] = [ms(stats.rxjitter), ms(stats.txjitter)];
  const roundTripMs = ms(stats.rtt);
  return {
    ...{ lossIn: rounded(lossIn), lossOut: rounded(lossOut), jitterInMs, jitterOutMs, roundTripMs },
    mos: mosOf(Math.max(lossIn, lossOut), Math.max(jitterInMs, jitterOutMs), roundTripMs),
    oneWay: oneWayOf(rxcount, txcount, forMs),
  };
}

const rounded = (share: number): number => Math.round(share * 10_000) / 10_000;

/** A telephone that sends nothing for seconds is not one that is quiet: silence is sent, too. */
const SILENT_AFTER_MS = 4_000;

function oneWayOf(received: number, sent: number, forMs: number): CallQuality['oneWay'] {
  if (forMs < SILENT_AFTER_MS) return 'none';
  if (received === 0) return 'caller-silent';
  return sent === 0 ? 'nothing-sent' : 'none';
}

/**
 * The E-model (ITU-T G.107) with its defaults for all that is not measured: a delay of half the round
 * trip, twice the jitter and 10 ms of coding; 2.5 points for each per cent that is lost.
 */
export function mosOf(loss: number, jitterMs: number, roundTripMs: number): number {
  const delay = roundTripMs / 2 + 2 * jitterMs + 10;
  const worth = 93.2 - (delay < 160 ? delay / 40 : (delay - 120) / 10) - 2.5 * loss * 100;
  const r = Math.min(93.2, Math.max(0, worth));
  const mos = 1 + 0.035 * r + 7e-6 * r * (r - 60) * (100 - r);
  return Math.round(Math.max(1, mos) * 100) / 100;
}
