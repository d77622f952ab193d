import { correlation } from './correlation.js';
import { SAMPLE_RATE, type Pcm } from './frame.js';

/** Comparison is done at this rate: the telephone's strongest band, at a sixteenth of the work. */
const RATE = 4_000;
const STEP = SAMPLE_RATE / RATE;
const PER_MS = RATE / 1_000;
/** What is kept of both sides. */
const KEPT_MS = 4_000;
/** Echo comes back within this time: packets, jitter buffers and the room. */
const LONGEST_DELAY_MS = 600;
/** A playback starts on the network's frame, not on ours: the delay differs by so much. */
const DRIFT_MS = 30;
/** So much is compared to find a delay. */
const LEARN_MS = 320;
/** Share of the heard energy that one delay must explain to be believed at once. */
const SURE_SHARE = 0.45;
/** In a room one delay explains less: it is believed when it is found twice. */
const LIKELY_SHARE = 0.2;
const SAME_DELAY_MS = 2;
/** What is compared for a verdict on the last moment. */
const MOMENT_MS = 64;
/** Against the share that is usual on this line: what a moment that is louder than expected, one that
 * is not, and a whole turn must reach. */
const LOUD_PART = 0.4;
const MOMENT_PART = 0.15;
const TURN_PART = 0.6;
/** A whole turn of which less is explained is the caller's, whatever is usual. */
const LEAST_TURN_SHARE = 0.3;
/** This far below the expected echo only its tail is left, in dB. */
const TAIL_DB = -3;
/** A tail that is so far below the echo of this long ago is the room's, or the detector's delay. */
const LONG_TAIL_DB = -8;
const LONG_TAIL_MS = 256;
/** No telephone returns more than this of what it plays. */
const MOST_GAIN = 1;
/** So often in a row nothing is found where the echo should be: the caller took the handset. */
const MOST_MISSES = 6;
/** How far above the expected echo a moment may be and still be all echo, in dB. */
const MARGIN_DB = 6;
/** The room's reverberation: the expected level is the highest of this time. */
const SMEAR_MS = 80;
/** Below this there is nothing to compare (about −66 dBFS after whitening). */
const NOTHING = 16 ** 2;

/** A fit of what was heard to what was played. */
interface Fit {
  readonly delayMs: number;
  /** 0..1: share of the heard energy that the played explains. */
  readonly share: number;
  /** Heard energy over played energy. */
  readonly gain: number;
}

/**
 * Knows what we are playing and tells whether what is heard is only its echo, as from a speakerphone.
 *
 * While something is played and something is heard, the delay is searched by cross-correlation; once
 * it is known, the echo's level is expected, and a moment that is no louder and looks alike is echo.
 * Who speaks louder than the echo is heard. Times are the line's own, in milliseconds.
 */
export class EchoGuard {
  readonly #played = new Track();
  readonly #heard = new Track();
  #echo: Fit | undefined;
  /** A delay that was found once. */
  #suspected: Fit | undefined;
  #misses = 0;

  /** PCM of any length that was played from `atMs` on. */
  played(pcm: Pcm, atMs: number): void {
    this.#played.write(pcm, atMs);
  }

  /** PCM of any length that was heard from `atMs` on. */
  heard(pcm: Pcm, atMs: number): void {
    this.#heard.write(pcm, atMs);
  }

  /** Delay and level of the echo, once known; level in dB relative to what is played. */
  get echo(): { readonly delayMs: number; readonly levelDb: number } | undefined {
    if (this.#echo === undefined) return undefined;
    return { delayMs: this.#echo.delayMs, levelDb: 10 * Math.log10(this.#echo.gain) };
  }

  /** Looks for an echo in what was heard before `toMs`. */
  learn(toMs: number): void {
    const known = this.#echo;
    const near = known && this.#fit(toMs - LEARN_MS, toMs, known.delayMs);
    if (known !== undefined && near !== undefined && near.share >= known.share * TURN_PART) {
      this.#known({
        delayMs: near.delayMs,
        share: known.share * 0.8 + near.share * 0.2,
        gain: known.gain * 0.8 + near.gain * 0.2,
      });
      return;
    }
    const found = this.#search(toMs);
    const there = found !== undefined && found.share >= LIKELY_SHARE && found.gain <= MOST_GAIN;
    // The same echo under somebody's voice: its level is not to be learnt from that.
    if (there && known && Math.abs(known.delayMs - found.delayMs) <= SAME_DELAY_MS) return;
    this.#misses += 1;
    if (this.#misses >= MOST_MISSES) this.#echo = undefined;
    if (!there) return;
    const again = Math.abs((this.#suspected?.delayMs ?? Infinity) - found.delayMs);
    this.#suspected = found;
    if (found.share >= SURE_SHARE || again <= SAME_DELAY_MS) this.#known(found);
  }

  #known(echo: Fit): void {
    this.#echo = echo;
    this.#misses = 0;
  }

  /** Whether the moment before `toMs` is only echo. False while no echo is known. */
  explainsMoment(toMs: number): boolean {
    const echo = this.#echo;
    if (echo === undefined) return false;
    const heard = this.#heard.energy(toMs - MOMENT_MS / 2, toMs);
    const over = (backMs: number): number =>
      10 * Math.log10((heard + 1) / (this.#expected(echo, toMs, backMs) + 1));
    if (over(LONG_TAIL_MS) <= LONG_TAIL_DB) return true;
    const overDb = over(SMEAR_MS);
    if (overDb <= TAIL_DB || overDb > MARGIN_DB) return overDb <= TAIL_DB;
    const part = overDb <= 0 ? MOMENT_PART : LOUD_PART;
    const fit = this.#fit(toMs - MOMENT_MS, toMs, echo.delayMs);
    return fit !== undefined && fit.share >= echo.share * part;
  }

  /** The most energy that the echo may have had in half a moment of the last `backMs`. */
  #expected(echo: Fit, toMs: number, backMs: number): number {
    let expected = 0;
    for (let back = -DRIFT_MS; back <= backMs; back += 16) {
      const at = toMs - MOMENT_MS / 2 - echo.delayMs - back;
      expected = Math.max(expected, this.#played.energy(at, at + MOMENT_MS / 2) * echo.gain);
    }
    return expected;
  }

  /** Whether all that was heard from `fromMs` to `toMs` is mostly echo. */
  explains(fromMs: number, toMs: number): boolean {
    const from = Math.max(fromMs, toMs - KEPT_MS + LONGEST_DELAY_MS);
    const echo = this.#echo;
    if (echo === undefined || toMs - from < MOMENT_MS) return false;
    const fit = this.#fit(from, toMs, echo.delayMs);
    return fit !== undefined && fit.share >= Math.max(LEAST_TURN_SHARE, echo.share * TURN_PART);
  }

  #search(toMs: number): Fit | undefined {
    const middle = LONGEST_DELAY_MS / 2;
    return this.#fit(toMs - LEARN_MS, toMs, middle, middle);
  }

  /** The best fit of the heard part with a delay within `aroundMs` of `delayMs`. */
  #fit(fromMs: number, toMs: number, delayMs: number, aroundMs = DRIFT_MS): Fit | undefined {
    const heard = this.#heard.read(fromMs, toMs);
    const shortest = Math.max(0, delayMs - aroundMs);
    const longest = delayMs + aroundMs;
    const played = this.#played.read(fromMs - longest, toMs - shortest);
    const heardEnergy = energyOf(heard);
    if (heardEnergy < NOTHING * heard.length || energyOf(played) === 0) return undefined;
    const lags = played.length - heard.length;
    const products = correlation(heard, played);
    let energy = energyOf(played.subarray(0, heard.length));
    let best: Fit | undefined;
    for (let lag = 0; lag <= lags; lag += 1) {
      if (energy > NOTHING * heard.length) {
        const share = (products[lag] ?? 0) ** 2 / (energy * heardEnergy);
        // Squared: some telephones turn the sign.
        if (share > (best?.share ?? 0)) {
          best = { delayMs: longest - lag / PER_MS, share, gain: heardEnergy / energy };
        }
      }
      energy += (played[lag + heard.length] ?? 0) ** 2 - (played[lag] ?? 0) ** 2;
    }
    return best;
  }
}

function energyOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return sum;
}

/** The last seconds of one side at RATE, whitened so that the pitch of voices counts less. */
class Track {
  readonly #ring = new Float32Array(KEPT_MS * PER_MS);
  /** Sample of the line's timeline behind the last one written. */
  #end = 0;
  #before = 0;

  write(pcm: Pcm, atMs: number): void {
    const start = Math.round(atMs * PER_MS);
    const { length } = this.#ring;
    // A gap was silence. Overlaps are of rounding: what comes later counts.
    for (let at = Math.max(this.#end, start - length); at < start; at += 1) {
      this.#ring[at % length] = 0;
    }
    for (let i = 0; i * STEP + STEP <= pcm.length; i += 1) {
      let sum = 0;
      for (let j = 0; j < STEP; j += 1) sum += pcm[i * STEP + j] ?? 0;
      const sample = sum / STEP;
      this.#ring[(start + i) % length] = sample - 0.9 * this.#before;
      this.#before = sample;
    }
    this.#end = Math.max(this.#end, start + Math.floor(pcm.length / STEP));
  }

  /** What stands from `fromMs` to `toMs`; silence where nothing was written. */
  read(fromMs: number, toMs: number): Float32Array {
    const from = Math.round(fromMs * PER_MS);
    const out = new Float32Array(Math.max(0, Math.round(toMs * PER_MS) - from));
    const { length } = this.#ring;
    const first = Math.max(0, this.#end - length);
    for (let i = 0; i < out.length; i += 1) {
      const at = from + i;
      if (at >= first && at < this.#end) out[i] = this.#ring[at % length] ?? 0;
    }
    return out;
  }

  energy(fromMs: number, toMs: number): number {
    return energyOf(this.read(fromMs, toMs));
  }
}
