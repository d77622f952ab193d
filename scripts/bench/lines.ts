import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { samplesIn, type Pcm } from '../../agent/audio/frame.js';
import { systemClock } from '../../agent/clock.js';
import { Moonshine } from '../../agent/engines/moonshine.js';
import { modelPlaces } from '../../agent/speech/models.js';
import { distance } from '../../agent/speech/edit-distance.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { noBaresip } from '../../test/calls/baresip.js';
import { hear, prepared, type Heard } from './lines-call.js';
import { CONDITIONS, monologue, type Condition, type Monologue } from './lines-conditions.js';
import { LinesPbx } from './lines-pbx.js';
import { readPrompts, type Prompt } from './words-prompts.js';
import { comparedWords } from './words-text.js';

// Word errors by kind of line: human prompts are said on real calls, and what the receptionist's ear
// heard of them is recognised afterwards.

/** What is heard before and after a prompt goes to the recogniser with it, as the ear's turns do. */
const AROUND_MS = 200;
/** Calls begin one after the other. */
const APART_MS = 300;

interface Errors {
  readonly wrong: number;
  readonly words: number;
}

const percent = ({ wrong, words }: Errors): number => (100 * wrong) / words;

async function errorsIn(
  engine: Moonshine,
  prompts: readonly Prompt[],
  pieces: readonly Pcm[],
): Promise<Errors> {
  let wrong = 0;
  let words = 0;
  for (const [i, { said }] of prompts.entries()) {
    const { text } = await engine.recognise(pieces[i] ?? new Int16Array(0));
    wrong += distance(said, comparedWords(text));
    words += said.length;
  }
  return { wrong, words };
}

/** Every prompt out of what was heard. */
const piecesOf = ({ places }: Monologue, { pcm, startMs }: Heard): Pcm[] =>
  places.map((place) =>
    pcm.slice(
      samplesIn(startMs + place.startMs - AROUND_MS),
      samplesIn(startMs + place.endMs + AROUND_MS),
    ),
  );

interface Result {
  readonly condition: Condition;
  readonly errors: Errors;
  readonly driftMs: number;
}

interface Ready {
  readonly condition: Condition;
  readonly said: Monologue;
  readonly onLine: Int16Array;
}

async function call(
  pbx: LinesPbx,
  ready: readonly Ready[],
): Promise<readonly { readonly said: Monologue; readonly heard: Heard }[]> {
  const clock = systemClock();
  return Promise.all(
    ready.map(async ({ condition, said, onLine }, i) => {
      await sleep(i * APART_MS);
      const number = String(5_550_200 + i);
      return { said, heard: await hear(pbx, clock, condition, said, onLine, number) };
    }),
  );
}

function page(results: readonly Result[], direct: Errors, prompts: readonly Prompt[]): string {
  const clean = results[0]?.errors ?? direct;
  const [cpu] = cpus();
  const rows = results.map(({ condition, errors, driftMs }) => {
    const ratio = (percent(errors) / percent(clean)).toFixed(2);
    return `| ${condition.name} | ${percent(errors).toFixed(1)} % | ${ratio} | ${String(driftMs)} ms |`;
  });
  return [
    '# Word errors by kind of line',
    '',
    'Written by `scripts/bench/lines`: human prompts of 8 kHz that come with Asterisk (the committed list',
    'is `scripts/bench/lines-set.txt`) are said by the simulated caller, or by baresip, on real calls to',
    'the product’s Asterisk. What the receptionist’s ear got of them is recognised by Moonshine, without',
    'any help of what was asked. G.711 µ-law without faults is the clean line. The last column tells how',
    `far the ear's time has moved against the caller's after ${String(Math.round(minutes(prompts)))} minutes.`,
    '',
    `${cpu?.model ?? 'unknown CPU'}, ${String(cpus().length)} cores, Node ${process.version}; all calls at once.`,
    '',
    `${String(prompts.length)} prompts, ${String(clean.words)} words.`,
    '',
    '| Line | Word errors | Against the clean line | Moved |',
    '| --- | --- | --- | --- |',
    `| no line: the prompts themselves | ${percent(direct).toFixed(1)} % | ${(percent(direct) / percent(clean)).toFixed(2)} | |`,
    ...rows,
    '',
    'Lost packets are chosen at random by a seed, each for itself unless it says how many in a row. Jitter',
    'delays each packet by 0 to 40 ms, evenly, so that one in eight overtakes the one before it. The',
    'prompts have nothing above 4 kHz: G.722 and Opus are measured for what they leave, not for what a',
    'wider band adds. Babble is six people who read other prompts, street is the rumble of passing cars;',
    'both go on in the pauses.',
    '',
  ].join('\n');
}

const minutes = (prompts: readonly Prompt[]): number => {
  const [clean] = CONDITIONS;
  return clean === undefined ? 0 : monologue(prompts, [], clean).pcm.length / samplesIn(60_000);
};

const all = await readPrompts();
if (all === undefined) throw new Error('no prompts here: run scripts/install-asterisk first');
if (noBaresip !== false) throw new Error(noBaresip);
const listed = await readFile(join(checkoutRoot, 'scripts', 'bench', 'lines-set.txt'), 'utf8');
const names = new Set(
  listed
    .trim()
    .split('\n')
    .slice(0, Number(process.argv[2] ?? 1000)),
);
const prompts = all.long.filter(({ name }) => names.has(name));
const others = all.long.filter(({ name }) => !listed.split('\n').includes(name));
const engine = new Moonshine(join(modelPlaces().models, 'moonshine-tiny-en'));
// Before anything runs: mixing takes seconds, and a socket that is not read for that long is given up.
const ready = CONDITIONS.map((condition): Ready => {
  const said = monologue(prompts, others, condition);
  return { condition, said, onLine: prepared(condition, said) };
});
const pbx = await LinesPbx.open(systemClock());
try {
  const calls = await call(pbx, ready);
  process.stderr.write('all heard\n');
  await engine.start();
  const direct = await errorsIn(
    engine,
    prompts,
    prompts.map(({ pcm }) => pcm),
  );
  const results: Result[] = [];
  for (const [i, condition] of CONDITIONS.entries()) {
    const call = calls[i];
    if (call === undefined) continue;
    const { said, heard } = call;
    const errors = await errorsIn(engine, prompts, piecesOf(said, heard));
    results.push({ condition, errors, driftMs: heard.driftMs });
    process.stderr.write(
      `${condition.name}: ${percent(errors).toFixed(1)} %, ${heard.driftMs} ms\n`,
    );
  }
  const written = page(results, direct, prompts);
  if (process.argv[2] === undefined) {
    await writeFile(join(checkoutRoot, 'docs', 'benchmarks', 'lines.md'), written);
  }
  process.stdout.write(written);
} finally {
  await engine.stop();
  await pbx.close();
}
