// The shape of Moonshine tiny, of which encoder and decoder have the same.

export const LAYERS = 6;
export const HEADS = 8;
export const HEAD_SIZE = 36;
export const WIDTH = HEADS * HEAD_SIZE;
export const EPSILON = 1e-5;
/** So much of each head is turned by its place. */
export const TURNED = 32;
const THETA = 10_000;

/** What the cache holds of each token: keys and values of all layers. */
export const CACHE = 2 * LAYERS * WIDTH;
/** A piece of 20 s has 130 tokens and 850 frames at most. */
export const MOST_TOKENS = 512;
export const MOST_FRAMES = 2048;
/** So many of the likeliest tokens are told: the five that are followed, and three that are no text. */
export const TOLD = 8;

/** Samples that the encoder makes one frame of, and those at the end that make none. */
export const FRAME_SAMPLES = 384;
export const TAIL_SAMPLES = 832;
/** Its first layer reads so many samples at a time. */
export const HOP = 64;

/** So many hops a frame of the stem begins after the one before, and so many it looks at. */
export const STEM_HOPS = 3;
export const STEM_SEEN = 8;
/** The stem reads so many hops more than its frames begin. */
export const STEM_TAIL = 7;
/** So many values a frame has. */
export const STEM_WIDTH = 2 * WIDTH;
/** So many frames at the end of a sound count for its mean, but are not heard. */
export const STEM_REST = 2;

/** The names of what the decoder asks of the frames: keys and values by layer. */
export const HEARD_NAMES: readonly string[] = Array.from({ length: LAYERS }, (_, layer) =>
  ['key', 'value'].map((part) => `heard.${layer}.${part}`),
).flat();

/** Cosines and sines by which each of `places` places turns a head. */
export function turns(places: number): readonly [Float32Array, Float32Array] {
  const half = TURNED / 2;
  const angles = Float64Array.from(
    { length: places * half },
    (_, at) => Math.floor(at / half) / THETA ** ((at % half) / half),
  );
  return [Float32Array.from(angles, Math.cos), Float32Array.from(angles, Math.sin)];
}
