import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { FRAME_SAMPLES, joined, type Pcm } from '../../agent/audio/frame.js';
import { silentLog } from '../../agent/log.js';
import { Hearing } from '../../agent/reception/hearing.js';
import type { Recognised, Recogniser } from '../../agent/speech/ports.js';
import type { Expectation } from '../../agent/speech/expectations.js';
import { defaultTurnSettings, type TurnSettings } from '../../agent/speech/turn.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { atLevel, byTelephone, mixed, spoken, trimmed } from './caller-audio.js';
import { BenchWorkers, Lockstep, msOf } from './lockstep.js';

// When turns end, on a committed set of what callers say with the pauses they make, through the real
// voice activity and recognition in simulated time. Writes docs/benchmarks/turns.md.

type Place =
  | 'after "um", "and", a name\'s start …'
  | 'between number groups'
  | 'between sentences'
  | 'inside a sentence';

interface Spoken {
  readonly asked: Expectation | undefined;
  readonly text: string;
  readonly says: Pcm;
  readonly pauses: readonly {
    readonly fromMs: number;
    readonly toMs: number;
    readonly place: Place;
  }[];
  readonly endMs: number;
}

const FILLER =
  /\b(?:um|uh|and|but|or|so|is|to|for|because|if|that|well|maybe|i|a|the|my|on|in|about|i think|it's|before|until|with|of|should|when)[,.]?$/iu;

function placeOf(before: string, asked: string | undefined): Place {
  if (/[.?]$/u.test(before)) return 'between sentences';
  if (FILLER.test(before)) return 'after "um", "and", a name\'s start …';
  return asked === 'number' ? 'between number groups' : 'inside a sentence';
}

/** Voices that the recogniser understands about as well as people by telephone. */
const VOICES = ['piper', 'flite/slt', 'flite/rms', 'piper', 'flite/awb'] as const;

async function sound(text: string, voice: string, bench: BenchWorkers): Promise<Pcm> {
  if (voice !== 'piper') return spoken(text, voice);
  return trimmed(await joined(bench.workers.voice.speak(text, { language: 'en' })));
}

async function speak(line: string, at: number, bench: BenchWorkers): Promise<Spoken> {
  const [kind = '', words = ''] = line.split('|').map((part) => part.trim());
  const asked = kind === 'number' ? 'number' : undefined;
  const voice = VOICES[at % VOICES.length] ?? 'piper';
  const pieces: { atMs: number; pcm: Pcm }[] = [];
  const pauses: { fromMs: number; toMs: number; place: Place }[] = [];
  let atMs = 500;
  const parts = words.split(/<(\d+)>/u);
  for (let part = 0; part < parts.length; part += 2) {
    const text = (parts[part] ?? '').trim();
    const pcm = byTelephone(atLevel(await sound(text, voice, bench), 3_000));
    pieces.push({ atMs, pcm });
    atMs += msOf(pcm.length);
    const pause = parts[part + 1];
    if (pause === undefined) continue;
    pauses.push({ fromMs: atMs, toMs: atMs + Number(pause), place: placeOf(text, asked) });
    atMs += Number(pause);
  }
  return {
    asked,
    text: words,
    says: mixed((atMs + 2_500) / 1_000, at + 1, pieces),
    pauses,
    endMs: atMs,
  };
}

/** A fixed wait asks nobody what was said. */
const DEAF: Recogniser = {
  listen() {
    const nothing = (): void => undefined;
    const heard = (): Promise<Recognised> =>
      Promise.resolve({
        ...{ text: 'words', words: [], confidence: 1, engine: 'none' },
        ...{ secondsAudio: 0, secondsCpu: 0 },
      });
    return { push: nothing, cancel: nothing, speculate: heard, finish: heard };
  },
};

/** Where turns ended, in milliseconds of the line. */
async function endsOf(one: Spoken, turns: TurnSettings, bench: BenchWorkers): Promise<number[]> {
  const time = new Lockstep(bench.workers);
  const ends: number[] = [];
  const trials: string[] = [];
  const nothing = (): void => undefined;
  const hearing = new Hearing(
    {
      vad: time.vad,
      recogniser: turns === defaultTurnSettings ? time.recogniser : DEAF,
      language: 'en',
      log: silentLog,
      turns,
    },
    {
      stirred: nothing,
      settled: nothing,
      began: nothing,
      partial: nothing,
      guessed: (text) => {
        trials.push(text);
      },
      ended: ({ recognised }) => {
        trials.push(`[${recognised.text}]`);
        if (recognised.text.trim() !== '') ends.push(time.clock.monotonic());
      },
    },
  );
  hearing.expect(one.asked);
  for (let at = 0; at + FRAME_SAMPLES <= one.says.length; at += FRAME_SAMPLES) {
    await time.pass(() => {
      hearing.frame(one.says.subarray(at, at + FRAME_SAMPLES), msOf(at));
    });
  }
  hearing.close();
  if (process.env.BENCH_VERBOSE !== undefined) {
    const cut = one.pauses.filter(({ fromMs, toMs }) =>
      ends.some((end) => end > fromMs && end <= toMs),
    );
    const waited = ends.find((end) => end > one.endMs);
    process.stderr.write(
      `${cut.length > 0 ? 'CUT ' : ''}${(waited ?? NaN) - one.endMs} ${one.text} => ${trials.join(' / ')}\n`,
    );
  }
  return ends;
}

interface Figures {
  readonly cut: Readonly<Record<string, number>>;
  readonly waits: readonly number[];
}

async function measure(
  all: readonly Spoken[],
  turns: TurnSettings,
  bench: BenchWorkers,
): Promise<Figures> {
  const cut: Record<string, number> = {};
  const waits: number[] = [];
  for (const one of all) {
    const ends = await endsOf(one, turns, bench);
    for (const { fromMs, toMs, place } of one.pauses) {
      if (ends.some((end) => end > fromMs && end <= toMs)) cut[place] = (cut[place] ?? 0) + 1;
    }
    const last = ends.find((end) => end > one.endMs);
    if (last !== undefined) waits.push(last - one.endMs);
  }
  return { cut, waits };
}

const fixed = (ms: number): TurnSettings => ({
  ...defaultTurnSettings,
  endMs: { nothing: ms, complete: ms, likely: ms, open: ms, unfinished: ms },
});
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
const quantile = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(values.length * part) - 1)] ?? NaN;

const lines = (await readFile(join(checkoutRoot, 'scripts', 'bench', 'turns-set.txt'), 'utf8'))
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));
const bench = await BenchWorkers.start(['vad', 'recogniser', 'voice']);
let text = '';
try {
  const all: Spoken[] = [];
  for (const [at, line] of lines.entries()) all.push(await speak(line, at, bench));
  const ours = await measure(all, defaultTurnSettings, bench);
  const adaptiveOnly = process.argv[2] === '--adaptive';
  const baseline = adaptiveOnly ? { cut: {}, waits: [] } : await measure(all, fixed(700), bench);
  const pauses = all.flatMap((one) => one.pauses);
  const places = [...new Set(pauses.map(({ place }) => place))];
  const cutOf = ({ cut }: Figures): number => Object.values(cut).reduce((sum, one) => sum + one, 0);
  const percent = (part: number): string => `${((100 * part) / pauses.length).toFixed(1)} %`;
  const row = (name: string, figures: Figures): string =>
    `| ${name} | ${cutOf(figures)} (${percent(cutOf(figures))}) | ${mean(figures.waits).toFixed(0)} ms | ${quantile(figures.waits, 0.5).toFixed(0)} ms | ${quantile(figures.waits, 0.95).toFixed(0)} ms | ${figures.waits.length} |`;
  const longest = Math.max(...pauses.map(({ fromMs, toMs }) => Math.round(toMs - fromMs)));
  text = `# When a turn is over

Written by \`scripts/bench/turns\`: ${all.length} turns with ${pauses.length} pauses of 200–${longest} ms inside them
(\`scripts/bench/turns-set.txt\`), spoken by Piper and flite by telephone, heard through the real
voice activity (Silero) and recognition (Moonshine) in simulated time; a decoding takes 80 ms.
The wait is from the end of the caller's sound to the decision, with the decoding.
${cpus()[0]?.model.trim() ?? 'unknown CPU'}, Node ${process.version}.

| Turn-taking | Cut in at a pause (goal ≤ 3 %) | Mean wait | p50 | p95 | Turns |
| --- | --- | --- | --- | --- | --- |
${row('adaptive', ours)}
${adaptiveOnly ? '' : row('fixed, 700 ms', baseline)}

| Pause | Count | Cut in, adaptive | Cut in, fixed 700 ms |
| --- | --- | --- | --- |
${places.map((place) => `| ${place} | ${pauses.filter((one) => one.place === place).length} | ${ours.cut[place] ?? 0} | ${baseline.cut[place] ?? 0} |`).join('\n')}
`;
  if (!adaptiveOnly) await writeFile(join(checkoutRoot, 'docs', 'benchmarks', 'turns.md'), text);
} finally {
  await bench.stop();
}
process.stdout.write(text);
