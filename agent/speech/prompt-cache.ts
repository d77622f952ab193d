import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SAMPLE_RATE, bytesOfPcm, joined, millisecondsOf } from '../audio/frame.js';
import { pcmFromBytes, samplesIn } from '../audio/frame.js';
import type { Pcm } from '../audio/frame.js';
import { withoutLead, withoutTail } from '../audio/loudness.js';
import { ownPrompts } from './own-prompts.js';
import type { Heard, SpeakSettings, Voice } from './ports.js';
import { pronunciationsIn } from './pronunciation.js';
import { isOpening, spokenParts, whole, type Prepared } from './spoken-parts.js';

/** Part of every key: raise it when the voice worker's output changes. */
const VERSION = 3;

/**
 * Fixed prompts as PCM on disk, so that the first answer is already rendered. Only texts that come
 * from the configuration belong here, never what a caller said: files are named by a hash, but they
 * hold speech.
 */
export class PromptCache {
  readonly #folder: string;
  readonly #voice: Voice;
  readonly #settings: SpeakSettings;
  readonly #held = new Map<string, Pcm>();

  /** `folder` is the data folder's prompts/; `settings` are those of every prompt. */
  constructor(folder: string, voice: Voice, settings: SpeakSettings) {
    this.#folder = folder;
    this.#voice = voice;
    this.#settings = settings;
  }

  /**
   * Renders those of `texts`, and of `more`, that are not on disk, loads all into memory, and deletes the
   * files of others: prompts that the configuration no longer has. What somebody has recorded is played
   * in place of what would be rendered. Returns how many had to be rendered.
   */
  async render(texts: readonly string[], more: readonly Prepared[] = []): Promise<number> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    let rendered = 0;
    const own = await ownPrompts(this.#folder, this.#settings.language);
    const wanted = new Map([...texts.map(whole), ...more].map((what) => [this.#keyOf(what), what]));
    for (const [key, what] of wanted) {
      if (this.#held.has(key)) continue;
      let pcm = (await own.pcmOf(what.text)) ?? (await this.#load(key));
      if (pcm === undefined) {
        pcm = await this.#synthesise(what);
        await this.#store(key, pcm);
        rendered += 1;
      }
      this.#held.set(key, pcm);
    }
    for (const key of this.#held.keys()) if (!wanted.has(key)) this.#held.delete(key);
    for (const entry of await readdir(this.#folder, { withFileTypes: true })) {
      const known = entry.name.endsWith('.pcm') && wanted.has(entry.name.slice(0, -'.pcm'.length));
      // The folder of recorded prompts stays.
      if (!known && !entry.isDirectory()) await rm(join(this.#folder, entry.name), { force: true });
    }
    return rendered;
  }

  /** Loads those of `texts` that are recorded or rendered already, and changes nothing on disk. */
  async load(texts: readonly string[], more: readonly Prepared[] = []): Promise<void> {
    const own = await ownPrompts(this.#folder, this.#settings.language);
    for (const what of [...texts.map(whole), ...more]) {
      const key = this.#keyOf(what);
      const pcm = (await own.pcmOf(what.text)) ?? (await this.#load(key));
      if (pcm !== undefined) this.#held.set(key, pcm);
    }
  }

  /** The PCM of a rendered text, or undefined. Do not write into it. */
  get(text: string, settings: SpeakSettings = this.#settings): Pcm | undefined {
    return this.#held.get(this.#key(text, settings));
  }

  /**
   * A rendered text at once, and so the parts of any other that are rendered; the rest from the voice clause
   * by clause (and it is not kept).
   */
  async *speak(text: string, heard?: Heard): AsyncGenerator<Pcm> {
    const held = this.get(text);
    if (held !== undefined) {
      yield held;
      return;
    }
    const isHeld = (what: Prepared): boolean => this.#held.has(this.#keyOf(what));
    let aheadMs = heard?.aheadMs ?? 0;
    for (const part of spokenParts(text, this.#settings.language, isHeld)) {
      const live = heard === undefined ? undefined : { ...heard, aheadMs };
      const said =
        part.kind === 'voice'
          ? this.#voice.speak(part.text, this.#settings, live)
          : [this.#held.get(this.#keyOf(part.what)) ?? new Int16Array(0), silence(part.pauseMs)];
      for await (const pcm of said) {
        aheadMs += millisecondsOf(pcm);
        yield pcm;
      }
    }
  }

  #keyOf({ text, pace }: Prepared): string {
    return this.#key(text, this.#paced(pace));
  }

  #paced(pace: number): SpeakSettings {
    return pace === 1
      ? this.#settings
      : { ...this.#settings, pace: pace * (this.#settings.pace ?? 1) };
  }

  #key(text: string, settings: SpeakSettings): string {
    const { language, voice = '', pace = 1, pronunciations = [] } = settings;
    // Only those that the text has: another name's pronunciation changes nothing of it.
    const said = pronunciationsIn(text, pronunciations).map(({ word, say }) => [word, say]);
    const parts = JSON.stringify([VERSION, language, voice, pace, said, text]);
    return createHash('sha256').update(parts).digest('hex');
  }

  async #load(key: string): Promise<Pcm | undefined> {
    try {
      const pcm = pcmFromBytes(await readFile(join(this.#folder, `${key}.pcm`)));
      return pcm.length === 0 ? undefined : pcm;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  async #store(key: string, pcm: Pcm): Promise<void> {
    const part = join(this.#folder, `${key}.${process.pid}.part`);
    await writeFile(part, bytesOfPcm(pcm), { mode: 0o600 });
    await rename(part, join(this.#folder, `${key}.pcm`));
  }

  async #synthesise({ text, pace }: Prepared): Promise<Pcm> {
    const pcm = await joined(this.#voice.speak(text, this.#paced(pace)));
    if (pace === 1 && !isOpening(text)) return pcm;
    // Something follows at once.
    return withoutTail(withoutLead(pcm, SAMPLE_RATE), SAMPLE_RATE);
  }
}

const silence = (ms: number): Pcm => new Int16Array(samplesIn(ms));
