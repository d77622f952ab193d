import type { CallHead } from '../records/calls.js';
import { latestOf } from '../records/corrections.js';
import type { OpenRecords } from '../records/records.js';
import { phrasesOf, type SearchQuery } from '../records/search-words.js';

export type { SearchQuery } from '../records/search-words.js';

/** A call that fits, and where in it the words stand. */
export interface SearchHit extends CallHead {
  /** Sentences of the caller or of a message that hold one of the words, a few at most. */
  readonly lines: readonly { readonly atMs: number | undefined; readonly text: string }[];
}

const MOST_LINES = 3;

/** Finds calls, for those who may read them. The search is audited; what was looked for is not. */
export class SearchRoom {
  readonly #records: OpenRecords;

  constructor(records: OpenRecords) {
    this.#records = records;
  }

  /** The latest first. Calls whose use is restricted are not found. */
  async find(query: SearchQuery, who: string): Promise<readonly SearchHit[]> {
    const { reading, search } = this.#records;
    await reading.audit.add(who, 'search', undefined);
    await search.refresh();
    const words = [...phrasesOf(query.words ?? ''), ...phrasesOf(query.name ?? '')].flat();
    const hits: SearchHit[] = [];
    for (const call of await search.find(query)) {
      const hit = await this.#hit(call, words);
      if (hit !== undefined) hits.push(hit);
    }
    return hits;
  }

  /** Makes the index again from the store; returns how many calls differed. */
  async rebuild(who: string): Promise<number> {
    await this.#records.reading.audit.add(who, 'search.rebuild', undefined);
    return this.#records.search.refresh(true);
  }

  async #hit(call: string, words: readonly string[]): Promise<SearchHit | undefined> {
    const { calls } = this.#records.reading;
    const [restricted] = await this.#records.rights.freezes.onCall('restriction', call);
    const head = await calls.head(call);
    if (restricted !== undefined || head === undefined) return undefined;
    return { ...head, lines: words.length === 0 ? [] : await this.#lines(call, words) };
  }

  async #lines(call: string, words: readonly string[]): Promise<SearchHit['lines']> {
    const { calls, messages } = this.#records.reading;
    const right = latestOf(await this.#records.rights.corrections.ofCall(call));
    const holds = (text: string): boolean => {
      const plain = folded(text);
      return words.some((word) => plain.includes(folded(word)));
    };
    const said = (await calls.utterances(call)).flatMap(({ party, atMs, text }, at) => {
      const mended = right.get(`utterance:${String(at + 1)}`);
      const fits = holds(text) || (mended !== undefined && holds(mended));
      return party === 'caller' && fits ? [{ atMs, text: mended ?? text }] : [];
    });
    const told = (await messages.ofCall(call)).flatMap(({ body }) =>
      [body?.name?.heard, body?.reason?.heard].flatMap((text) =>
        text !== undefined && holds(text) ? [{ atMs: undefined, text }] : [],
      ),
    );
    const mended = [...right].flatMap(([thing, text]) =>
      thing.startsWith('message:') && holds(text) ? [{ atMs: undefined, text }] : [],
    );
    const seen = new Set<string>();
    const lines = [...said, ...told, ...mended].filter(
      ({ text }) => !seen.has(text) && seen.add(text),
    );
    return lines.slice(0, MOST_LINES);
  }
}

/** As the index folds words: without case and marks. */
const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .normalize('NFC')
    .toLowerCase();
