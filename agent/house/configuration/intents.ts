import { existsSync, readFileSync, rmSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { examplesPath, headPath, ownExamplesPath, type Paths } from '../../config/paths.js';
import type { Configuration } from '../../config/schema.js';
import type { OpenRecords } from '../../records/records.js';
import { writeWhole } from '../../records/whole-file.js';
import { understandingErrors } from '../../understanding/errors.js';
import { isTrainedFrom, readHead } from '../../understanding/head.js';
import { loadExamples } from '../../understanding/intents.js';
import type { Understanding } from '../../understanding/ports.js';
import { plain } from '../../understanding/text.js';
import type { IntentBook, IntentDesk } from '../../web/workshop.js';

export interface OwnIntentsParts {
  readonly paths: Paths;
  readonly records: OpenRecords;
  readonly inForce: () => Configuration;
  /** What new calls are understood by. */
  readonly understanding: () => Understanding;
  /** Trains the head from the files, elsewhere. Rejects with the reason. */
  readonly train: () => Promise<void>;
  /** Has new calls use what was trained. */
  readonly again: () => Promise<void>;
}

/** The examples of the profile, those of the office beside them, and the head trained from both. */
export class OwnIntents implements IntentDesk {
  readonly #parts: OwnIntentsParts;
  #training: Promise<IntentBook> | undefined;

  constructor(parts: OwnIntentsParts) {
    this.#parts = parts;
  }

  list(): IntentBook {
    const { profile, language, file, own, head } = this.#places();
    const { intents } = loadExamples(file);
    const both = loadExamples(file, own);
    const trained = isTrainedFrom(head, both.hash);
    return {
      ...{ profile, language, trained },
      accuracy: existsSync(head) ? readHead(head).heldOut.accuracy : undefined,
      intents: [...both.intents].map(([intent, texts]) => {
        const given = intents.get(intent)?.length ?? 0;
        return { intent, examples: texts.map((text, at) => ({ text, own: at >= given })) };
      }),
    };
  }

  async add(intent: string, text: string, who: string): Promise<void> {
    await this.#parts.records.reading.audit.add(who, 'intents.add', intent);
    this.#change((own) => ({ ...own, [intent]: [...(own[intent] ?? []), text.trim()] }));
  }

  async remove(intent: string, text: string, who: string): Promise<void> {
    await this.#parts.records.reading.audit.add(who, 'intents.remove', intent);
    this.#change((own) => {
      const left = (own[intent] ?? []).filter((one) => plain(one) !== plain(text));
      if (left.length === (own[intent]?.length ?? 0)) {
        throw understandingErrors.make('NO_EXAMPLE', { place: intent });
      }
      const others = Object.entries(own).filter(([name]) => name !== intent);
      return Object.fromEntries([...others, ...(left.length > 0 ? [[intent, left]] : [])]) as Own;
    });
  }

  /** Whoever asks while it runs waits for the same. */
  train(who: string): Promise<IntentBook> {
    this.#training ??= this.#train(who).finally(() => {
      this.#training = undefined;
    });
    return this.#training;
  }

  understand: IntentDesk['understand'] = (text) => this.#parts.understanding().understand(text);

  async #train(who: string): Promise<IntentBook> {
    const { records, train, again } = this.#parts;
    await records.reading.audit.add(who, 'intents.train', undefined);
    await train();
    await again();
    return this.list();
  }

  /** Writes the office's own examples anew; what is wrong with them leaves the file as it was. */
  #change(change: (own: Own) => Own): void {
    const { profile, language, file, own } = this.#places();
    const old = existsSync(own) ? readFileSync(own, 'utf8') : undefined;
    const document = parseDocument(old ?? `# Examples of our own, beside those of the profile.\n`);
    const before = (document.toJS() ?? {}) as { intents?: Own };
    document.set('profile', profile);
    document.set('language', language);
    document.set('intents', change(before.intents ?? {}));
    writeWhole(own, document.toString({ lineWidth: 0 }));
    try {
      loadExamples(file, own);
    } catch (error) {
      if (old === undefined) rmSync(own, { force: true });
      else writeWhole(own, old);
      throw error;
    }
  }

  #places() {
    const { paths, inForce } = this.#parts;
    const { profile, language } = inForce().understanding;
    return {
      ...{ profile, language },
      file: examplesPath(paths, profile, language),
      own: ownExamplesPath(paths, profile, language),
      head: headPath(paths, profile, language),
    };
  }
}

type Own = Readonly<Record<string, readonly string[]>>;
