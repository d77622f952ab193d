import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { samplesIn } from '../../agent/audio/frame.js';
import { Moonshine } from '../../agent/engines/moonshine.js';
import { modelPlaces } from '../../agent/speech/models.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { alignedPrompts, synthesised } from './word-times-references.js';
import type { Placed } from './word-times-references.js';
import { readPrompts } from './words-prompts.js';
import { comparedWords } from './words-text.js';

// How far word times lie from where the words are, and what a look costs.

/** Every so many prompts are enough for the figures. */
const EVERY = 3;
const SYNTHESISED_EVERY = 6;
const LOOKS_MS = [1000, 2000, 3000, 4000, 6000, 8000];

interface Errors {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly cpu: number;
  readonly audio: number;
}

type Timed = Placed['words'][number];

/** The words that both have, in order. */
function common(said: readonly Timed[], heard: readonly Timed[]): readonly [Timed, Timed][] {
  const plain = ({ word }: Timed): string => comparedWords(word).join(' ');
  const best = Array.from({ length: said.length + 1 }, () =>
    Array.from({ length: heard.length + 1 }, (): readonly [Timed, Timed][] => []),
  );
  for (const [i, one] of said.entries()) {
    for (const [j, other] of heard.entries()) {
      const without = [best[i]?.[j + 1] ?? [], best[i + 1]?.[j] ?? []];
      if (plain(one) === plain(other)) without.push([...(best[i]?.[j] ?? []), [one, other]]);
      best[i + 1]?.splice(j + 1, 1, without.toSorted((a, b) => b.length - a.length)[0] ?? []);
    }
  }
  return best.at(-1)?.at(-1) ?? [];
}

async function errorsOf(
  engine: Moonshine,
  references: readonly Placed[],
  wordTimes: boolean,
): Promise<Errors> {
  const starts: number[] = [];
  const ends: number[] = [];
  let cpu = 0;
  let audio = 0;
  for (const { pcm, words } of references) {
    const heard = await engine.recognise(pcm, { wordTimes });
    cpu += heard.secondsCpu;
    audio += heard.secondsAudio;
    for (const [said, found] of common(words, heard.words)) {
      starts.push(Math.abs(found.start - said.start));
      ends.push(Math.abs(found.end - said.end));
    }
  }
  return { starts, ends, cpu, audio };
}

const ms = (seconds: number): string => `${(1000 * seconds).toFixed(0)} ms`;
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
const p95 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(0.95 * values.length)] ?? 0;

function rowOf(name: string, { starts, ends, cpu, audio }: Errors): string {
  const cells = [starts, ends].map((errors) => `${ms(mean(errors))} / ${ms(p95(errors))}`);
  return `| ${name} | ${starts.length} | ${cells.join(' | ')} | ${(cpu / audio).toFixed(3)} |`;
}

const prompts = await readPrompts();
if (prompts === undefined) throw new Error('no prompts here: run scripts/install-asterisk first');
const { long } = prompts;
const folder = await mkdtemp(join(tmpdir(), 'vsb-'));
const engine = new Moonshine(join(modelPlaces().models, 'moonshine-tiny-en'));
try {
  await engine.start();
  const human = await alignedPrompts(
    long.filter((_, at) => at % EVERY === 0),
    folder,
  );
  const texts = long.filter((_, at) => at % SYNTHESISED_EVERY === 0).map(({ said }) => said);
  const made = await synthesised(texts, folder);
  const rows: string[] = [];
  for (const [name, references] of [
    ['human prompts, aligned by PocketSphinx', human],
    ['flite by telephone, as it tells', made],
  ] as const) {
    rows.push(rowOf(`${name}: shared out`, await errorsOf(engine, references, false)));
    rows.push(rowOf(`${name}: measured`, await errorsOf(engine, references, true)));
    process.stderr.write(`${rows.slice(-2).join('\n')}\n`);
  }
  const looks: number[] = [];
  for (const length of LOOKS_MS) {
    const pieces = long
      .map(({ pcm }) => pcm.subarray(0, samplesIn(length)))
      .filter((pcm) => pcm.length === samplesIn(length))
      .slice(0, 20);
    const before = process.cpuUsage();
    for (const pcm of pieces) await engine.glance(pcm);
    const { user, system } = process.cpuUsage(before);
    looks.push((user + system) / 1e6 / Math.max(1, pieces.length));
  }
  const costs = LOOKS_MS.map((length, at) => `| ${length / 1000} s | ${ms(looks[at] ?? 0)} |`);
  // Looked at once a second, and settled after four: each look sees 1, 2, 3 or 4 s.
  const look = mean(looks.slice(0, 4));
  const [cpu] = cpus();
  const page = [
    '# Word times and looks',
    '',
    'Written by `scripts/bench/word-times`, which says what it needs.',
    '',
    `${cpu?.model ?? 'unknown CPU'}, ${cpus().length} cores, Node ${process.version}.`,
    '',
    '## Word times',
    '',
    'Moonshine tells no times. In a call the voiced span is shared out by the lengths of the words, which',
    'costs nothing. `vestibule transcribe`, and hearing a recorded call again, measure: the text is decoded',
    'again with the audio cut off at one moment after the other, and a word lies where it becomes probable.',
    'Both are marked `estimated`. The error of a word that was heard rightly, mean / 95th percentile:',
    '',
    '| | Words | Start | End | CPU s per s |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
    'PocketSphinx is given the text and lays it over the audio in steps of 10 ms; it is no perfect',
    'reference for a telephone’s audio. flite knows where it put its sounds.',
    '',
    '## Looks at unfinished speech',
    '',
    '| Audio | CPU of a look |',
    '| --- | --- |',
    ...costs,
    '',
    'A caller who speaks is looked at once a second. Where looks have to wait, what was said is settled after',
    `four seconds, so that a look sees one to four: ${ms(look)} in the mean. Of 40 lines whose callers speak 40 % of the`,
    `time 16 speak at once: ${(16 * look).toFixed(2)} cores. If all 40 spoke at once it would take ${(40 * look).toFixed(2)} cores, and each would be`,
    `seen every ${((40 * look) / 2).toFixed(1)} s by two recognisers that do nothing else.`,
    '',
  ].join('\n');
  await writeFile(join(checkoutRoot, 'docs', 'benchmarks', 'word-times.md'), page);
  process.stdout.write(page);
} finally {
  await engine.stop();
  await rm(folder, { recursive: true, force: true });
}
