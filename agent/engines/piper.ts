import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SAMPLE_RATE } from '../audio/frame.js';
import type { Pcm } from '../audio/frame.js';
import { resample } from '../audio/resample.js';
import type { ClauseVoice, Manner } from './clause-voice.js';
import { boundedPace, withPause } from './clause-voice.js';
import { clausesOf } from './clauses.js';
import type { Clause } from './clauses.js';
import { engineErrors } from './errors.js';
import { levelled } from '../audio/loudness.js';
import { floats, floatsOf, loadModel, longs } from './onnx.js';
import type { Model } from './onnx.js';
import { phonemesOf } from './phonemes.js';

/** What is used of a voice's .onnx.json. */
interface VoiceFile {
  readonly audio: { readonly sample_rate: number };
  readonly espeak: { readonly voice: string };
  readonly inference: {
    readonly noise_scale: number;
    readonly length_scale: number;
    readonly noise_w: number;
  };
  readonly phoneme_id_map: Readonly<Record<string, readonly number[]>>;
}

/** One Piper voice. It speaks its own language whatever it is asked for. */
export class PiperVoice implements ClauseVoice {
  readonly #folder: string;
  #file: VoiceFile | undefined;
  #model: Model | undefined;

  /** `folder` holds voice.onnx and voice.onnx.json. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Loads the voice and says a word to itself: the first run is slower than all others. */
  async start(): Promise<void> {
    if (this.#model !== undefined) return;
    const path = join(this.#folder, 'voice.onnx.json');
    try {
      this.#file = JSON.parse(await readFile(path, 'utf8')) as VoiceFile;
    } catch (cause) {
      const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
      throw engineErrors.make(missing ? 'MODEL_MISSING' : 'MODEL_DAMAGED', { place: path, cause });
    }
    this.#model = await loadModel(join(this.#folder, 'voice.onnx'));
    await this.speak('Ready.', { pace: 1 }).next();
  }

  async stop(): Promise<void> {
    const model = this.#model;
    this.#model = undefined;
    await model?.release();
  }

  async *speak(text: string, { pace }: Pick<Manner, 'pace'>): AsyncGenerator<Pcm> {
    const file = this.#file;
    if (file === undefined) return;
    const clauses = clausesOf(text);
    // The phonemes of the next clause are found while this one is synthesised.
    let ahead = clauses[0] === undefined ? undefined : this.#ids(clauses[0], file);
    for (const [at, clause] of clauses.entries()) {
      const ids = (await ahead) ?? [];
      const next = clauses[at + 1];
      ahead = next === undefined ? undefined : this.#ids(next, file);
      // A reader who leaves early must not make a failed look-ahead an unhandled rejection.
      ahead?.catch(() => undefined);
      yield withPause(await this.#synthesise(ids, file, pace), clause.pause);
    }
  }

  async #ids(clause: Clause, file: VoiceFile): Promise<readonly number[]> {
    const parts = await Promise.all(
      clause.phrases.map(({ text }) => phonemesOf(text, file.espeak.voice)),
    );
    const spoken = parts.map((part, at) => part + (clause.phrases[at]?.mark ?? '')).join(' ');
    return phonemeIds(spoken, file.phoneme_id_map);
  }

  async #synthesise(ids: readonly number[], file: VoiceFile, pace: number): Promise<Pcm> {
    const { noise_scale: noise, length_scale: length, noise_w: width } = file.inference;
    const stretched = length / boundedPace(pace);
    const outputs = await this.#model?.run({
      input: longs(ids, [1, ids.length]),
      input_lengths: longs([ids.length], [1]),
      scales: floats(Float32Array.of(noise, stretched, width), [3]),
    });
    if (outputs === undefined) return new Int16Array();
    const samples = floatsOf(outputs, 'output', this.#folder);
    const rate = file.audio.sample_rate;
    return resample(levelled(samples, rate), rate, SAMPLE_RATE);
  }
}

/** Ids as Piper was trained: `^ _ p _ … $`. Signs that the voice does not know are left out. */
export function phonemeIds(
  phonemes: string,
  map: Readonly<Record<string, readonly number[]>>,
): readonly number[] {
  const pad = map._ ?? [];
  const ids = [...(map['^'] ?? []), ...pad];
  for (const sign of phonemes) {
    const known = map[sign];
    if (known !== undefined) ids.push(...known, ...pad);
  }
  return [...ids, ...(map.$ ?? [])];
}
