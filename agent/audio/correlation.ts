/** By transform a product costs so many times what one of the sums costs, for each of its steps. */
const TRANSFORM_COSTS = 6;

/**
 * Sums of products of `short` with `long` from each place of it on at which all of `short` fits: one sum for
 * each, by the way that is quicker.
 */
export function correlation(short: Float32Array, long: Float32Array): Float64Array {
  const places = Math.max(0, long.length - short.length + 1);
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, long.length)));
  const byTransform = TRANSFORM_COSTS * size * Math.log2(size) < places * short.length;
  return byTransform ? transformed(short, long, places, size) : summed(short, long, places);
}

function summed(short: Float32Array, long: Float32Array, places: number): Float64Array {
  const sums = new Float64Array(places);
  for (let place = 0; place < places; place += 1) {
    let sum = 0;
    for (let at = 0; at < short.length; at += 1) sum += (short[at] ?? 0) * (long[place + at] ?? 0);
    sums[place] = sum;
  }
  return sums;
}

/** Both are transformed at once, as the real and the imaginary part, and told apart by their symmetry. */
function transformed(
  short: Float32Array,
  long: Float32Array,
  places: number,
  size: number,
): Float64Array {
  const room = roomOf(size);
  const { re, im, outRe, outIm } = room;
  re.fill(0).set(long);
  im.fill(0).set(short);
  transform(re, im, room);
  for (let at = 0; at < size; at += 1) {
    const mirror = (size - at) % size;
    const sumRe = (re[at] ?? 0) + (re[mirror] ?? 0);
    const sumIm = (im[at] ?? 0) - (im[mirror] ?? 0);
    const partRe = (re[at] ?? 0) - (re[mirror] ?? 0);
    const partIm = (im[at] ?? 0) + (im[mirror] ?? 0);
    // The conjugate of long × conj(short), so that transforming it again is transforming it back.
    outRe[at] = (sumRe * partIm - sumIm * partRe) / 4;
    outIm[at] = -(sumRe * partRe + sumIm * partIm) / 4;
  }
  transform(outRe, outIm, room);
  return outRe.subarray(0, places).map((sum) => sum / size);
}

/** What a transform of one size needs, kept as it is asked for several times a second of each call. */
interface Room {
  readonly cos: Float64Array;
  readonly sin: Float64Array;
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly outRe: Float64Array;
  readonly outIm: Float64Array;
}

/** By their size: there are few. */
const rooms = new Map<number, Room>();

function roomOf(size: number): Room {
  const known = rooms.get(size);
  if (known !== undefined) return known;
  const angles = Float64Array.from({ length: size / 2 }, (_, at) => (-2 * Math.PI * at) / size);
  const empty = (): Float64Array => new Float64Array(size);
  const room = {
    ...{ cos: angles.map(Math.cos), sin: angles.map(Math.sin) },
    ...{ re: empty(), im: empty(), outRe: empty(), outIm: empty() },
  };
  rooms.set(size, room);
  return room;
}

/** The discrete Fourier transform of as many complex numbers as a power of two says, in place (Cooley and Tukey). */
function transform(re: Float64Array, im: Float64Array, { cos, sin }: Room): void {
  const size = re.length;
  for (let at = 1, back = 0; at < size; at += 1) {
    let bit = size >> 1;
    for (; (back & bit) !== 0; bit >>= 1) back ^= bit;
    back ^= bit;
    if (at >= back) continue;
    swap(re, at, back);
    swap(im, at, back);
  }
  for (let half = 1; half < size; half *= 2) {
    const step = size / (2 * half);
    for (let from = 0; from < size; from += 2 * half) {
      for (let at = 0; at < half; at += 1) {
        const here = from + at;
        const there = here + half;
        const turnRe = cos[at * step] ?? 0;
        const turnIm = sin[at * step] ?? 0;
        const re2 = re[there] ?? 0;
        const im2 = im[there] ?? 0;
        const turnedRe = re2 * turnRe - im2 * turnIm;
        const turnedIm = re2 * turnIm + im2 * turnRe;
        const re1 = re[here] ?? 0;
        const im1 = im[here] ?? 0;
        re[there] = re1 - turnedRe;
        im[there] = im1 - turnedIm;
        re[here] = re1 + turnedRe;
        im[here] = im1 + turnedIm;
      }
    }
  }
}

function swap(values: Float64Array, one: number, other: number): void {
  const kept = values[one] ?? 0;
  values[one] = values[other] ?? 0;
  values[other] = kept;
}
