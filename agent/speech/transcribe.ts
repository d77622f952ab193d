import { FRAME_SAMPLES, SAMPLE_RATE, millisecondsOf, samplesIn } from '../audio/frame.js';
import type { Pcm } from '../audio/frame.js';
import { rmsDbfs, voicedFrames } from '../audio/level.js';
import type { Recognised, Recogniser, Word } from './ports.js';

/** How a recording is cut: the silence that ends a piece, and the longest piece, in milliseconds. */
export interface Cutting {
  readonly pauseMs: number;
  readonly longestMs: number;
}

/** The attention of Moonshine is short. */
const WHOLE: Cutting = { pauseMs: 700, longestMs: 15_000 };
/** An engine that decodes as it hears adapts to a speaker: the longer it may listen the better. */
const STREAMED: Cutting = { pauseMs: 2000, longestMs: 60_000 };
/** What of the silence is kept on both sides of a piece. */
const MARGIN_MS = 250;
/** Below this a file is taken for empty when no speech stands out of it. */
const NOTHING_DBFS = -70;
/** A streaming engine is given so much at once, so that it answers before the wire loses patience. */
const PACE_MS = 3000;

/** The text of a recording. */
export interface Transcript {
  readonly text: string;
  /** Times in seconds from the start of the recording. */
  readonly words: readonly Word[];
  readonly secondsAudio: number;
  /** CPU seconds of the engine. */
  readonly secondsCpu: number;
}

/** From where to where, in samples. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The pieces of `pcm` in which somebody speaks; too long ones are cut where they are quietest. */
export function piecesOf(pcm: Pcm, { pauseMs, longestMs }: Cutting): readonly Span[] {
  const spans: Span[] = [];
  for (const [frame, voiced] of voicedFrames(pcm, FRAME_SAMPLES).entries()) {
    if (!voiced) continue;
    const at = frame * FRAME_SAMPLES;
    const last = spans.at(-1);
    const to = at + FRAME_SAMPLES;
    if (last !== undefined && at - last.to < samplesIn(pauseMs)) {
      spans[spans.length - 1] = { from: last.from, to };
    } else spans.push({ from: at, to });
  }
  // A steady murmur does not stand out of itself.
  if (spans.length === 0 && rmsDbfs(pcm) > NOTHING_DBFS) spans.push({ from: 0, to: pcm.length });
  const margin = samplesIn(MARGIN_MS);
  return spans
    .map(({ from, to }) => ({
      from: Math.max(0, from - margin),
      to: Math.min(pcm.length, to + margin),
    }))
    .flatMap((span) => [...cut(pcm, span, samplesIn(longestMs))]);
}

/** Cuts a span that is too long at the quietest moment of its second half. */
function* cut(pcm: Pcm, { from, to }: Span, most: number): Generator<Span> {
  const width = samplesIn(200);
  let start = from;
  while (to - start > most) {
    let best = start + most;
    let level = Infinity;
    for (let at = start + most / 2; at + width <= start + most; at += FRAME_SAMPLES) {
      const here = rmsDbfs(pcm.subarray(at, at + width));
      if (here < level) {
        level = here;
        best = at + width / 2;
      }
    }
    yield { from: start, to: best };
    start = best;
  }
  yield { from: start, to };
}

/** Recognises a whole recording, piece by piece. `streams` says that the engine decodes as it hears. */
export async function transcribe(
  pcm: Pcm,
  recogniser: Recogniser,
  language: string,
  streams: boolean,
): Promise<Transcript> {
  const texts: string[] = [];
  const words: Word[] = [];
  let secondsCpu = 0;
  for (const { from, to } of piecesOf(pcm, streams ? STREAMED : WHOLE)) {
    const heard = await recognised(pcm.subarray(from, to), recogniser, language, streams);
    secondsCpu += heard.secondsCpu;
    if (heard.text !== '') texts.push(heard.text);
    const offset = from / SAMPLE_RATE;
    for (const word of heard.words) {
      words.push({ ...word, start: word.start + offset, end: word.end + offset });
    }
  }
  const secondsAudio = millisecondsOf(pcm) / 1000;
  return { text: texts.join(' '), words, secondsAudio, secondsCpu };
}

async function recognised(
  pcm: Pcm,
  recogniser: Recogniser,
  language: string,
  streams: boolean,
): Promise<Recognised> {
  const utterance = recogniser.listen({ language, wordTimes: true });
  const most = streams ? samplesIn(PACE_MS) : pcm.length;
  for (let at = 0; at < pcm.length; at += most) {
    utterance.push(pcm.subarray(at, at + most));
    if (streams) await utterance.speculate();
  }
  return utterance.finish();
}
