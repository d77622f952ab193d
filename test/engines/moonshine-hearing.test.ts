import { setImmediate as breathe } from 'node:timers/promises';
import t from 'tap';
import { samplesIn, type Pcm } from '../../agent/audio/frame.js';
import { moonshineEngine } from '../../agent/engines/moonshine-hearing.js';
import type { Effort, Memory } from '../../agent/engines/moonshine-task.js';
import type { Moonshine } from '../../agent/engines/moonshine.js';
import type { HeardUtterance } from '../../agent/engines/recognition.js';
import { FakeClock } from '../telephony/fake-clock.js';

const RUNS = 8;
const loud = (ms: number): Pcm => new Int16Array(samplesIn(ms)).fill(8000);

/** A model that notes what it does; a whole decoding takes until it is let go on. */
class SlowMoonshine {
  readonly engine = 'slow';
  readonly whole: number[] = [];
  /** Whether each of them was hurried. */
  readonly hurries: boolean[] = [];
  /** What each of them was told to go on from. */
  readonly memories: (Memory | undefined)[] = [];
  /** Where hurry leaves something out. */
  unsure = false;
  looks = 0;
  /** Runs of the decoder for looks. */
  runs = 0;
  #goOn: (() => void)[] = [];

  async recognise(pcm: Pcm, _likely: unknown, effort: Effort): Promise<unknown> {
    const { hurried = false, memory } = effort;
    this.memories.push(memory);
    this.whole.push(pcm.length / 16);
    this.hurries.push(hurried);
    await new Promise<void>((resolve) => this.#goOn.push(resolve));
    const provisional = hurried && this.unsure;
    return { text: `${String(pcm.length / 16)}ms`, words: [], confidence: 1, provisional };
  }

  async glance(_pcm: Pcm, _memory: unknown, between: () => Promise<void>): Promise<string> {
    this.looks += 1;
    for (let run = 0; run < RUNS; run += 1) {
      await between();
      this.runs += 1;
    }
    return 'so far';
  }

  async goOn(): Promise<void> {
    for (const resolve of this.#goOn.splice(0)) resolve();
    await settle();
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 40; turn += 1) await breathe();
}

function begin() {
  const model = new SlowMoonshine();
  const clock = new FakeClock();
  const engine = moonshineEngine(model as unknown as Moonshine, clock);
  const partials: string[] = [];
  const hear = (): HeardUtterance =>
    engine.hear(
      { language: 'en', expected: [], partials: true },
      { partial: (text) => partials.push(text) },
    );
  return { model, hear, partials, clock };
}

/** An utterance after a trial that was too hurried to be sure. */
async function tried() {
  const { model, hear } = begin();
  model.unsure = true;
  const utterance = hear();
  utterance.push(loud(300));
  const trial = utterance.speculate();
  await model.goOn();
  t.match(await trial, { provisional: true });
  return { model, hear, utterance };
}

void t.test('a look is given up once its turn is over, or its caller has left', async (t) => {
  for (const end of ['finish', 'cancel'] as const) {
    const { model, hear, partials } = begin();
    const utterance = hear();
    utterance.push(loud(1000));
    await breathe();
    const before = model.runs;
    t.ok(before < RUNS, 'it is under way');
    const final = utterance[end]();
    await settle();
    await model.goOn();
    await final;
    t.ok(model.runs <= before + 1, `${end}: ${String(model.runs - before)} runs more`);
    t.strictSame(partials, []);
  }
  const { model, hear, partials } = begin();
  hear().push(loud(1000));
  await settle();
  t.equal(model.runs, RUNS, 'and else it goes on to its end');
  t.strictSame(partials, ['so far']);
});

void t.test('a look that still waited when its turn ended is not begun', async (t) => {
  const { model, hear } = begin();
  const other = hear().finish();
  const utterance = hear();
  utterance.push(loud(1000));
  const final = utterance.finish();
  await model.goOn();
  await model.goOn();
  await Promise.all([other, final]);
  await settle();
  t.equal(model.looks, 0);
});

void t.test('a decoding that waits sees all that comes until it begins, once', async (t) => {
  const { model, hear } = begin();
  const other = hear().finish();
  const utterance = hear();
  utterance.push(loud(300));
  const trial = utterance.speculate();
  utterance.push(loud(200));
  const final = utterance.finish();
  await model.goOn();
  await model.goOn();
  await other;
  t.match(await trial, { text: '500ms' });
  t.match(await final, { text: '500ms' });
  t.strictSame(model.whole, [0, 500]);
});

void t.test('what came after a decoding had begun is decoded anew', async (t) => {
  const { model, hear } = begin();
  const utterance = hear();
  utterance.push(loud(300));
  const trial = utterance.speculate();
  utterance.push(loud(200));
  const final = utterance.finish();
  await model.goOn();
  await model.goOn();
  t.match(await trial, { text: '300ms' });
  t.match(await final, { text: '500ms' });
  t.strictSame(model.whole, [300, 500]);
});

void t.test(
  'what was heard of a beginning is forgotten when that is not held any more',
  async (t) => {
    const { model, hear } = begin();
    const utterance = hear();
    for (const ms of [1000, 1000, 119_000]) {
      utterance.push(loud(ms));
      const trial = utterance.speculate();
      await settle();
      await model.goOn();
      await trial;
    }
    const [first, second, third] = model.memories;
    t.equal(first, second);
    t.not(second, third);
  },
);

void t.test('what a trial was too hurried to look for is sought when the turn ends', async (t) => {
  const { model, utterance } = await tried();
  const final = utterance.finish();
  await settle();
  await model.goOn();
  t.match(await final, { text: '300ms', provisional: false });
  t.strictSame(model.hurries, [true, false]);
  t.equal(await utterance.finish().then(({ text }) => text), '300ms');
  t.equal(model.hurries.length, 2, 'once');
});

void t.test('or in the pause, if that lasts; and not if the caller goes on', async (t) => {
  const { model, hear, clock } = begin();
  model.unsure = true;
  for (const goesOn of [false, true]) {
    model.hurries.length = 0;
    const utterance = hear();
    utterance.push(loud(300));
    const trial = utterance.speculate();
    await settle();
    await model.goOn();
    await trial;
    if (goesOn) utterance.push(loud(300));
    clock.advance(200);
    await settle();
    await model.goOn();
    t.strictSame(model.hurries, goesOn ? [true] : [true, false]);
    const final = utterance.finish();
    await settle();
    await model.goOn();
    t.match(await final, { text: goesOn ? '600ms' : '300ms' });
    t.strictSame(model.hurries, [true, false], 'what was sought in the pause is the final text');
  }
});

void t.test('while others wait for their turn to end nothing more is sought', async (t) => {
  const { model, hear, utterance } = await tried();
  const [one, two] = [hear(), hear()];
  for (const other of [one, two]) other.push(loud(200));
  const others = [one.finish(), two.finish()];
  await settle();
  t.match(await utterance.finish(), { text: '300ms', provisional: false });
  t.strictSame(model.hurries, [true, false]);
  for (let job = 0; job < 4; job += 1) await model.goOn();
  await Promise.all(others);
});

void t.test(
  'what an answer says of the time is that of its decoding, not of its wait',
  async (t) => {
    const { model, hear, clock } = begin();
    const [first, second] = [hear(), hear()];
    for (const one of [first, second]) one.push(loud(300));
    const answers = [first, second].map((one) => one.speculate());
    for (const ms of [70, 30]) {
      await settle();
      clock.advance(ms);
      await model.goOn();
    }
    const seconds = (await Promise.all(answers)).map(({ secondsWorking }) => secondsWorking);
    t.strictSame(seconds, [0.07, 0.03]);
  },
);
