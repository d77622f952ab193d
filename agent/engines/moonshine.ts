import { join } from 'node:path';
import { FRAME_SAMPLES, SAMPLE_RATE, millisecondsOf, samplesIn } from '../audio/frame.js';
import type { Pcm } from '../audio/frame.js';
import { rmsDbfs, voicedFrames } from '../audio/level.js';
import type { RecognizeResult, ResultWord } from '../speech/protocol.js';
import { readTokens, repeatedTail, wordsOf } from './moonshine-tokens.js';
import type { ChosenToken, SpokenWord } from './moonshine-tokens.js';
import { flag, floats, floatsOf, loadModel, longs, ones } from './onnx.js';
import type { Feeds, Model, Tensor } from './onnx.js';

const BOS = 1;
const EOS = 2;
const LAYERS = 6;
const HEADS = 8;
const HEAD_SIZE = 36;
/** Nobody speaks faster; a decoder that goes on is in a loop. */
const TOKENS_PER_SECOND = 6.5;
const LEAST_TOKENS = 6;
/** Short answers are understood better with silence around them (35 % instead of 38.6 % errors). */
const SHORT_MS = 2000;
const PADDING_MS = 300;
/** Below this the model makes up words. */
const LEAST_MS = 100;
/** Longer audio is decoded in pieces, cut at the quietest moment of the second half. */
const PIECE_MS = 20_000;

/** Recognition of English by Moonshine tiny: a whole utterance at a time, greedy, with a KV cache. */
export class Moonshine {
  readonly engine = 'moonshine-tiny-en';
  readonly #folder: string;
  #encoder: Model | undefined;
  #decoder: Model | undefined;
  #tokens: readonly Uint8Array[] = [];

  /** `folder` holds encoder_model.ort, decoder_model_merged.ort and tokenizer.bin. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async start(): Promise<void> {
    if (this.#decoder !== undefined) return;
    this.#tokens = await readTokens(join(this.#folder, 'tokenizer.bin'));
    this.#encoder = await loadModel(join(this.#folder, 'encoder_model.ort'));
    this.#decoder = await loadModel(join(this.#folder, 'decoder_model_merged.ort'));
    await this.#decode(new Int16Array(SAMPLE_RATE));
  }

  async stop(): Promise<void> {
    const models = [this.#encoder, this.#decoder];
    this.#encoder = undefined;
    this.#decoder = undefined;
    for (const model of models) await model?.release();
  }

  /** Recognises `pcm`. Word times are estimates: the voiced span shared out by the words' lengths. */
  async recognise(pcm: Pcm): Promise<RecognizeResult> {
    const before = process.cpuUsage();
    const words: ResultWord[] = [];
    let offset = 0;
    for (const piece of inPieces(pcm)) {
      const spoken = millisecondsOf(piece) < LEAST_MS ? [] : await this.#decode(piece);
      words.push(...timed(spoken, piece, offset / SAMPLE_RATE));
      offset += piece.length;
    }
    const used = process.cpuUsage(before);
    const mean = words.reduce((sum, { confidence }) => sum + Math.log(confidence), 0);
    return {
      text: words.map(({ word }) => word).join(' '),
      words,
      confidence: words.length === 0 ? 0 : Math.exp(mean / words.length),
      engine: this.engine,
      secondsAudio: pcm.length / SAMPLE_RATE,
      secondsCpu: (used.user + used.system) / 1e6,
    };
  }

  async #decode(pcm: Pcm): Promise<readonly SpokenWord[]> {
    const encoder = this.#encoder;
    const decoder = this.#decoder;
    if (encoder === undefined || decoder === undefined) return [];
    const samples = padded(pcm);
    const mask = ones(samples.length, [1, samples.length]);
    const encoded = await encoder.run({
      input_values: floats(samples, [1, samples.length]),
      attention_mask: mask,
    });
    const hidden = encoded.last_hidden_state;
    if (hidden === undefined) return [];
    const most = Math.ceil((TOKENS_PER_SECOND * samples.length) / SAMPLE_RATE);
    const chosen = await this.#greedy(decoder, hidden, mask, Math.max(LEAST_TOKENS, most));
    return wordsOf(chosen, this.#tokens);
  }

  async #greedy(
    decoder: Model,
    hidden: Tensor,
    mask: Tensor,
    most: number,
  ): Promise<readonly ChosenToken[]> {
    const chosen: ChosenToken[] = [];
    let past = emptyPast();
    for (let step = 0; step < most; step += 1) {
      const outputs = await decoder.run({
        ...past,
        input_ids: longs([chosen.at(-1)?.id ?? BOS], [1, 1]),
        encoder_hidden_states: hidden,
        encoder_attention_mask: mask,
        use_cache_branch: flag(step > 0),
      });
      const best = likeliest(floatsOf(outputs, 'logits', this.#folder));
      if (best.id === EOS) break;
      chosen.push(best);
      const repeated = repeatedTail(chosen.map(({ id }) => id));
      if (repeated > 0) return chosen.slice(0, -repeated);
      past = nextPast(past, outputs, step === 0);
    }
    return chosen;
  }
}

const cacheNames = (part: 'decoder' | 'encoder'): readonly string[] =>
  Array.from({ length: LAYERS }, (_, layer) => [
    `${layer}.${part}.key`,
    `${layer}.${part}.value`,
  ]).flat();
const DECODER_CACHE = cacheNames('decoder');
const ENCODER_CACHE = cacheNames('encoder');

/** The cache before the first step: empty, as the branch without cache wants it. */
function emptyPast(): Feeds {
  const none = floats(new Float32Array(0), [0, HEADS, 1, HEAD_SIZE]);
  return Object.fromEntries(
    [...DECODER_CACHE, ...ENCODER_CACHE].map((name) => [`past_key_values.${name}`, none]),
  );
}

/** The encoder's entries come only with the first step and are kept. */
function nextPast(past: Feeds, outputs: Feeds, first: boolean): Feeds {
  const next = { ...past };
  for (const name of first ? [...DECODER_CACHE, ...ENCODER_CACHE] : DECODER_CACHE) {
    const present = outputs[`present.${name}`];
    if (present !== undefined) next[`past_key_values.${name}`] = present;
  }
  return next;
}

/** The likeliest token of the last position and its softmax probability. */
function likeliest(logits: Float32Array): ChosenToken {
  let id = 0;
  let top = -Infinity;
  for (let at = 0; at < logits.length; at += 1) {
    const logit = logits[at] ?? -Infinity;
    if (logit > top) {
      top = logit;
      id = at;
    }
  }
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - top);
  return { id, probability: 1 / sum };
}

function padded(pcm: Pcm): Float32Array {
  const padding = millisecondsOf(pcm) < SHORT_MS ? samplesIn(PADDING_MS) : 0;
  const samples = new Float32Array(pcm.length + 2 * padding);
  for (let at = 0; at < pcm.length; at += 1) samples[padding + at] = (pcm[at] ?? 0) / 32_768;
  return samples;
}

function* inPieces(pcm: Pcm): Generator<Pcm> {
  let rest = pcm;
  const most = samplesIn(PIECE_MS);
  while (rest.length > most) {
    const cut = quietest(rest.subarray(0, most));
    yield rest.subarray(0, cut);
    rest = rest.subarray(cut);
  }
  yield rest;
}

/** The middle of the quietest 200 ms in the second half of `pcm`, in samples. */
function quietest(pcm: Pcm): number {
  const width = samplesIn(200);
  let best = pcm.length;
  let level = Infinity;
  for (let at = pcm.length >> 1; at + width <= pcm.length; at += FRAME_SAMPLES) {
    const here = rmsDbfs(pcm.subarray(at, at + width));
    if (here < level) {
      level = here;
      best = at + (width >> 1);
    }
  }
  return best;
}

function timed(words: readonly SpokenWord[], pcm: Pcm, offset: number): readonly ResultWord[] {
  const voiced = voicedFrames(pcm, FRAME_SAMPLES);
  const first = Math.max(0, voiced.indexOf(true));
  const last = voiced.lastIndexOf(true);
  const seconds = FRAME_SAMPLES / SAMPLE_RATE;
  const start = offset + first * seconds;
  const span = last < 0 ? pcm.length / SAMPLE_RATE : (last + 1 - first) * seconds;
  const letters = words.reduce((sum, { word }) => sum + word.length + 1, 0);
  let before = 0;
  return words.map(({ word, confidence }) => {
    const from = start + (span * before) / letters;
    before += word.length + 1;
    return { word, start: from, end: start + (span * before) / letters, confidence };
  });
}
