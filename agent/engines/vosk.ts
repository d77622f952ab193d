import { existsSync } from 'node:fs';
import { engineErrors } from './errors.js';
import type {
  HearListener,
  HearSettings,
  HeardUtterance,
  RecognitionEngine,
} from './recognition.js';
import { CpuShares } from './vosk/cpu-shares.js';
import { grammarOf, namedSentences, plainPhrases } from './vosk/grammar.js';
import { VoskModel, libraryPlaces } from './vosk/library.js';
import { findModel, withTunedModel } from './vosk/model-folder.js';
import { VoskPool } from './vosk/pool.js';
import type { PoolFigures } from './vosk/pool.js';
import { VoskUtterance } from './vosk/utterance.js';

/** Utterances decoded at once; more wait. A warm recogniser holds up to 140 MB. */
const MOST_AT_ONCE = 24;

/** Streaming recognition by libvosk, in whatever language the model has. */
export class VoskEngine implements RecognitionEngine {
  readonly engine: string;
  readonly #models: string;
  readonly #libraries: readonly string[];
  readonly #cpu = new CpuShares();
  #loaded: { readonly model: VoskModel; readonly pool: VoskPool } | undefined;

  /** `models` is the folder of all models. `libraries` are the places of libvosk, best first. */
  constructor(models: string, model: string, libraries = libraryPlaces(models)) {
    this.engine = model;
    this.#models = models;
    this.#libraries = libraries;
  }

  async start(): Promise<void> {
    if (this.#loaded !== undefined) return;
    const library = this.#libraries.find((path) => existsSync(path)) ?? this.#libraries[0];
    const folder = findModel(this.#models, this.engine);
    const model = await withTunedModel(folder, (copy) => VoskModel.load(library, copy));
    const pool = new VoskPool(model, MOST_AT_ONCE);
    this.#loaded = { model, pool };
    // The first caller must not wait for the first search graph.
    const first = await pool.take(undefined);
    await first.accept(new Int16Array(16_000));
    await pool.release(first, false);
  }

  /** Waits for the utterances that are open: cancel them first. */
  async stop(): Promise<void> {
    const loaded = this.#loaded;
    this.#loaded = undefined;
    await loaded?.pool.close();
    loaded?.model.close();
  }

  /** How many recognisers there are. */
  get figures(): PoolFigures {
    return this.#loaded?.pool.figures ?? { made: 0, idle: 0, lent: 0 };
  }

  hear(settings: HearSettings, listener: HearListener): HeardUtterance {
    const loaded = this.#loaded;
    if (loaded === undefined) throw engineErrors.make('LEFT');
    const { model, pool } = loaded;
    const phrases = plainPhrases([...settings.expected, ...(settings.answers ?? [])]);
    const names = plainPhrases(settings.names ?? []);
    return new VoskUtterance(
      {
        engine: this.engine,
        pool,
        cpu: this.#cpu,
        phrases,
        names,
        grammarWith: (text) =>
          grammarOf([...phrases, ...namedSentences(text, names), text], (word) =>
            model.knows(word),
          ),
        alternatives: settings.alternatives ?? 0,
      },
      listener,
    );
  }
}
