import type { Pcm } from '../../agent/audio/frame.js';
import { millisecondsOf } from '../../agent/audio/frame.js';
import type { Line, LineListener, Playback, Played } from '../../agent/telephony/line.js';

/** A line without a telephone: what is played is kept, and a test says when it was heard. */
export class FakeLine implements Line {
  readonly playbacks: FakePlayback[] = [];
  readonly #listeners: LineListener[] = [];

  listen(listener: LineListener): void {
    this.#listeners.push(listener);
  }

  play(): Playback {
    const playback = new FakePlayback();
    this.playbacks.push(playback);
    return playback;
  }

  get playing(): FakePlayback | undefined {
    return this.playbacks.findLast((one) => !one.over);
  }

  key(digit: string): void {
    for (const one of this.#listeners) one.key(digit);
  }

  frame(pcm: Pcm, atMs: number): void {
    for (const one of this.#listeners) one.frame(pcm, atMs);
  }

  /** The party hears `pcm`, from `atMs` on. */
  hears(pcm: Pcm, atMs: number): void {
    for (const one of this.#listeners) one.played(pcm, atMs);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

export class FakePlayback implements Playback {
  readonly done: Promise<Played>;
  writtenMs = 0;
  ended = false;
  over = false;
  /** What the test says was heard when it is stopped. */
  heardMs = 0;
  #resolve: (played: Played) => void = () => undefined;

  constructor() {
    this.done = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  write(pcm: Pcm): void {
    this.writtenMs += millisecondsOf(pcm);
  }

  end(): void {
    this.ended = true;
  }

  stop(): Promise<Played> {
    this.#finish({ heardMs: this.heardMs, whole: false });
    return this.done;
  }

  /** It was heard to its end. */
  hear(): void {
    this.#finish({ heardMs: this.writtenMs, whole: true });
  }

  #finish(played: Played): void {
    if (this.over) return;
    this.over = true;
    this.#resolve(played);
  }
}
