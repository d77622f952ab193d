import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { SAMPLE_RATE } from '../../agent/audio/frame.js';
import { FusedEar } from '../../agent/engines/fused/ear.js';
import { BOS, greedy } from '../../agent/engines/moonshine-decoder.js';
import { floats, loadModel, ones } from '../../agent/engines/onnx.js';
import { modelPlaces } from '../../agent/speech/models.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { readPrompts } from './words-prompts.js';

// What it would save to recognise several callers in one run. Writes docs/benchmarks/batches.md.

const SIZES = [1, 2, 3, 4];
const EVERY = 12;
const STEPS = 8;
const TOKENS_PER_SECOND = 6.5;
const folder = join(modelPlaces().models, 'moonshine-tiny-en');

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const sums = new Map<string, { cost: number; count: number }>();
const add = (name: string, cost: number): void => {
  const { cost: before = 0, count = 0 } = sums.get(name) ?? {};
  sums.set(name, { cost: before + cost, count: count + 1 });
};
const mean = (name: string): number => {
  const { cost = 0, count = 0 } = sums.get(name) ?? {};
  return cost / Math.max(1, count);
};

const prompts = await readPrompts();
if (prompts === undefined) throw new Error('no prompts here: run scripts/install-asterisk first');
const some = prompts.long.filter(
  ({ pcm }, at) => at % EVERY === 0 && pcm.length < 10 * SAMPLE_RATE,
);
const ear = await FusedEar.load(folder);
// The published encoder takes several utterances of one length; the fused one takes one.
const encoder = await loadModel(join(folder, 'encoder_model.ort'));
for (const [at, { pcm }] of some.entries()) {
  const samples = new Float32Array(pcm.length + SAMPLE_RATE);
  samples.set(Float32Array.from(pcm, (value) => value / 32_768));
  const note = at === 0 ? (): void => undefined : add;
  let before = cpuMs();
  const hearing = await ear.hear(samples);
  note('hear', cpuMs() - before);
  before = cpuMs();
  const most = Math.ceil((TOKENS_PER_SECOND * samples.length) / SAMPLE_RATE);
  const { chosen } = await greedy({ hearing, most });
  note('text', cpuMs() - before);
  note('tokens', chosen.length + 1);
  for (const size of SIZES) {
    const audio = new Float32Array(size * samples.length);
    for (let one = 0; one < size; one += 1) audio.set(samples, one * samples.length);
    before = cpuMs();
    await encoder.run({
      input_values: floats(audio, [size, samples.length]),
      attention_mask: ones(audio.length, [size, samples.length]),
    });
    note(`encoder ${size}`, (cpuMs() - before) / size);
    const beams = hearing.beams();
    await beams.next([{ id: BOS, row: 0 }]);
    before = cpuMs();
    for (let step = 0; step < STEPS; step += 1) {
      const row = (beam: number): number => (step === 0 ? 0 : beam);
      const texts = Array.from({ length: size }, (_, beam) => ({
        id: 300 + step * size + beam,
        row: row(beam),
      }));
      for (const one of await beams.next(texts)) one.log(300);
    }
    note(`step ${size}`, (cpuMs() - before) / STEPS / size);
  }
}
await ear.release();
await encoder.release();

const share = mean('text') / (mean('hear') + mean('text'));
const saved = (size: number): number => {
  const encoders = 1 - mean(`encoder ${size}`) / mean('encoder 1');
  const steps = 1 - mean(`step ${size}`) / mean('step 1');
  return (1 - share) * encoders + share * steps;
};
const percent = (part: number): string => `${(100 * part).toFixed(0)} %`;
const text = `# Callers who finish together

Written by \`scripts/bench/batches\`: what it would save to recognise several callers in one run, in CPU for
each of them, on ${some.length - 1} human prompts of Asterisk (the mean is ${mean('tokens').toFixed(0)} tokens), on one thread. The encoder is the
published one, which takes several utterances of one length; the steps are of the fused decoder, with
texts side by side over one utterance, which is less work than over several: so the last column is the
most that could be saved. ${cpus()[0]?.model.trim() ?? 'unknown CPU'}, Node ${process.version}.

| Callers in a run | Encoder, an utterance each | Decoder, a step each | Saved of the whole, at most |
| --- | --- | --- | --- |
${SIZES.map((size) => `| ${size} | ${mean(`encoder ${size}`).toFixed(1)} ms | ${mean(`step ${size}`).toFixed(2)} ms | ${size === 1 ? '' : percent(saved(size))} |`).join('\n')}

Of an utterance in the fused form the encoder takes ${mean('hear').toFixed(0)} ms and the text ${mean('text').toFixed(0)} ms (${percent(share)}). Utterances differ in
length: the shorter ones of a run would be filled up with silence, and whoever comes first would wait for
the others.
`;
await writeFile(join(checkoutRoot, 'docs', 'benchmarks', 'batches.md'), text);
process.stdout.write(text);
