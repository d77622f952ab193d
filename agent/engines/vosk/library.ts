import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Pcm } from '../../audio/frame.js';
import { SAMPLE_RATE } from '../../audio/frame.js';
import { oneLine } from '../../errors.js';
import { checkoutRoot } from '../../wire/checkout.js';
import { koffi } from '../../wire/native.js';
import { engineErrors } from '../errors.js';
import { Turns } from '../service.js';

// The only caller of libvosk (vosk_api.h of 0.3.45). Whatever
// computes is called asynchronously, on koffi's threads; whatever only sets a flag is not.

type Pointer = bigint;
type Call<Args extends unknown[], Result> = (...args: Args) => Promise<Result>;

interface Api {
  readonly modelNew: Call<[string], Pointer | null>;
  readonly modelFree: (model: Pointer) => void;
  readonly findWord: (model: Pointer, word: string) => number;
  readonly recogniserNew: Call<[Pointer, number], Pointer | null>;
  readonly recogniserNewGrammar: Call<[Pointer, number, string], Pointer | null>;
  /** Absent before 0.3.45. */
  readonly setGrammar: Call<[Pointer, string], void> | undefined;
  readonly setWords: (recogniser: Pointer, on: number) => void;
  readonly setPartialWords: (recogniser: Pointer, on: number) => void;
  readonly setAlternatives: (recogniser: Pointer, most: number) => void;
  readonly accept: Call<[Pointer, Pcm, number], number>;
  readonly result: Call<[Pointer], string>;
  readonly partialResult: Call<[Pointer], string>;
  readonly finalResult: Call<[Pointer], string>;
  readonly reset: Call<[Pointer], void>;
  readonly recogniserFree: Call<[Pointer], void>;
}

/** The places of libvosk, best first: the catalogue's 0.3.45, then the `vosk` package's 0.3.39. */
export const libraryPlaces = (models: string): readonly string[] => [
  join(models, 'libvosk-0.3.45', 'libvosk.so'),
  join(checkoutRoot, 'node_modules', 'vosk', 'lib', 'linux-x86_64', 'libvosk.so'),
];

const bound = new Map<string, Api>();

function bind(path: string): Api {
  const known = bound.get(path);
  if (known !== undefined) return known;
  const library = koffi.load(path);
  const sync = (prototype: string): ((...args: unknown[]) => unknown) =>
    library.func(prototype) as (...args: unknown[]) => unknown;
  const background = (prototype: string): unknown => promisify(library.func(prototype).async);
  const maybe = (prototype: string): unknown => {
    try {
      return background(prototype);
    } catch {
      return undefined;
    }
  };
  // koffi is untyped by nature: the prototypes below and the interface above say the same.
  const api = {
    modelNew: background('void *vosk_model_new(const char *path)'),
    modelFree: sync('void vosk_model_free(void *model)'),
    findWord: sync('int vosk_model_find_word(void *model, const char *word)'),
    recogniserNew: background('void *vosk_recognizer_new(void *model, float rate)'),
    recogniserNewGrammar: background(
      'void *vosk_recognizer_new_grm(void *model, float rate, const char *grammar)',
    ),
    setGrammar: maybe('void vosk_recognizer_set_grm(void *recogniser, const char *grammar)'),
    setWords: sync('void vosk_recognizer_set_words(void *recogniser, int on)'),
    setPartialWords: sync('void vosk_recognizer_set_partial_words(void *recogniser, int on)'),
    setAlternatives: sync('void vosk_recognizer_set_max_alternatives(void *recogniser, int most)'),
    accept: background(
      'int vosk_recognizer_accept_waveform_s(void *recogniser, const int16_t *pcm, int length)',
    ),
    result: background('const char *vosk_recognizer_result(void *recogniser)'),
    partialResult: background('const char *vosk_recognizer_partial_result(void *recogniser)'),
    finalResult: background('const char *vosk_recognizer_final_result(void *recogniser)'),
    reset: background('void vosk_recognizer_reset(void *recogniser)'),
    recogniserFree: background('void vosk_recognizer_free(void *recogniser)'),
  } as Api;
  // -1 would leave Kaldi's warnings, some of which name words.
  sync('void vosk_set_log_level(int level)')(-2);
  bound.set(path, api);
  return api;
}

/** A loaded model. Close every recogniser of it before it. */
export class VoskModel {
  readonly #api: Api;
  readonly #model: Pointer;
  readonly #place: string;
  #open = true;

  private constructor(api: Api, model: Pointer, place: string) {
    this.#api = api;
    this.#model = model;
    this.#place = place;
  }

  /**
   * Loads the model in `folder` with the library at `path`.
   * Throws ENGINE_MODEL_MISSING without a library and ENGINE_MODEL_DAMAGED when it does not load.
   */
  static async load(path: string | undefined, folder: string): Promise<VoskModel> {
    if (path === undefined || !existsSync(path)) {
      throw engineErrors.make('MODEL_MISSING', { place: path ?? 'libvosk' });
    }
    let api: Api;
    try {
      api = bind(path);
    } catch (cause) {
      const detail = oneLine(cause).replace(/\.$/u, '');
      throw engineErrors.make('MODEL_DAMAGED', { place: path, detail, cause });
    }
    const model = await api.modelNew(folder);
    if (model === null) throw engineErrors.make('MODEL_DAMAGED', { place: folder });
    return new VoskModel(api, model, folder);
  }

  /** Whether the grammar of a recogniser can be changed; if not, each grammar needs a fresh one. */
  get canSetGrammar(): boolean {
    return this.#api.setGrammar !== undefined;
  }

  /** Whether `word` is in the vocabulary. A grammar of words that are not is void. */
  knows(word: string): boolean {
    return this.#api.findWord(this.#model, word) >= 0;
  }

  /** A new recogniser; `grammar` is a JSON array of phrases, undefined for the whole language. */
  async recogniser(grammar?: string): Promise<VoskHandle> {
    const handle =
      grammar === undefined
        ? await this.#api.recogniserNew(this.#model, SAMPLE_RATE)
        : await this.#api.recogniserNewGrammar(this.#model, SAMPLE_RATE, grammar);
    if (handle === null) throw engineErrors.make('MODEL_DAMAGED', { place: this.#place });
    return new VoskHandle(this.#api, handle);
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#api.modelFree(this.#model);
  }
}

/** One recogniser of libvosk. It is not safe for two threads, so calls follow one another. */
export class VoskHandle {
  readonly #api: Api;
  readonly #handle: Pointer;
  readonly #turns = new Turns();
  #open = true;

  constructor(api: Api, handle: Pointer) {
    this.#api = api;
    this.#handle = handle;
    api.setWords(handle, 1);
  }

  /** Decodes `pcm`; true at an endpoint, after which `result` may be asked. Throws when it fails. */
  accept(pcm: Pcm): Promise<boolean> {
    return this.#call(async () => {
      const state = await this.#api.accept(this.#handle, pcm, pcm.length);
      if (state < 0) throw engineErrors.make('DECODING');
      return state === 1;
    });
  }

  /** JSON of what stands so far. With `words` it has words and their times, but lags behind. */
  partial(words: boolean): Promise<string> {
    return this.#call(async () => {
      this.#api.setPartialWords(this.#handle, words ? 1 : 0);
      return this.#api.partialResult(this.#handle);
    });
  }

  /** JSON of the segment that ends at an endpoint; audio that follows begins the next one. */
  result(): Promise<string> {
    return this.#call(() => this.#api.result(this.#handle));
  }

  /** JSON of the rest: decodes what is held back. Audio that follows meets a new feature pipeline. */
  finalResult(): Promise<string> {
    return this.#call(() => this.#api.finalResult(this.#handle));
  }

  reset(): Promise<void> {
    return this.#call(() => this.#api.reset(this.#handle));
  }

  /** Between utterances only: to a running one libvosk answers with an exception that kills. */
  setGrammar(grammar: string): Promise<void> {
    return this.#call(async () => {
      await this.#api.reset(this.#handle);
      await this.#api.setGrammar?.(this.#handle, grammar);
    });
  }

  /** So many alternatives in results instead of word confidences; 0 for the latter. */
  setAlternatives(most: number): Promise<void> {
    return this.#call(() => {
      this.#api.setAlternatives(this.#handle, most);
      return Promise.resolve();
    });
  }

  close(): Promise<void> {
    return this.#call(async () => {
      if (!this.#open) return;
      this.#open = false;
      await this.#api.recogniserFree(this.#handle);
    });
  }

  #call<Result>(job: () => Promise<Result>): Promise<Result> {
    return this.#turns.take(job);
  }
}
