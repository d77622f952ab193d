import t from 'tap';
import { FRAME_SAMPLES, samplesIn } from '../../agent/audio/frame.js';
import type { Pcm } from '../../agent/audio/frame.js';
import { Looks } from '../../agent/engines/moonshine-looks.js';

/** An utterance whose decoder names how much it was given, and answers when it is told to. */
class Scene {
  readonly decoded: number[] = [];
  readonly said: string[] = [];
  busy = false;
  hold = false;
  #answers: ((text: string) => void)[] = [];
  #audio: number[] = [];
  readonly looks = new Looks({
    read: (from, to) => Int16Array.from(this.#audio.slice(from, to)),
    busy: () => this.busy,
    partial: (text) => this.said.push(text),
    decode: (pcm: Pcm) => {
      const ms = pcm.length / 16;
      this.decoded.push(ms);
      if (!this.hold) return Promise.resolve(`${String(ms)}ms`);
      return new Promise((resolve) => this.#answers.push(resolve));
    },
  });

  async hear(ms: number, level = 8000): Promise<void> {
    for (let at = 0; at < samplesIn(ms); at += FRAME_SAMPLES) {
      for (let n = 0; n < FRAME_SAMPLES; n += 1) this.#audio.push(n % 2 === 0 ? level : -level);
      this.looks.heard(this.#audio.length);
      await Promise.resolve();
      await new Promise(setImmediate);
    }
  }

  answer(text: string): void {
    this.#answers.shift()?.(text);
  }
}

void t.test('a caller who goes on speaking is looked at once a second', async (t) => {
  const scene = new Scene();
  await scene.hear(3100);
  t.strictSame(scene.decoded, [1000, 2000, 3000]);
  t.equal(scene.said.at(-1), '3000ms');
});

void t.test('a pause between words brings a look, unless the worker is busy', async (t) => {
  const scene = new Scene();
  await scene.hear(700);
  await scene.hear(120, 10);
  t.strictSame(scene.decoded, [800]);
  scene.busy = true;
  await scene.hear(700);
  await scene.hear(120, 10);
  t.strictSame(scene.decoded, [800]);
});

void t.test('what is old is not decoded again, and its text stays', async (t) => {
  const scene = new Scene();
  await scene.hear(9100);
  t.strictSame(scene.decoded.slice(-3), [7000, 8000, 1000]);
  t.equal(scene.said.at(-1), '8000ms 1000ms');
  const paused = new Scene();
  await paused.hear(4500);
  await paused.hear(140, 10);
  await paused.hear(1000);
  t.strictSame(paused.decoded.slice(-2), [4600, 1000], 'best at a pause');
});

void t.test('one look at a time, and none after the end', async (t) => {
  const scene = new Scene();
  scene.hold = true;
  await scene.hear(4000);
  t.strictSame(scene.decoded, [1000], 'the rate falls with what the worker can do');
  scene.answer('one');
  await scene.hear(100);
  t.strictSame(scene.said, ['one']);
  t.equal(scene.decoded.length, 2);
  scene.looks.stop();
  scene.answer('two');
  await scene.hear(2000);
  t.strictSame(scene.said, ['one']);
  t.equal(scene.decoded.length, 2);
});
