import type { Pcm } from '../audio/frame.js';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import type { Heard } from '../speech/ports.js';
import type { Line } from '../telephony/line.js';
import { Saying, type ResumeFrom, type Said } from './saying.js';

/** Where the PCM of a text comes from: the cache of prompts, or the voice, clause by clause. */
export type Render = (text: string, heard: Heard) => AsyncIterable<Pcm>;

/**
 * Says texts on a line, one after the other. What is being said can be paused (somebody seems to
 * speak), and then goes on (it was a cough) or stops (it was words).
 */
export class Speaking {
  readonly #line: Line;
  readonly #render: Render;
  readonly #log: Log;
  #current: Saying | undefined;
  #aside: Saying | undefined;

  constructor(line: Line, render: Render, log: Log) {
    this.#line = line;
    this.#render = render;
    this.#log = log;
  }

  get busy(): boolean {
    return this.#current !== undefined;
  }

  /** Says `texts`; resolves when they have been heard, or were stopped. */
  async say(texts: readonly string[]): Promise<Said> {
    const saying = new Saying(this.#line);
    this.#current = saying;
    const said = await this.#heard(saying, texts);
    if (this.#current === saying) this.#current = undefined;
    return said;
  }

  /** Whether nothing can be heard of us: nothing is being said, or what is was paused. */
  get silent(): boolean {
    return this.#aside === undefined && this.#current?.paused !== false;
  }

  /** Whether something is being said aside. */
  get saysAside(): boolean {
    return this.#aside !== undefined;
  }

  /**
   * Says `text` while we are silent; what was paused stays so, and its going on ends this. Resolves when it
   * has been heard, or was hushed.
   */
  async aside(text: string): Promise<Said> {
    const saying = new Saying(this.#line);
    this.#aside = saying;
    const said = await this.#heard(saying, [text]);
    if (this.#aside === saying) this.#aside = undefined;
    return said;
  }

  /** Ends what is being said aside. */
  hush(): void {
    this.#aside?.stop();
  }

  /** Resolves when nothing is said aside any more; nobody waits for what does not come. */
  async asideOver(): Promise<void> {
    const aside = this.#aside;
    if (aside?.lengthMs === 0) aside.stop();
    await aside?.done;
  }

  /** Falls silent at once; `resume` or `stop` follows. */
  pause(): void {
    this.#current?.pause();
  }

  /** Goes on after `pause`: from where it fell silent, or from the clause it was in. */
  resume(from: ResumeFrom): void {
    if (this.#current !== undefined) this.hush();
    this.#current?.resume(from);
  }

  /** Whether a question is being asked. */
  get asking(): boolean {
    return this.#current?.text.includes('?') === true;
  }

  stop(): void {
    this.#current?.stop();
  }

  async #heard(saying: Saying, texts: readonly string[]): Promise<Said> {
    const nobodyListens = new AbortController();
    void this.#feed(saying, texts, nobodyListens.signal);
    const said = await saying.done;
    nobodyListens.abort();
    return said;
  }

  async #feed(saying: Saying, texts: readonly string[], signal: AbortSignal): Promise<void> {
    try {
      for (const text of texts) {
        for await (const pcm of this.#render(text, { signal, aheadMs: saying.lengthMs })) {
          if (saying.over) return;
          saying.add(pcm, text);
        }
      }
    } catch (error) {
      if (saying.over) return;
      this.#log.error('a text could not be spoken', { reason: oneLine(error) });
    }
    saying.complete();
  }
}
