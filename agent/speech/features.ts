import type { TextVector } from './protocol.js';

/** How features are told: most of thousands are nought, and to tell each took longer than to read the text. */
export type ToldFeatures = Required<Pick<TextVector, 'features' | 'places' | 'size'>>;

export function toldFeatures(whole: Float32Array): ToldFeatures {
  const [features, places]: [number[], number[]] = [[], []];
  whole.forEach((value, at) => {
    if (value === 0) return;
    features.push(value);
    places.push(at);
  });
  return { features, places, size: whole.length };
}

export function wholeFeatures({ features = [], places = [], size = 0 }: TextVector): Float32Array {
  const whole = new Float32Array(size);
  places.forEach((at, nth) => {
    whole[at] = features[nth] ?? 0;
  });
  return whole;
}
