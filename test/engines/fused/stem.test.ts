import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { SAMPLE_RATE } from '../../../agent/audio/frame.js';
import { seeded } from '../../../agent/audio/seeded.js';
import { Beginning } from '../../../agent/engines/fused/beginning.js';
import { deriveStem } from '../../../agent/engines/fused/derive.js';
import { STEM, Stem } from '../../../agent/engines/fused/stem.js';
import { floatsOf } from '../../../agent/engines/onnx.js';
import type { Feeds } from '../../../agent/engines/onnx.js';
import { modelPlaces } from '../../../agent/speech/models.js';
import { withModels } from '../../speech/worker-process.js';

/** Whole hops of so many frames of the encoder, and what follows them. */
const lengthOf = (frames: number): number => 384 * frames + 832;
/** Floats are summed up in another order where there are more of them. */
const ROUNDING = 1e-4;
const FRONT = SAMPLE_RATE / 5;

/** A beginning of a sound of noise, with silence in front of it and behind. */
function soundOf(samples: number, frames: number): { samples: Float32Array; stays: number } {
  const random = seeded(7);
  const made = new Float32Array(lengthOf(frames));
  for (let at = FRONT; at < FRONT + samples; at += 1) made[at] = 0.4 * (random() - 0.5);
  return { samples: made, stays: FRONT + samples };
}

void t.test('of a sound that grows only what is new is worked out', withModels, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'vst-'));
  await symlink(
    join(modelPlaces().models, 'moonshine-tiny-en', 'encoder_model.ort'),
    join(folder, 'encoder_model.ort'),
  );
  await deriveStem(folder, join(folder, STEM));
  const stem = await Stem.load(folder);
  t.teardown(async () => {
    await stem.release();
    await rm(folder, { recursive: true, force: true });
  });
  const assertAlike = (found: Feeds, expected: Feeds, what: string): void => {
    for (const name of ['stem', 'level', 'offset']) {
      const [one, other] = [floatsOf(found, name, STEM), floatsOf(expected, name, STEM)];
      const most = one.reduce((most, value, at) => {
        return Math.max(most, Math.abs(value - (other[at] ?? NaN)));
      }, 0);
      t.equal(one.length, other.length);
      t.ok(most < ROUNDING, `${what}: ${name} differs by ${String(most)}`);
    }
  };

  await t.test('which gives what it would be at once, shorter ones too', async (t) => {
    const beginning = new Beginning();
    for (const [said, frames] of [
      [9000, 60],
      [9100, 60],
      [20_000, 90],
      [12_000, 60],
      [30_011, 120],
    ] as const) {
      const { samples, stays } = soundOf(said, frames);
      const growing = await stem.hear(samples, { beginning, stays });
      assertAlike(growing, await stem.hear(samples), `${String(said)} samples`);
    }
    t.equal(beginning.kept, Math.floor((FRONT + 30_011 - 512) / 192) + 1);
  });

  await t.test('and what is kept is not looked at again', async (t) => {
    const beginning = new Beginning();
    const { samples, stays } = soundOf(16_000, 60);
    const before = await stem.hear(samples, { beginning, stays });
    const kept = Float32Array.from(floatsOf(before, 'stem', STEM));
    const changed = samples.map((value) => -value);
    const after = await stem.hear(changed, { beginning, stays });
    const frames = floatsOf(after, 'stem', STEM).subarray(0, beginning.kept * 576);
    t.strictSame(frames, kept.subarray(0, frames.length));
  });

  await t.test('silence alone is nothing', async (t) => {
    const feeds = await stem.hear(new Float32Array(lengthOf(20)));
    t.ok(floatsOf(feeds, 'stem', STEM).every((value) => value === 0));
    t.strictSame(floatsOf(feeds, 'offset', STEM), Float32Array.of(0));
  });
});
