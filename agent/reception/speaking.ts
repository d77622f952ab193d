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
    const nobodyListens = new AbortController();
    void this.#feed(saying, texts, nobodyListens.signal);
    const said = await saying.done;
    nobodyListens.abort();
    if (this.#current === saying) this.#current = undefined;
    return said;
  }

  /** Falls silent at once; `resume` or `stop` follows. */
  pause(): void {
    this.#current?.pause();
  }

  /** Goes on after `pause`: from where it fell silent, or from the clause it was in. */
  resume(from: ResumeFrom): void {
    this.#current?.resume(from);
  }

  /** Whether a question is being asked. */
  get asking(): boolean {
    return this.#current?.text.includes('?') === true;
  }

  stop(): void {
    this.#current?.stop();
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
