import { distance } from '../../agent/speech/edit-distance.js';
import { SAMPLE_RATE } from '../../agent/audio/frame.js';
import type { Pcm } from '../../agent/audio/frame.js';
import { ulawDecode, ulawEncode } from '../../agent/audio/g711.js';
import { resample } from '../../agent/audio/resample.js';

export function joined(parts: readonly Pcm[]): Pcm {
  const all = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export async function collected(parts: AsyncIterable<Pcm>): Promise<Pcm> {
  const all: Pcm[] = [];
  for await (const part of parts) all.push(part);
  return joined(all);
}

/** What is left of `pcm` after an ordinary telephone line: 8 kHz µ-law and back. */
export const byTelephone = (pcm: Pcm): Pcm =>
  resample(ulawDecode(ulawEncode(resample(pcm, SAMPLE_RATE, 8000))), 8000, SAMPLE_RATE);

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9' ]/gu, ' ')
    .split(/\s+/u)
    .filter((word) => word !== '');

/** Word error rate: edits that turn `said` into `heard`, per word of `said`. */
export function wordErrors(said: string, heard: string): number {
  const from = wordsOf(said);
  const to = wordsOf(heard);
  return distance(from, to) / Math.max(1, from.length);
}
