import { millisecondsOf, type Pcm } from '../audio/frame.js';
import type { Clock } from '../clock.js';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import type { Heard } from '../speech/ports.js';
import type { Line } from '../telephony/line.js';
import { Saying, type ResumeFrom, type Said } from './saying.js';
import { VoiceWait } from './voice-wait.js';

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
  readonly #clock: Clock;
  readonly #late: () => void;
  #current: Saying | undefined;
  #aside: Saying | undefined;
  /** What is being said while nothing of it comes. */
  #stalled: Saying | undefined;

  /** `late`: the voice has said nothing for too long; `fill` may say something meanwhile. */
  constructor(
    line: Line,
    render: Render,
    log: Log,
    clock: Clock,
    late: () => void = () => undefined,
  ) {
    this.#line = line;
    this.#render = render;
    this.#log = log;
    this.#clock = clock;
    this.#late = late;
  }

  get busy(): boolean {
    return this.#current !== undefined;
  }

  /** Says `texts`; resolves when they have been heard, or were stopped. */
  async say(texts: readonly string[]): Promise<Said> {
    const saying = new Saying(this.#line, this.#clock);
    this.#current = saying;
    const said = await this.#heard(saying, texts, () => {
      this.#stalled = saying;
      this.#late();
    });
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
    const saying = new Saying(this.#line, this.#clock);
    this.#aside = saying;
    const said = await this.#heard(saying, [text], () => undefined);
    if (this.#aside === saying) this.#aside = undefined;
    return said;
  }

  /** Whether all that can be heard of us tells that the rest takes a moment. */
  get stalls(): boolean {
    return this.#stalled !== undefined && this.#stalled === this.#current;
  }

  /**
   * Says `text` in the middle of what the voice does not go on with; the rest follows. Resolves when it has
   * been heard, or what was being said is over.
   */
  async fill(text: string): Promise<Said> {
    const saying = this.#stalled;
    const needed = (): boolean => saying?.over === false && this.stalls;
    if (saying === undefined || !needed()) return { whole: false, heardMs: 0 };
    const over = new AbortController();
    const ended = saying.done.then(() => {
      over.abort();
    });
    let lengthMs = 0;
    for await (const pcm of this.#render(text, { signal: over.signal, aheadMs: 0 })) {
      // The rest has come, or nobody waits for it any more.
      if (!needed()) break;
      saying.add(pcm, text);
      lengthMs += millisecondsOf(pcm);
    }
    await Promise.race([this.#clock.sleep(lengthMs), ended]);
    return { whole: lengthMs > 0 && !over.signal.aborted, heardMs: lengthMs };
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

  async #heard(saying: Saying, texts: readonly string[], late: () => void): Promise<Said> {
    const nobodyListens = new AbortController();
    const wait = new VoiceWait(this.#clock, {
      heardUntil: () => saying.heardUntil,
      late,
      lost: () => {
        this.#log.error('a text could not be spoken', { reason: 'the voice says nothing' });
        saying.fail();
        nobodyListens.abort();
      },
    });
    wait.begin();
    void this.#feed(saying, texts, nobodyListens.signal, wait);
    const said = await saying.done;
    wait.end();
    nobodyListens.abort();
    return said;
  }

  async #feed(
    saying: Saying,
    texts: readonly string[],
    signal: AbortSignal,
    wait: VoiceWait,
  ): Promise<void> {
    try {
      for (const text of texts) {
        for await (const pcm of this.#render(text, { signal, aheadMs: saying.lengthMs })) {
          if (saying.over || signal.aborted) return;
          saying.add(pcm, text);
          if (this.#stalled === saying) this.#stalled = undefined;
          wait.begin();
        }
      }
      if (signal.aborted) return;
      wait.end();
      saying.complete();
    } catch (error) {
      if (saying.over || signal.aborted) return;
      wait.end();
      this.#log.error('a text could not be spoken', { reason: oneLine(error) });
      saying.fail();
    }
  }
}
