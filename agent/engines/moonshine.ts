import { join } from 'node:path';
import { SAMPLE_RATE, millisecondsOf, samplesIn } from '../audio/frame.js';
import type { Pcm } from '../audio/frame.js';
import type { RecognizeResult, ResultWord } from '../speech/protocol.js';
import { Beginning } from './fused/beginning.js';
import { beam, greedy } from './moonshine-decoder.js';
import type { Decoded, Decoding, Ear } from './moonshine-decoder.js';
import { Digits } from './moonshine-digits.js';
import { isSpeech, mayBeAnswer, risesFromSilence } from './moonshine-doubt.js';
import { Expected } from './moonshine-expected.js';
import { loadEar, type LoadOptions } from './moonshine-load.js';
import { inPieces, padded } from './moonshine-pieces.js';
import { Readings } from './moonshine-readings.js';
import { guessedPlaces, measuredPlaces } from './moonshine-times.js';
import {
  UNSURE,
  type Draft,
  type Effort,
  type Likely,
  type Memory,
  type Place,
  type Places,
  type Task,
} from './moonshine-task.js';
import { readTokens, textOf, textsOf, wordsOf } from './moonshine-tokens.js';
import type { SpelledWord } from './moonshine-tokens.js';

/** Nobody speaks faster; a decoder that goes on is in a loop. */
const TOKENS_PER_SECOND = 6.5;
const LEAST_TOKENS = 6;
/**
 * Silence put around what was said. What follows matters most: word errors of long prompts fall from
 * 5.4 to 4.5 %, of prompts of one to three words from 35 to 29 %; as much in front as behind costs 4 %.
 */
const BEFORE_MS = 200;
const AFTER_MS = 700;
/**
 * A clear sentence in seventy is misheard so badly that it is not believed, and heard well where it stands a
 * little later or earlier: with so much silence in front it is listened to again.
 */
const BEFORE_AGAIN_MS = [270, 140] as const;
/** Babble is heard anew each time; only a text of this mean log-probability is believed the second time. */
const BELIEVED_AGAIN = -0.35;
/**
 * What a clear voice said and one path of words could not make out is searched for in many, with so much
 * silence in front, and believed from the second figure on: babble stays below it.
 */
const BEFORE_SEARCH_MS = [270, 400, 200] as const;
const BELIEVED_SEARCHED = -0.42;
/** What is this unlikely at first is no speech, however long it is searched. */
const WORTH_SEARCH = -0.75;
/** The same where a reader judges what is found, by which no babble passes for an address or a number. */
const WORTH_READING = -1.4;
/** From here down a believed text is searched for at another place too. */
const DOUBTFUL = -0.28;
/** The same for a text that is looked at while more comes: its last word may be half a word anyway. */
const GLANCE_AFTER_MS = 300;
/** Below this the model makes up words. */
const LEAST_MS = 100;
/**
 * How much less likely, in log-probability, a whole answer may be than what was heard freely. At 5 one in
 * ninety sentences that answer something else is taken for an answer; at 8 one in thirty.
 */
const ANSWER_COSTS = 5;
/** A whole answer must be this likely where the free text was not said. */
const LEAST_ANSWER = -5;

/** Recognition of English by Moonshine tiny: a whole utterance at a time, greedy, with a KV cache. */
export class Moonshine {
  readonly engine = 'moonshine-tiny-en';
  readonly #folder: string;
  readonly #options: LoadOptions;
  #ear: Ear | undefined;
  #tokens: readonly Uint8Array[] = [];
  #expected = new Expected([]);
  #digits: Digits | undefined;

  /** `folder` holds encoder_model.ort, decoder_model_merged.ort, what was made of them, and tokenizer.bin. */
  constructor(folder: string, options: LoadOptions = {}) {
    this.#folder = folder;
    this.#options = options;
  }

  /** Which form of the model is in use. */
  get form(): Ear['form'] | undefined {
    return this.#ear?.form;
  }

  async start(): Promise<void> {
    if (this.#ear !== undefined) return;
    this.#tokens = await readTokens(join(this.#folder, 'tokenizer.bin'));
    this.#expected = new Expected(this.#tokens);
    this.#ear = await loadEar(this.#folder, this.#options);
    // Of the published form a token more in a run costs much of a run.
    if (this.form === 'fused') this.#digits = new Digits(textsOf(this.#tokens));
    const given = await this.#encode(new Int16Array(SAMPLE_RATE));
    if (given !== undefined) await greedy(given);
  }

  async stop(): Promise<void> {
    const ear = this.#ear;
    this.#ear = undefined;
    await ear?.release();
  }

  /**
   * Recognises `pcm`. Where something is likely and nearly as probable as what was heard freely, that is
   * what was said. Word times are estimates; good ones, which cost four times the text, if wanted.
   */
  async recognise(pcm: Pcm, likely: Likely = {}, effort: Effort = {}): Promise<RecognizeResult> {
    const before = process.cpuUsage();
    const words: ResultWord[] = [];
    const pieces = [...inPieces(pcm)];
    // A reading is one of everything that was said.
    const readings = pieces.length === 1 ? this.#readings(likely) : undefined;
    const hurry = { provisional: false };
    const skipped = (): void => {
      hurry.provisional = true;
    };
    let offset = 0;
    for (const piece of pieces) {
      const memory = offset === 0 ? effort.memory : undefined;
      const places = placesOf(piece, memory);
      const task = { pcm: piece, likely, effort: { ...effort, memory }, places, readings, skipped };
      const draft = millisecondsOf(piece) < LEAST_MS ? undefined : await this.#draft(task);
      const spoken = draft === undefined ? [] : await this.#decode(draft, task);
      const times =
        likely.wordTimes === true && draft !== undefined
          ? await measuredPlaces(spoken, {
              hearing: draft.given.hearing,
              ...{ pcm: piece, before: samplesIn(draft.beforeMs) },
            })
          : guessedPlaces(spoken, piece);
      for (const [at, { word, confidence }] of spoken.entries()) {
        const { start = 0, end = 0 } = times[at] ?? {};
        const from = offset / SAMPLE_RATE;
        words.push({ word, start: from + start, end: from + end, confidence, estimated: true });
      }
      offset += piece.length;
    }
    const used = process.cpuUsage(before);
    const mean = words.reduce((sum, { confidence }) => sum + Math.log(confidence), 0);
    const text = words.map(({ word }) => word).join(' ');
    const others = this.#others(text, readings, likely);
    return {
      text,
      words,
      confidence: words.length === 0 ? 0 : Math.exp(mean / words.length),
      engine: this.engine,
      secondsAudio: pcm.length / SAMPLE_RATE,
      secondsCpu: (used.user + used.system) / 1e6,
      ...(others.length === 0 ? {} : { readings: others }),
      ...(hurry.provisional ? hurry : {}),
    };
  }

  /**
   * The likeliest text of `pcm`, quickly: what a caller who still speaks has said so far. Whenever others
   * may be decoded before it goes on, `between` is waited for.
   */
  async glance(pcm: Pcm, memory?: Memory, between?: () => Promise<void>): Promise<string> {
    const given = await this.#encode(pcm, { afterMs: GLANCE_AFTER_MS, memory });
    if (given === undefined) return '';
    const first = await drafted(given, memory, between);
    const text = textOf(wordsOf(first.chosen, this.#tokens));
    return isSpeech(first, text, risesFromSilence(pcm)) ? text : '';
  }

  /** What is heard at first; a clear voice of which nothing is believed is listened to again. */
  async #draft(task: Task): Promise<Draft | undefined> {
    const { pcm, effort, readings } = task;
    const draft = await this.#firstAt(task, BEFORE_MS);
    if (draft === undefined) return undefined;
    readings?.add(draft.first);
    const isClear = risesFromSilence(pcm);
    if (!isClear || this.#isSpeech(draft.first, true)) return draft;
    for (const beforeMs of BEFORE_AGAIN_MS) {
      const other = await this.#firstAt(task, beforeMs);
      if (other === undefined) continue;
      readings?.add(other.first);
      if (other.first.score >= BELIEVED_AGAIN && this.#isSpeech(other.first, true)) return other;
    }
    const worth = readings === undefined ? WORTH_SEARCH : WORTH_READING;
    if (draft.first.score < worth) return draft;
    if (effort.hurried === true) {
      task.skipped();
      return draft;
    }
    const found = await this.#searched(task, BELIEVED_SEARCHED);
    return found ?? draft;
  }

  /** The likeliest text by a step at a time. */
  async #firstAt(task: Task, beforeMs: number): Promise<Draft | undefined> {
    const place = await this.#place(task, beforeMs);
    if (place === undefined) return undefined;
    place.first ??= await drafted(place.given, task.effort.memory);
    return { given: place.given, first: place.first, beforeMs };
  }

  /** The likeliest text by a search. */
  async #searchedAt(task: Task, beforeMs: number): Promise<Draft | undefined> {
    const place = await this.#place(task, beforeMs);
    if (place === undefined) return undefined;
    place.searched ??= await beam(place.given, undefined, -Infinity, task.readings?.add);
    return { given: place.given, first: place.searched, beforeMs };
  }

  async #place({ pcm, effort, places }: Task, beforeMs: number): Promise<Place | undefined> {
    const found = places.get(beforeMs);
    if (found !== undefined) return found;
    const memory = beforeMs === BEFORE_MS ? effort.memory : undefined;
    const given = await this.#encode(pcm, { beforeMs, memory });
    if (given === undefined) return undefined;
    const place: Place = { given };
    places.set(beforeMs, place);
    return place;
  }

  /** The likeliest text of all that a search finds at several places, if it is at least this likely. */
  async #searched(task: Task, least: number): Promise<Draft | undefined> {
    let best: Draft | undefined;
    for (const beforeMs of BEFORE_SEARCH_MS) {
      const here = await this.#searchedAt(task, beforeMs);
      if (here === undefined) continue;
      if (here.first.score < Math.max(least, best?.first.score ?? -Infinity)) continue;
      if (this.#isSpeech(here.first, true)) best = here;
    }
    return best;
  }

  async #decode({ given, first, beforeMs }: Draft, task: Task): Promise<readonly SpelledWord[]> {
    const { pcm, likely, readings } = task;
    const { answers = [] } = likely;
    if (!this.#isSpeech(first, risesFromSilence(pcm))) {
      if (readings !== undefined) await this.#expected.sequence(given, first, task);
      if (!mayBeAnswer(first)) return [];
      const said = await this.#expected.answer(given, LEAST_ANSWER, answers);
      return wordsOf(said?.chosen ?? [], this.#tokens);
    }
    if (this.#expected.isAnswer(first, answers)) return wordsOf(first.chosen, this.#tokens);
    const answer = await this.#expected.answer(given, first.sum - ANSWER_COSTS, answers);
    if (answer !== undefined) return wordsOf(answer.chosen, this.#tokens);
    const held = await this.#expected.sequence(given, first, task);
    // Where readings are weighed it is one of them.
    if (held !== undefined && readings === undefined) return wordsOf(held.chosen, this.#tokens);
    if (task.effort.hurried === true) {
      if (first.score < UNSURE || this.#expected.mayName(first, likely.names ?? [])) task.skipped();
      return wordsOf(first.chosen, this.#tokens);
    }
    const here =
      first.score < UNSURE ? likelier(first, await this.#searchedAt(task, beforeMs)) : first;
    const found = here.score < DOUBTFUL ? await this.#searched(task, here.score) : undefined;
    const free = found?.first ?? here;
    const named = await this.#expected.named(found?.given ?? given, free, likely.names ?? []);
    return wordsOf((named ?? free).chosen, this.#tokens);
  }

  /** What collects readings, if any are wanted; over the wire 0 stands for none. */
  #readings({ readings: count = 0 }: Likely): Readings | undefined {
    if (count === 0) return undefined;
    return new Readings(({ chosen }) => textOf(wordsOf(chosen, this.#tokens)));
  }

  /** What it may have been besides `text`, for whoever wants to know. */
  #others(
    text: string,
    readings: Readings | undefined,
    { readings: count = 0 }: Likely,
  ): readonly string[] {
    const likeliest = readings?.likeliest(count + 1, WORTH_READING) ?? [];
    return likeliest.filter((other) => other !== text);
  }

  #isSpeech(draft: Decoded, isClear: boolean): boolean {
    return isSpeech(draft, textOf(wordsOf(draft.chosen, this.#tokens)), isClear);
  }

  /** What is in `memory` must be of the same beginning, with as much silence in front of it. */
  async #encode(pcm: Pcm, how: Encoding = {}): Promise<Decoding | undefined> {
    const { afterMs = AFTER_MS, beforeMs = BEFORE_MS, memory } = how;
    const ear = this.#ear;
    if (ear === undefined) return undefined;
    const samples = padded(pcm, afterMs, beforeMs);
    const stays = samplesIn(beforeMs) + pcm.length;
    const hearing = await ear.hear(samples, memory && { beginning: beginningIn(memory), stays });
    const most = Math.ceil((TOKENS_PER_SECOND * samples.length) / SAMPLE_RATE);
    return { hearing, most: Math.max(LEAST_TOKENS, most), digits: this.#digits };
  }
}

/** How a sound is heard. */
interface Encoding {
  readonly afterMs?: number;
  readonly beforeMs?: number;
  readonly memory?: Memory | undefined;
}

function beginningIn(memory: Memory): Beginning {
  memory.beginning ??= new Beginning();
  return memory.beginning;
}

/** What was made of `pcm` already, which `memory` is told to keep. */
function placesOf(pcm: Pcm, memory: Memory | undefined): Places {
  const kept = memory?.heard;
  if (kept?.samples === pcm.length) return kept.places;
  const places: Places = new Map();
  if (memory !== undefined) memory.heard = { samples: pcm.length, places };
  return places;
}

const likelier = (one: Decoded, other: Draft | undefined): Decoded =>
  other !== undefined && other.first.sum > one.sum ? other.first : one;

async function drafted(
  given: Decoding,
  memory: Memory | undefined,
  between?: () => Promise<void>,
): Promise<Decoded> {
  const found = await greedy(given, memory?.tokens, between);
  if (memory !== undefined) memory.tokens = found.chosen.map(({ id }) => id);
  return found;
}
