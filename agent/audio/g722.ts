/*
 * ITU-T G.722 at 64 kbit/s (mode 1): 16 kHz audio in two bands, each coded by adaptive differences.
 * A byte holds two samples: six bits of the lower band, two of the upper one. The names of blocks
 * and tables are the recommendation's; all arithmetic is in whole numbers, as it prescribes.
 */

/** Half of the 24 taps of the mirror filter (table 11); the other half is their mirror image. */
const QMF = [3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11];
/** Decision levels of the lower band (Q6, table 14). */
const Q6 = [
  0, 35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714, 786, 858, 940, 1023,
  1121, 1219, 1339, 1458, 1612, 1765, 1980, 2195, 2557, 2919,
];
/** Output levels of the lower band's six bits (QM6), and of the four that adapt it (QM4). */
const QM6 = [
  -136, -136, -136, -136, -24808, -21904, -19008, -16704, -14984, -13512, -12280, -11192, -10232,
  -9360, -8576, -7856, -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168, -2776, -2400,
  -2032, -1688, -1360, -1040, -728, 24808, 21904, 19008, 16704, 14984, 13512, 12280, 11192, 10232,
  9360, 8576, 7856, 7192, 6576, 6000, 5456, 4944, 4464, 4008, 3576, 3168, 2776, 2400, 2032, 1688,
  1360, 1040, 728, 432, 136, -432, -136,
];
const QM4 = [
  0, -20456, -12896, -8968, -6288, -4240, -2584, -1200, 20456, 12896, 8968, 6288, 4240, 2584, 1200,
  0,
];
/** Output levels of the upper band (QM2). */
const QM2 = [-7408, -1616, 7408, 1616];
/** Steps of the logarithmic scale factors (WL by RL42, WH by RH2) and their inverse (ILB). */
const WL = [-60, -30, 58, 172, 334, 538, 1198, 3042];
const RL42 = [0, 7, 6, 5, 4, 3, 2, 1, 7, 6, 5, 4, 3, 2, 1, 0];
const WH = [0, -214, 798];
const RH2 = [2, 1, 2, 1];
const ILB = [
  2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774, 2834,
  2896, 2960, 3025, 3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008,
];
/** The decision level of the upper band. */
const Q2 = 564;

const saturated = (value: number): number => Math.max(-32_768, Math.min(32_767, value));

/** Predictor and scale factor of one band; coder and decoder keep the same. */
class Band {
  /** What the next sample is expected to be. */
  predicted = 0;
  /** The scale factor, linear. */
  scale: number;
  readonly #most: number;
  readonly #shift: number;
  #logScale = 0;
  #zeros = 0;
  /** Reconstructed and partly reconstructed signals, latest first; the poles a1, a2. */
  #r1 = 0;
  #r2 = 0;
  #p1 = 0;
  #p2 = 0;
  #a1 = 0;
  #a2 = 0;
  /** Differences, latest first, and the six zeros that weigh them. */
  readonly #d = new Int32Array(6);
  readonly #b = new Int32Array(6);

  /** `scale` is the first scale factor; `most` and `shift` are what tells the bands apart. */
  constructor(scale: number, most: number, shift: number) {
    this.scale = scale;
    this.#most = most;
    this.#shift = shift;
  }

  /** Quantised difference of `level`, in the present scale. */
  difference(level: number): number {
    return (this.scale * level) >> 15;
  }

  /** Takes the difference that was coded, and the step of the scale factor that follows from it. */
  adapt(difference: number, step: number): void {
    // LOGSCL or LOGSCH, then SCALEL or SCALEH.
    const log = ((this.#logScale * 127) >> 7) + step;
    this.#logScale = Math.max(0, Math.min(this.#most, log));
    const base = ILB[(this.#logScale >> 6) & 31] ?? 0;
    const down = this.#shift - (this.#logScale >> 11);
    this.scale = (down < 0 ? base << -down : base >> down) << 2;
    this.#predict(difference);
  }

  #predict(d0: number): void {
    const r0 = saturated(this.predicted + d0);
    const p0 = saturated(this.#zeros + d0);
    this.#adaptPoles(p0);
    this.#adaptZeros(d0);
    this.#r2 = this.#r1;
    this.#r1 = r0;
    this.#p2 = this.#p1;
    this.#p1 = p0;
    // FILTEP and FILTEZ, then PREDIC.
    const poles = saturated(
      ((this.#a1 * saturated(2 * this.#r1)) >> 15) + ((this.#a2 * saturated(2 * this.#r2)) >> 15),
    );
    let zeros = 0;
    for (let i = 0; i < 6; i++) {
      zeros += ((this.#b[i] ?? 0) * saturated(2 * (this.#d[i] ?? 0))) >> 15;
    }
    this.#zeros = saturated(zeros);
    this.predicted = saturated(poles + this.#zeros);
  }

  /** UPPOL2, UPPOL1. */
  #adaptPoles(p0: number): void {
    const same1 = p0 < 0 === this.#p1 < 0;
    const same2 = p0 < 0 === this.#p2 < 0;
    const slope = saturated(4 * this.#a1);
    const turned = Math.min(32_767, same1 ? -slope : slope);
    const a2 = (same2 ? 128 : -128) + (turned >> 7) + ((this.#a2 * 32_512) >> 15);
    this.#a2 = Math.max(-12_288, Math.min(12_288, a2));
    const a1 = saturated((same1 ? 192 : -192) + ((this.#a1 * 32_640) >> 15));
    const limit = saturated(15_360 - this.#a2);
    this.#a1 = Math.max(-limit, Math.min(limit, a1));
  }

  /** UPZERO and the delay line. */
  #adaptZeros(d0: number): void {
    const step = d0 === 0 ? 0 : 128;
    for (let i = 5; i >= 0; i--) {
      const same = (this.#d[i] ?? 0) < 0 === d0 < 0;
      const moved = ((this.#b[i] ?? 0) * 32_640) >> 15;
      this.#b[i] = saturated((same ? step : -step) + moved);
      this.#d[i] = i === 0 ? d0 : (this.#d[i - 1] ?? 0);
    }
  }
}

const lowerBand = (): Band => new Band(32, 18_432, 8);
const upperBand = (): Band => new Band(8, 22_528, 10);

function adaptLower(band: Band, code: number): void {
  const four = code >> 2;
  band.adapt(band.difference(QM4[four] ?? 0), WL[RL42[four] ?? 0] ?? 0);
}

function adaptUpper(band: Band, code: number): void {
  band.adapt(band.difference(QM2[code] ?? 0), WH[RH2[code] ?? 0] ?? 0);
}

/** The last 24 samples of the mirror filters, newest last. */
class Delay {
  readonly #samples = new Int32Array(24);

  /** Both filters' sums after two more samples. */
  push(first: number, second: number): readonly [odd: number, even: number] {
    this.#samples.copyWithin(0, 2);
    this.#samples[22] = first;
    this.#samples[23] = second;
    let odd = 0;
    let even = 0;
    for (let i = 0; i < 12; i++) {
      odd += (this.#samples[2 * i] ?? 0) * (QMF[i] ?? 0);
      even += (this.#samples[2 * i + 1] ?? 0) * (QMF[11 - i] ?? 0);
    }
    return [odd, even];
  }
}

/** Codes a stream of 16 kHz PCM; what it makes depends on all that came before. */
export class G722Encoder {
  readonly #lower = lowerBand();
  readonly #upper = upperBand();
  readonly #delay = new Delay();

  /** One byte for each two samples; an odd last sample is left out. */
  encode(pcm: Int16Array): Uint8Array {
    const out = new Uint8Array(pcm.length >> 1);
    for (let i = 0; i < out.length; i++) {
      const [odd, even] = this.#delay.push(pcm[2 * i] ?? 0, pcm[2 * i + 1] ?? 0);
      const low = this.#encodeLower((even + odd) >> 14);
      const high = this.#encodeUpper((even - odd) >> 14);
      out[i] = (high << 6) | low;
    }
    return out;
  }

  /** QUANTL: 4 to 63. */
  #encodeLower(sample: number): number {
    const band = this.#lower;
    const error = saturated(sample - band.predicted);
    const size = error < 0 ? ~error : error;
    let level = 1;
    while (level < 30 && size >= ((Q6[level] ?? 0) * band.scale) >> 12) level++;
    // Codes of negative differences: 63, 62, then from 31 down; of others: from 61 down.
    const code = error >= 0 ? 62 - level : level <= 2 ? 64 - level : 34 - level;
    adaptLower(band, code);
    return code;
  }

  /** QUANTH: 0 to 3. */
  #encodeUpper(sample: number): number {
    const band = this.#upper;
    const error = saturated(sample - band.predicted);
    const size = error < 0 ? ~error : error;
    const large = size >= (Q2 * band.scale) >> 12;
    const code = error < 0 ? (large ? 0 : 1) : large ? 2 : 3;
    adaptUpper(band, code);
    return code;
  }
}

/** Decodes a stream of G.722 to 16 kHz PCM. */
export class G722Decoder {
  readonly #lower = lowerBand();
  readonly #upper = upperBand();
  readonly #delay = new Delay();

  /** Two samples for each byte. */
  decode(bytes: Uint8Array): Int16Array {
    const out = new Int16Array(bytes.length * 2);
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i] ?? 0;
      const low = limited(this.#lower.predicted + this.#lower.difference(QM6[byte & 63] ?? 0));
      adaptLower(this.#lower, byte & 63);
      const code = byte >> 6;
      const high = limited(this.#upper.predicted + this.#upper.difference(QM2[code] ?? 0));
      adaptUpper(this.#upper, code);
      const [odd, even] = this.#delay.push(low + high, low - high);
      out[2 * i] = saturated(even >> 11);
      out[2 * i + 1] = saturated(odd >> 11);
    }
    return out;
  }
}

/** LIMIT: both bands have 15 bits. */
const limited = (value: number): number => Math.max(-16_384, Math.min(16_383, value));
