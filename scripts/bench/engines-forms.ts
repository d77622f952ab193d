import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SAMPLE_RATE } from '../../agent/audio/frame.js';
import { FusedEar } from '../../agent/engines/fused/ear.js';
import { BOS, greedy } from '../../agent/engines/moonshine-decoder.js';
import type { Ear, Hearing } from '../../agent/engines/moonshine-decoder.js';
import { OriginalEar } from '../../agent/engines/moonshine-original.js';
import { Moonshine } from '../../agent/engines/moonshine.js';
import { distance } from '../../agent/speech/edit-distance.js';
import { modelPlaces } from '../../agent/speech/models.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { QUESTION_KINDS } from './words-lists.js';
import { readPrompts } from './words-prompts.js';
import type { Prompt } from './words-prompts.js';
import { comparedWords } from './words-text.js';

// Moonshine as it was published beside what is made of it at set-up, in one process and by turns. Run as
// a program it writes its section of the page.

/** How the section begins. */
export const SECTION = '## Moonshine as published, and fused\n';
const PAGE = join(checkoutRoot, 'docs', 'benchmarks', 'engines.md');

/** The parts are measured on every so many of the long prompts that are one piece. */
const EVERY = 6;
const PIECE = 20 * SAMPLE_RATE;
/** Beams of a step, and steps: those of a search among whole answers. */
const BEAMS = 12;
const STEPS = 8;
const TOKENS_PER_SECOND = 6.5;

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

class Sums {
  readonly #sums = new Map<string, { cost: number; count: number }>();

  add(name: string, cost: number, count: number): void {
    const { cost: before = 0, count: many = 0 } = this.#sums.get(name) ?? {};
    this.#sums.set(name, { cost: before + cost, count: many + count });
  }

  mean(name: string): number {
    const { cost = 0, count = 0 } = this.#sums.get(name) ?? {};
    return cost / Math.max(1, count);
  }
}

async function beamsOf(hearing: Hearing): Promise<void> {
  const beams = hearing.beams();
  await beams.next([{ id: BOS, row: 0 }]);
  for (let step = 0; step < STEPS; step += 1) {
    const texts = Array.from({ length: BEAMS }, (_, beam) => ({
      id: 300 + step * BEAMS + beam,
      row: step === 0 ? 0 : beam,
    }));
    for (const row of await beams.next(texts)) row.log(300);
  }
}

/** Adds to `sums` what the parts of a form cost for one prompt, in ms of CPU. */
async function measureParts(ear: Ear, { pcm }: Prompt, sums: Sums): Promise<void> {
  const samples = new Float32Array(pcm.length + SAMPLE_RATE);
  samples.set(Float32Array.from(pcm, (value) => value / 32_768));
  const seconds = samples.length / SAMPLE_RATE;
  const most = Math.ceil(TOKENS_PER_SECOND * seconds);
  let before = cpuMs();
  const hearing = await ear.hear(samples);
  sums.add('encoder', cpuMs() - before, seconds);
  before = cpuMs();
  const { chosen } = await greedy({ hearing, most });
  sums.add('token', cpuMs() - before, chosen.length + 1);
  const draft = chosen.map(({ id }) => id);
  before = cpuMs();
  await greedy({ hearing, most }, draft);
  sums.add('draft', cpuMs() - before, 1);
  before = cpuMs();
  await beamsOf(hearing);
  sums.add('beams', cpuMs() - before, STEPS);
}

interface Texts {
  readonly texts: string[];
  wrong: number;
  cpu: number;
}

const answersOf = ({ name }: Prompt): readonly string[] =>
  QUESTION_KINDS.find(({ prompts }) => prompts.test(name))?.answers ?? [];

/** Word errors and CPU of both forms on the same prompts, by turns. */
async function heardBy(
  engines: readonly Moonshine[],
  prompts: readonly Prompt[],
  helped: boolean,
): Promise<readonly string[]> {
  const all: Texts[] = engines.map(() => ({ texts: [], wrong: 0, cpu: 0 }));
  for (const prompt of prompts) {
    for (const [at, engine] of engines.entries()) {
      const heard = all[at];
      const likely = helped ? { answers: answersOf(prompt) } : {};
      const { text, secondsCpu } = await engine.recognise(prompt.pcm, likely);
      if (heard === undefined) continue;
      heard.texts.push(text);
      heard.cpu += secondsCpu;
      heard.wrong += distance(prompt.said, comparedWords(text));
    }
  }
  const words = prompts.reduce((sum, { said }) => sum + said.length, 0);
  const seconds = prompts.reduce((sum, { pcm }) => sum + pcm.length / SAMPLE_RATE, 0);
  const [published, fused] = all;
  const other = published?.texts.filter((text, at) => text !== fused?.texts[at]).length ?? 0;
  const rates = all.map(({ wrong }) => `${((100 * wrong) / words).toFixed(1)} %`);
  const costs = all.map(({ cpu }) => (cpu / seconds).toFixed(4));
  return [...rates, ...costs, `${other} of ${prompts.length}`];
}

const ratio = (before: number, after: number): string => `${(before / after).toFixed(2)} ×`;

/** The lines of the section. */
async function comparedForms(): Promise<readonly string[]> {
  const prompts = await readPrompts();
  if (prompts === undefined) throw new Error('no prompts here: run scripts/install-asterisk first');
  const { long, short } = prompts;
  const folder = join(modelPlaces().models, 'moonshine-tiny-en');
  const some = long.filter(({ pcm }, at) => at % EVERY === 0 && pcm.length < PIECE);
  const ears: readonly Ear[] = [await OriginalEar.load(folder), await FusedEar.load(folder)];
  const [before, after] = [new Sums(), new Sums()];
  for (const [at, prompt] of some.entries()) {
    for (const ear of ears) {
      const sums = ear.form === 'original' ? before : after;
      // The first warms up.
      await measureParts(ear, prompt, at === 0 ? new Sums() : sums);
    }
  }
  for (const ear of ears) await ear.release();
  const named = {
    encoder: 'encoder, a second of audio',
    token: 'a token of greedy text',
    draft: 'a whole text confirmed',
    beams: `a step of ${BEAMS} texts side by side`,
  };
  const rows = Object.entries(named).map(([part, name]) => {
    const [old, now] = [before.mean(part), after.mean(part)];
    return `| ${name} | ${old.toFixed(2)} ms | ${now.toFixed(2)} ms | ${ratio(old, now)} |`;
  });
  const engines = [new Moonshine(folder, { original: true }), new Moonshine(folder)];
  for (const engine of engines) await engine.start();
  const sets = [
    { name: `${long.length} prompts of 5 words or more`, list: long, helped: false },
    { name: `${short.length} of 1 to 3 words`, list: short, helped: false },
    { name: 'the same, helped', list: short, helped: true },
  ];
  const heard: string[] = [];
  for (const { name, list, helped } of sets) {
    heard.push(`| ${[name, ...(await heardBy(engines, list, helped))].join(' | ')} |`);
  }
  for (const engine of engines) await engine.stop();
  const [cpu] = cpus();
  return [
    '',
    `Written by \`scripts/bench/engines --forms\` on ${cpu?.model ?? 'an unknown CPU'}, Node ${process.version}.`,
    'At set-up Moonshine is written anew as three graphs of few operators (docs/adr/0008). CPU of both on the',
    `same ${some.length} human prompts of Asterisk, by turns in one process, with what the main thread does:`,
    '',
    '| Part | Published | Fused | |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    'Whole utterances as a worker hears them, by turns. The model rounds to eight bits, so that a change of',
    'the audio by a millionth changes some texts of the published model as well.',
    '',
    '| Prompts | Word errors, published | fused | CPU s per s, published | fused | Other texts |',
    '| --- | --- | --- | --- | --- | --- |',
    ...heard,
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lines = await comparedForms();
  const [before = ''] = (await readFile(PAGE, 'utf8')).split(SECTION);
  const text = `${before.trimEnd()}\n\n${SECTION}${lines.join('\n')}\n`;
  await writeFile(PAGE, text);
  process.stdout.write(text);
}
