import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FRAME_SAMPLES, joined, type Pcm } from '../../agent/audio/frame.js';
import { silentLog } from '../../agent/log.js';
import { Hearing } from '../../agent/reception/hearing.js';
import type { Recognised, Recogniser } from '../../agent/speech/ports.js';
import {
  completenessAfter,
  completenessHeard,
  type Completeness,
} from '../../agent/speech/completeness.js';
import type { Expectation } from '../../agent/speech/expectations.js';
import { defaultTurnSettings, type TurnSettings } from '../../agent/speech/turn.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { atLevel, byTelephone, mixed, spoken, trimmed } from './caller-audio.js';
import { roundOf } from './load-mix.js';
import { BenchWorkers, Lockstep, msOf } from './lockstep.js';
import { turnsPage, type Figures, type Place } from './turns-page.js';

// When turns end, on committed sets of what callers say with the pauses they make, through the real
// voice activity and recognition in simulated time. Writes docs/benchmarks/turns.md.

interface Spoken {
  readonly asked: Expectation | undefined;
  readonly text: string;
  readonly says: Pcm;
  readonly pauses: readonly {
    readonly fromMs: number;
    /** When what follows the pause was said: a turn that ends until then was cut. */
    readonly toMs: number;
    readonly ms: number;
    readonly place: Place;
  }[];
  readonly endMs: number;
  readonly kind: string;
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

interface Line {
  readonly asked: Expectation | undefined;
  readonly kind: string;
  readonly words: string;
}

async function speak(line: Line, at: number, bench: BenchWorkers): Promise<Spoken> {
  const { asked, kind, words } = line;
  const voice = VOICES[at % VOICES.length] ?? 'piper';
  const pieces: { atMs: number; pcm: Pcm }[] = [];
  const pauses: { fromMs: number; toMs: number; ms: number; place: Place }[] = [];
  let atMs = 500;
  const parts = words.split(/<(\d+)>/u);
  for (let part = 0; part < parts.length; part += 2) {
    const text = (parts[part] ?? '').trim();
    const pcm = byTelephone(atLevel(await sound(text, voice, bench), 3_000));
    pieces.push({ atMs, pcm });
    atMs += msOf(pcm.length);
    const before = pauses.at(-1);
    if (before !== undefined) before.toMs = atMs;
    const pause = parts[part + 1];
    if (pause === undefined) continue;
    pauses.push({ fromMs: atMs, toMs: Infinity, ms: Number(pause), place: placeOf(text, asked) });
    atMs += Number(pause);
  }
  return {
    ...{ asked, kind, text: words },
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

/** Where turns ended, in milliseconds of the line, and what was made of the words of each. */
async function endsOf(
  one: Spoken,
  turns: TurnSettings,
  bench: BenchWorkers,
): Promise<readonly { atMs: number; completeness: Completeness }[]> {
  const time = new Lockstep(bench.workers);
  const ends: { atMs: number; completeness: Completeness }[] = [];
  const trials: string[] = [];
  let completeness: Completeness = 'nothing';
  const nothing = (): void => undefined;
  /** Notes each trial for a look at single turns. */
  const noting: Recogniser = {
    listen(settings) {
      const utterance = time.recogniser.listen(settings);
      return {
        push: (pcm) => {
          utterance.push(pcm);
        },
        cancel: () => {
          utterance.cancel();
        },
        speculate: async () => {
          const trial = await utterance.speculate();
          const sounds = completenessHeard(trial, one.asked);
          const at = time.clock.monotonic().toFixed(0);
          trials.push(`${at} ${trial.text} (${trial.confidence.toFixed(2)}, ${sounds})`);
          return trial;
        },
        finish: () => utterance.finish(),
      };
    },
  };
  const hearing = new Hearing(
    {
      vad: time.vad,
      recogniser: turns === defaultTurnSettings ? noting : DEAF,
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
        completeness = completenessAfter(text, one.asked);
      },
      ended: ({ recognised }) => {
        trials.push(`${time.clock.monotonic().toFixed(0)} [${recognised.text}]`);
        if (recognised.text.trim() === '') return;
        ends.push({ atMs: time.clock.monotonic(), completeness });
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
    const cut = one.pauses
      .filter(({ fromMs, toMs }) => ends.some(({ atMs }) => atMs > fromMs && atMs <= toMs))
      .map(({ fromMs, ms }) => `${fromMs.toFixed(0)}+${ms}`);
    const waited = ends.find(({ atMs }) => atMs > one.endMs)?.atMs ?? NaN;
    process.stderr.write(
      `${cut.length > 0 ? `CUT ${cut.join(' ')} ` : ''}${(waited - one.endMs).toFixed(0)} ${one.asked ?? '-'} ${one.text} => ${trials.join(' / ')}\n`,
    );
  }
  return ends;
}

async function measure(
  all: readonly Spoken[],
  turns: TurnSettings,
  bench: BenchWorkers,
): Promise<Figures> {
  const cut: Place[] = [];
  const waits: { kind: string; completeness: Completeness; ms: number }[] = [];
  for (const one of all) {
    const ends = await endsOf(one, turns, bench);
    for (const { fromMs, toMs, place } of one.pauses) {
      if (ends.some(({ atMs }) => atMs > fromMs && atMs <= toMs)) cut.push(place);
    }
    const last = ends.find(({ atMs }) => atMs > one.endMs);
    if (last === undefined) continue;
    waits.push({ kind: one.kind, completeness: last.completeness, ms: last.atMs - one.endMs });
  }
  return { turns: all.length, pauses: all.flatMap(({ pauses }) => pauses), cut, waits };
}

const fixed = (ms: number): TurnSettings => ({
  ...defaultTurnSettings,
  endMs: {
    nothing: ms,
    complete: ms,
    brief: ms,
    answered: ms,
    likely: ms,
    open: ms,
    unclear: ms,
    unfinished: ms,
  },
  patience: { cut: 0, near: 0, whole: 0, most: 1 },
});

async function linesOf(file: string): Promise<readonly Line[]> {
  const text = await readFile(join(checkoutRoot, 'scripts', 'bench', file), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [kind = '', words = ''] = line.split('|').map((part) => part.trim());
      return { asked: kind === '-' ? undefined : (kind as Expectation), kind, words };
    });
}

/** What is asked before each turn of a round. */
const MIX_ASKS: readonly (Expectation | undefined)[] = [
  ...(['name', 'person', 'number', 'number', undefined] as const),
  ...(['yes-no', 'time', undefined, 'name', 'yes-no'] as const),
];

/** The turns of the load bench, asked as the receptionist asks for them. */
function mixLines(): readonly Line[] {
  return [0, 1, 2, 3].flatMap((which) =>
    roundOf(which).map(({ say, kind }, at) => ({ asked: MIX_ASKS[at], kind, words: say })),
  );
}

const SETS: readonly (readonly [string, () => Promise<readonly Line[]>])[] = [
  ['worked on', () => linesOf('turns-set.txt')],
  ['held out', () => linesOf('turns-held-out.txt')],
  ['fresh', () => linesOf('turns-fresh.txt')],
  ['answers', () => linesOf('turns-answers.txt')],
  ['fresh answers', () => linesOf('turns-answers-fresh.txt')],
  ['third answers', () => linesOf('turns-answers-third.txt')],
  ['mix', () => Promise.resolve(mixLines())],
];

/** The one set that is wanted, if only one is. */
const only = process.argv.includes('--set')
  ? process.argv[process.argv.indexOf('--set') + 1]
  : undefined;
const adaptiveOnly = process.argv.includes('--adaptive') || only !== undefined;
const bench = await BenchWorkers.start(['vad', 'recogniser', 'voice']);
const results: { name: string; ours: Figures; baseline: Figures | undefined }[] = [];
try {
  for (const [name, linesIn] of SETS.filter(([name]) => (only ?? name) === name)) {
    const all: Spoken[] = [];
    for (const [at, line] of (await linesIn()).entries()) all.push(await speak(line, at, bench));
    const ours = await measure(all, defaultTurnSettings, bench);
    const baseline = adaptiveOnly ? undefined : await measure(all, fixed(700), bench);
    results.push({ name, ours, baseline });
  }
} finally {
  await bench.stop();
}
const page = turnsPage(results);
if (!adaptiveOnly) await writeFile(join(checkoutRoot, 'docs', 'benchmarks', 'turns.md'), page);
process.stdout.write(page);
