import { copyFile, mkdtemp, rm, symlink, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { SAMPLE_RATE } from '../../../agent/audio/frame.js';
import type { Pcm } from '../../../agent/audio/frame.js';
import { deriveHeard, deriveStem, deriveStep } from '../../../agent/engines/fused/derive.js';
import { FusedEar } from '../../../agent/engines/fused/ear.js';
import { BOS, beam, greedy } from '../../../agent/engines/moonshine-decoder.js';
import type { Ear, Hearing } from '../../../agent/engines/moonshine-decoder.js';
import { Digits } from '../../../agent/engines/moonshine-digits.js';
import { OriginalEar } from '../../../agent/engines/moonshine-original.js';
import { readTokens, textsOf } from '../../../agent/engines/moonshine-tokens.js';
import { Moonshine } from '../../../agent/engines/moonshine.js';
import { flite } from '../../../agent/reception/rehearse/synthesise.js';
import { modelPlaces } from '../../../agent/speech/models.js';
import { byTelephone } from '../../speech/audio.js';
import { withModels } from '../../speech/worker-process.js';

const SENTENCES = [
  'Could you put me through to the billing department?',
  'My number is five five two, zero one nine three.',
  'I would like to come on Thursday at half past nine.',
  'No.',
];
/**
 * In log-probability. One token goes through other code of the runtime than several, and what is rounded
 * to eight bits another way counts; a text that saw another differs by more than 1.
 */
const ROUNDING = 0.25;
/** The published model itself changes so much when its audio is changed by a millionth. */
const TIE = 1;
const PUBLISHED = ['encoder_model.ort', 'decoder_model_merged.ort', 'tokenizer.bin'];

const sumOf = async (hearing: Hearing, ids: readonly number[]): Promise<number> =>
  (await hearing.forced(ids).whole()).reduce((sum, log) => sum + log, 0);

const samplesOf = (pcm: Pcm): Float32Array => {
  const samples = new Float32Array(pcm.length + SAMPLE_RATE);
  samples.set(
    Float32Array.from(pcm, (value) => value / 32_768),
    SAMPLE_RATE / 4,
  );
  return samples;
};

void t.test('the fused model is the published one, in less time', withModels, async (t) => {
  const home = join(modelPlaces().models, 'moonshine-tiny-en');
  const folder = await mkdtemp(join(tmpdir(), 'vst-'));
  for (const file of PUBLISHED) await symlink(join(home, file), join(folder, file));
  await deriveStem(folder, join(folder, 'stem_fused.onnx'));
  await deriveHeard(folder, join(folder, 'frames_fused.onnx'));
  await deriveStep(folder, join(folder, 'step_fused.onnx'));
  const fused = await FusedEar.load(folder);
  const original = await OriginalEar.load(folder);
  t.teardown(async () => {
    await fused.release();
    await original.release();
    await rm(folder, { recursive: true, force: true });
  });
  const said: Float32Array[] = [];
  for (const text of SENTENCES) {
    said.push(samplesOf(byTelephone(await flite(text, 'rms'))));
  }
  const [asked = new Float32Array(), number = asked] = said;
  const heardBy = async (ear: Ear, samples: Float32Array): Promise<readonly number[]> => {
    const { chosen } = await greedy({ hearing: await ear.hear(samples), most: 40 });
    return chosen.map(({ id }) => id);
  };

  await t.test('it hears the same, but where two texts are as likely', async (t) => {
    let same = 0;
    for (const samples of said) {
      const [ours, theirs] = [await heardBy(fused, samples), await heardBy(original, samples)];
      if (ours.join() === theirs.join()) same += 1;
      const hearing = await original.hear(samples);
      const likely = await sumOf(hearing, theirs);
      t.ok((await sumOf(hearing, ours)) > likely - TIE);
      const judged = await sumOf(await fused.hear(samples), theirs);
      t.ok(Math.abs(judged - likely) < TIE, `${judged.toFixed(2)} for ${likely.toFixed(2)}`);
    }
    t.ok(same >= said.length - 1);
  });

  await t.test('a draft, right, wrong or both, changes nothing', async (t) => {
    const hearing = await fused.hear(number);
    const free = await greedy({ hearing, most: 40 });
    const ids = free.chosen.map(({ id }) => id);
    t.ok(ids.length > 8);
    for (const draft of [ids, ids.slice(0, 5), [...ids.slice(0, 5), 5000, 5001], [5000]]) {
      const drafted = await greedy({ hearing, most: 40 }, draft);
      t.strictSame(
        drafted.chosen.map(({ id }) => id),
        ids,
      );
      t.ok(Math.abs(drafted.sum - free.sum) < ROUNDING, 'nor how probable it is');
    }
  });

  await t.test('nor does what is guessed of a number', async (t) => {
    const texts = textsOf(await readTokens(join(folder, 'tokenizer.bin')));
    const hearing = await fused.hear(number);
    const free = await greedy({ hearing, most: 40 });
    const ids = free.chosen.map(({ id }) => id);
    const tried: number[] = [];
    class Told extends Digits {
      override after(...asked: Parameters<Digits['after']>): readonly number[] {
        const next = super.after(...asked);
        tried.push(next.length);
        return next;
      }
    }
    const digits = new Told(texts);
    const otherwise = '▁Five ▁five ▁two ▁zero ▁one ▁nine ▁three'.split(' ');
    const draft = otherwise.map((text) => texts.indexOf(text));
    t.notOk(draft.includes(-1));
    const guessed = await greedy({ hearing, most: 40, digits }, draft);
    t.strictSame(
      guessed.chosen.map(({ id }) => id),
      ids,
    );
    t.ok(Math.abs(guessed.sum - free.sum) < ROUNDING);
    t.ok(Math.max(...tried) > 2, 'several digits at once');
  });

  await t.test('texts side by side do not see one another, however many', async (t) => {
    const hearing = await fused.hear(asked);
    const texts = Array.from({ length: 12 }, (_, text) => [300 + text, 700 - text, 40 * text + 9]);
    const together = hearing.beams();
    await together.next([{ id: BOS, row: 0 }]);
    let rows = await together.next(texts.map(([id = 0]) => ({ id, row: 0 })));
    // The last first, so that no row goes on from its own number.
    const order = texts.map((_, text) => texts.length - 1 - text);
    rows = await together.next(order.map((text) => ({ id: texts[text]?.[1] ?? 0, row: text })));
    for (let step = 0; step < 6; step += 1) {
      rows = await together.next(order.map((text, row) => ({ id: texts[text]?.[2] ?? 0, row })));
    }
    for (const [row, text] of order.entries()) {
      const [first = 0, second = 0, third = 0] = texts[text] ?? [];
      const alone = (await fused.hear(asked)).forced([
        first,
        second,
        ...Array<number>(6).fill(third),
        77,
      ]);
      const log = (await alone.whole()).at(-1) ?? 0;
      t.ok(Math.abs((rows[row]?.log(77) ?? 0) - log) < ROUNDING, `text ${text}`);
    }
  });

  await t.test('a beam search and hidden audio give the same', async (t) => {
    const [ours, theirs] = [await fused.hear(asked), await original.hear(asked)];
    const [one, other] = [
      await beam({ hearing: ours, most: 40 }),
      await beam({ hearing: theirs, most: 40 }),
    ];
    const ids = one.chosen.map(({ id }) => id);
    t.strictSame(
      ids,
      other.chosen.map(({ id }) => id),
    );
    const seen = [4000, 16_000, 24_000, asked.length];
    const forced = [ours.forced(ids), theirs.forced(ids)];
    const whole = await Promise.all(forced.map((text) => text.whole()));
    const cut = await Promise.all(forced.map((text) => text.cutOff(4, seen)));
    for (const [at] of seen.entries()) {
      t.ok(Math.abs((cut[0]?.[at] ?? 0) - (cut[1]?.[at] ?? 0)) < TIE, `${seen[at]} samples`);
    }
    t.ok((cut[0]?.[0] ?? 0) < (cut[0]?.[3] ?? 0) - 1, 'what is hidden is not heard');
    t.ok(
      Math.abs((cut[0]?.[3] ?? 0) - (whole[0]?.[4] ?? 0)) < ROUNDING,
      'and nothing is hidden of it all',
    );
  });

  await t.test('without its files the published model is used, and why is told', async (t) => {
    const told: string[] = [];
    const step = join(folder, 'step_fused.onnx');
    await copyFile(step, `${step}.kept`);
    await truncate(step, 1000);
    const ear = new Moonshine(folder, { told: (line) => told.push(line) });
    await ear.start();
    t.equal(ear.form, 'original');
    t.match(told, [/^ENGINE_NOT_FUSED: .*ENGINE_MODEL_DAMAGED.*step_fused\.onnx/u]);
    await ear.stop();
    await copyFile(`${step}.kept`, step);
    const again = new Moonshine(folder, { told: (line) => told.push(line) });
    await again.start();
    t.equal(again.form, 'fused');
    t.equal(told.length, 1);
    await again.stop();
  });
});
