import type { RtpStatistics } from '../ari.js';
import { mosOf } from './mos.js';

/** How a call sounded, as RTP and the other end's RTCP reports tell. What nobody told is undefined, and not 0. */
export interface CallQuality {
  /**
   * Share of packets that never arrived, 0 to 1: from the caller, undefined in the first seconds of a call;
   * and at the caller, undefined where the other end sends no report.
   */
  readonly lossIn?: number | undefined;
  readonly lossOut?: number | undefined;
  /** Milliseconds; how the packets of the other end came, and, as it reports, how ours did. */
  readonly jitterInMs: number;
  readonly jitterOutMs?: number | undefined;
  /** Milliseconds; undefined without a report. */
  readonly roundTripMs?: number | undefined;
  /**
   * Mean opinion score that these figures let expect, 1 to 4.4 (mos.ts); undefined where nothing is known of lost
   * packets, or where sound went one way only.
   */
  readonly mos?: number | undefined;
  /** Whether sound went one way only: nothing came from the caller, or nothing left for him. */
  readonly oneWay: 'none' | 'caller-silent' | 'nothing-sent';
}

/** Fewer packets than this (2 s of them) tell nothing. */
const ENOUGH = 100;
/** Asterisk counts what is lost when it sends its own report, each five seconds; a second more is room for the first. */
const LOSS_COUNTED_MS = 6_000;

/**
 * The figures of a call that has lasted `forMs`.
 * @returns undefined while too little was sent and received to tell anything
 */
export function qualityOf(stats: RtpStatistics, forMs: number): CallQuality | undefined {
  const { rxcount = 0, txcount = 0 } = stats;
  if (rxcount < ENOUGH && txcount < ENOUGH) return undefined;
  const oneWay = oneWayOf(rxcount, txcount, forMs);
  const lostIn = lostOf(stats.rxploss, 32);
  const counted = rxcount > 0 && (forMs >= LOSS_COUNTED_MS || lostIn > 0);
  const lossIn = counted ? share(lostIn, rxcount + lostIn) : undefined;
  // Not rxjitter and txjitter: 22.10.1 tells each in place of the other.
  const jitterInMs = ms(stats.local_normdevjitter);
  const there = isReported(stats)
    ? {
        lossOut: share(lostOf(stats.txploss, 24), txcount),
        jitterOutMs: ms(stats.remote_normdevjitter),
        roundTripMs: ms(stats.rtt),
      }
    : {};
  const quality = { lossIn, jitterInMs, ...there, oneWay };
  return { ...quality, mos: estimateOf(quality) };
}

/** From what is known: of one direction alone, if the other end reports nothing. */
function estimateOf(quality: CallQuality): number | undefined {
  const { lossIn, lossOut = 0, jitterInMs, jitterOutMs = 0, roundTripMs = 0, oneWay } = quality;
  return lossIn === undefined || oneWay !== 'none'
    ? undefined
    : mosOf(Math.max(lossIn, lossOut), Math.max(jitterInMs, jitterOutMs), roundTripMs);
}

/**
 * Whether the other end has reported how our packets came. Asterisk tells 0 for what it was not told; a score it gives
 * to reports alone.
 */
const isReported = ({ rtt = 0, remote_maxmes: score = 0, txploss = 0 }: RtpStatistics): boolean =>
  rtt > 0 || score > 0 || txploss > 0;

/**
 * Packets that were lost. More may have come than were sent, where the network doubles some: the count is below 0 then
 * (RFC 3550, 6.4.1), and comes as a whole number without a sign, of so many bits.
 */
function lostOf(count: number | undefined, bits: 24 | 32): number {
  const lost = count ?? 0;
  return lost < 0 || lost >= 2 ** (bits - 1) ? 0 : lost;
}

const share = (lost: number, of: number): number =>
  of <= 0 ? 0 : Math.round(Math.min(1, lost / of) * 10_000) / 10_000;

const ms = (seconds: number | undefined): number =>
  Number.isFinite(seconds) ? Math.round((seconds ?? 0) * 10_000) / 10 : 0;

/**
 * A telephone that sends nothing for seconds is not one that is quiet: silence is sent, too, and one that sends none
 * (DTX) has sent its first packets.
 */
const SILENT_AFTER_MS = 4_000;

function oneWayOf(received: number, sent: number, forMs: number): CallQuality['oneWay'] {
  if (forMs < SILENT_AFTER_MS) return 'none';
  if (received === 0) return 'caller-silent';
  return sent === 0 ? 'nothing-sent' : 'none';
}
