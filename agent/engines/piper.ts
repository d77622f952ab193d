import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SAMPLE_RATE } from '../audio/frame.js';
import type { Pcm } from '../audio/frame.js';
import { resample } from '../audio/resample.js';
import type { ClauseVoice, Manner } from './clause-voice.js';
import { paceOf, withPause } from './clause-voice.js';
import type { Pronunciation } from '../speech/pronunciation.js';
import { pronounced } from '../speech/pronunciation.js';
import { readOut } from '../speech/read-out.js';
import { clausesOf } from './clauses.js';
import type { Clause } from './clauses.js';
import { engineErrors } from './errors.js';
import { levelled, withoutLead, withoutTail } from '../audio/loudness.js';
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

type Ids = Promise<readonly number[]>;

/** How clauses are spoken; `first` are the phonemes of the first. */
interface Spoken {
  readonly file: VoiceFile;
  readonly pace: number;
  readonly idsOf: (clause: Clause) => Ids;
  readonly first: Ids;
}

// eslint-disable-next-line @typescript-eslint/require-await -- what has no words
async function* nothing(): AsyncGenerator<Pcm> {
  return;
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

  /** Looks for the phonemes of the first clause at once: somebody else may have the voice still. */
  speak(text: string, manner: Omit<Manner, 'language'>): AsyncGenerator<Pcm> {
    const { pace, pronunciations = [], live = false, fromClause = 0 } = manner;
    const file = this.#file;
    if (file === undefined) return nothing();
    const language = file.espeak.voice;
    const all = clausesOf(readOut(text, language), { language, early: true, short: live });
    const clauses = all.slice(fromClause);
    const idsOf = (clause: Clause): Ids => {
      const ids = this.#ids(clause, file, pronunciations);
      // A reader who leaves early must not make a failed look-ahead an unhandled rejection.
      ids.catch(() => undefined);
      return ids;
    };
    const [first] = clauses;
    return first === undefined
      ? nothing()
      : this.#spoken(clauses, { file, pace, idsOf, first: idsOf(first) });
  }

  async *#spoken(
    clauses: readonly Clause[],
    { file, pace, idsOf, first }: Spoken,
  ): AsyncGenerator<Pcm> {
    // The phonemes of the next clause are found while this one is synthesised.
    let ahead: Ids | undefined = first;
    for (const [at, clause] of clauses.entries()) {
      const ids = (await ahead) ?? [];
      const next = clauses[at + 1];
      ahead = next === undefined ? undefined : idsOf(next);
      const chance = isOneWord(clause) ? 0 : 1;
      const pcm = await this.#synthesise(ids, file, { pace: paceOf(clause, pace), chance });
      const joint = clauses[at - 1]?.runsOn === true ? withoutLead(pcm, SAMPLE_RATE) : pcm;
      yield withPause(clause.runsOn ? withoutTail(joint, SAMPLE_RATE) : joint, clause.pause, pace);
    }
  }

  async #ids(
    clause: Clause,
    file: VoiceFile,
    pronunciations: readonly Pronunciation[],
  ): Promise<readonly number[]> {
    const parts = await Promise.all(
      clause.phrases.map(({ text }) => soundsOf(text, file.espeak.voice, pronunciations)),
    );
    const spoken = parts.map((part, at) => part + (clause.phrases[at]?.mark ?? '')).join(' ');
    return phonemeIds(spoken, file.phoneme_id_map);
  }

  async #synthesise(
    ids: readonly number[],
    file: VoiceFile,
    { pace, chance }: { readonly pace: number; readonly chance: number },
  ): Promise<Pcm> {
    const { noise_scale: noise, length_scale: length, noise_w: width } = file.inference;
    const stretched = length / pace;
    const outputs = await this.#model?.run({
      input: longs(ids, [1, ids.length]),
      input_lengths: longs([ids.length], [1]),
      scales: floats(Float32Array.of(noise * chance, stretched, width * chance), [3]),
    });
    if (outputs === undefined) return new Int16Array();
    const samples = floatsOf(outputs, 'output', this.#folder);
    const rate = file.audio.sample_rate;
    return resample(levelled(samples, rate), rate, SAMPLE_RATE);
  }
}

/**
 * Whether a word stands by itself, such as a digit of a number. The voice makes each rendering another by chance, and
 * of a word alone that is now and then another word: a "two" that was kept was heard as "ten" in every number.
 */
const isOneWord = ({ phrases }: Clause): boolean =>
  phrases.length === 1 && phrases.every(({ text }) => /^\S+$/u.test(text.trim()));

/** The IPA of a phrase: of its words by espeak-ng, or as the office has it. */
async function soundsOf(
  text: string,
  voice: string,
  pronunciations: readonly Pronunciation[],
): Promise<string> {
  const pieces = pronounced(text, pronunciations).map((piece) =>
    piece.kind === 'ipa' ? Promise.resolve(piece.text) : phonemesOf(piece.text, voice),
  );
  return (await Promise.all(pieces)).join(' ');
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
