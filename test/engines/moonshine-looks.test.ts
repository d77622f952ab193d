import t from 'tap';
import { FRAME_SAMPLES, samplesIn } from '../../agent/audio/frame.js';
import type { Pcm } from '../../agent/audio/frame.js';
import { Looks } from '../../agent/engines/moonshine-looks.js';
import { DecodingQueue } from '../../agent/engines/moonshine-queue.js';
import { FakeClock } from '../telephony/fake-clock.js';

/** An utterance whose decoder names how much it was given, and answers when it is told to. */
class Scene {
  readonly decoded: number[] = [];
  readonly said: string[] = [];
  hold = false;
  #answers: ((text: string) => void)[] = [];
  #audio: number[] = [];
  readonly looks = new Looks({
    read: (from, to) => Int16Array.from(this.#audio.slice(from, to)),
    partial: (text) => this.said.push(text),
    decode: (pcm: () => Pcm) => {
      const ms = pcm().length / 16;
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

void t.test('in a pause the trial is waited for, but not for ever', async (t) => {
  const scene = new Scene();
  await scene.hear(900);
  await scene.hear(200, 10);
  t.strictSame(scene.decoded, [], 'a trial would come now');
  await scene.hear(300, 10);
  t.strictSame(scene.decoded, [1400]);
  const going = new Scene();
  await going.hear(900);
  await going.hear(140, 10);
  await going.hear(100);
  t.strictSame(going.decoded, [1060], 'the caller goes on');
});

void t.test('a decoding for another reason spares a look, and tells its text', async (t) => {
  const scene = new Scene();
  await scene.hear(900);
  scene.looks.seen(samplesIn(900), 'so far');
  await scene.hear(900);
  t.strictSame(scene.decoded, []);
  t.strictSame(scene.said, ['so far']);
  await scene.hear(200);
  t.strictSame(scene.decoded, [1900]);
});

void t.test('what is old is not decoded again, and its text stays', async (t) => {
  const scene = new Scene();
  await scene.hear(9100);
  t.strictSame(scene.decoded.slice(-3), [7000, 8000, 1000]);
  t.equal(scene.said.at(-1), '8000ms 1000ms');
  const paused = new Scene();
  await paused.hear(4500);
  paused.looks.seen(samplesIn(4500), 'before');
  await paused.hear(1000);
  t.strictSame(paused.decoded.slice(-2), [4000, 1000], 'best where a pause was decoded');
  t.equal(paused.said.at(-1), 'before 1000ms');
});

void t.test('a look that a trial overtook tells nothing twice', async (t) => {
  const scene = new Scene();
  scene.hold = true;
  await scene.hear(5000);
  scene.looks.seen(samplesIn(5000), 'all of it');
  scene.answer('a part of it');
  await scene.hear(20);
  t.strictSame(scene.said, ['all of it']);
  scene.hold = false;
  await scene.hear(1000);
  t.equal(scene.said.at(-1), 'all of it 1000ms');
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

/** What jobs cost on one core, in milliseconds: a look of so much audio, and what ends a turn. */
const lookCost = (ms: number): number => 25 + ms / 50;
const TURN_COST = 150;
const TURN_MS = 6000;

/** `count` callers who speak without a pause for a minute; the longest time without a look of each. */
async function minuteOf(count: number): Promise<readonly number[]> {
  const clock = new FakeClock();
  const queue = new DecodingQueue(clock);
  let jobs = 0;
  const counted = async <Result>(job: Promise<Result>): Promise<Result> => {
    jobs += 1;
    return job.finally(() => (jobs -= 1));
  };
  const loud = new Int16Array(samplesIn(9000)).fill(8000);
  const callers = Array.from({ length: count }, (_, at) => {
    const caller = { heardMs: 0, beganMs: 0, endsMs: (TURN_MS * at) / count, seenMs: 0, gapMs: 0 };
    const begin = (): Looks =>
      new Looks({
        read: (from, to) => loud.subarray(0, to - from),
        partial: () => {
          caller.gapMs = Math.max(caller.gapMs, clock.monotonic() - caller.seenMs);
          caller.seenMs = clock.monotonic();
        },
        decode: (pcm) =>
          counted(
            queue.look(() => {
              clock.advance(lookCost(pcm().length / 16));
              return Promise.resolve('words');
            }),
          ),
      });
    return { caller, begin, looks: begin() };
  });
  while (clock.monotonic() < 60_000) {
    const now = clock.monotonic();
    for (const line of callers) {
      const { caller } = line;
      for (; caller.heardMs < now; caller.heardMs += 20) {
        if (caller.heardMs >= caller.endsMs) {
          line.looks.stop();
          line.looks = line.begin();
          caller.beganMs = caller.heardMs;
          caller.endsMs = caller.heardMs + TURN_MS;
          // What ends a turn is a look, too, and the next turn is a second old before it is seen.
          caller.seenMs = now;
          void counted(
            queue.take(() => {
              clock.advance(TURN_COST);
              return Promise.resolve();
            }),
          );
        }
        line.looks.heard(samplesIn(caller.heardMs + 20 - caller.beganMs));
      }
    }
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    if (jobs === 0) clock.advance(20);
  }
  return callers.map(({ caller }) => caller.gapMs);
}

void t.test('each of eight callers who speak at once is seen once a second', async (t) => {
  const gaps = await minuteOf(8);
  t.ok(Math.max(...gaps) <= 1450, gaps.join(' '));
  const crowded = await minuteOf(14);
  const [least, most] = [Math.min(...crowded), Math.max(...crowded)];
  t.ok(most <= 3000, `beyond what a core can do, later, but soon: ${crowded.join(' ')}`);
  t.ok(most < 1.5 * least, 'and nobody is forgotten');
});
