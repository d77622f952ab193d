import { setImmediate as breathe } from 'node:timers/promises';
import t from 'tap';
import { samplesIn, type Pcm } from '../../agent/audio/frame.js';
import { moonshineEngine } from '../../agent/engines/moonshine-hearing.js';
import type { Moonshine } from '../../agent/engines/moonshine.js';
import type { HeardUtterance } from '../../agent/engines/recognition.js';

const RUNS = 8;
const loud = (ms: number): Pcm => new Int16Array(samplesIn(ms)).fill(8000);

/** A model that notes what it does; a whole decoding takes until it is let go on. */
class SlowMoonshine {
  readonly engine = 'slow';
  readonly whole: number[] = [];
  looks = 0;
  /** Runs of the decoder for looks. */
  runs = 0;
  #goOn: (() => void)[] = [];

  async recognise(pcm: Pcm): Promise<unknown> {
    this.whole.push(pcm.length / 16);
    await new Promise<void>((resolve) => this.#goOn.push(resolve));
    return { text: `${String(pcm.length / 16)}ms`, words: [], confidence: 1 };
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
  const engine = moonshineEngine(model as unknown as Moonshine);
  const partials: string[] = [];
  const hear = (): HeardUtterance =>
    engine.hear(
      { language: 'en', expected: [], partials: true },
      { partial: (text) => partials.push(text) },
    );
  return { model, hear, partials };
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
