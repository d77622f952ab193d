import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { FRAME_SAMPLES, SAMPLE_RATE } from '../../agent/audio/frame.js';
import type { Pcm } from '../../agent/audio/frame.js';
import { ulawDecode, ulawEncode } from '../../agent/audio/g711.js';
import { resample } from '../../agent/audio/resample.js';
import { readWav } from '../../agent/audio/wav.js';
import { systemClock } from '../../agent/clock.js';
import { silentLog } from '../../agent/log.js';
import { modelPlaces } from '../../agent/speech/models.js';
import { speechSettings, workerPlaces } from '../../agent/speech/settings.js';
import { SpeechWorkers } from '../../agent/speech/workers.js';
import { distance } from '../../agent/speech/edit-distance.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { SECTION } from './engines-forms.js';

// Measures each worker over the wire, as the daemon uses it.

const TEXTS = [
  'Good morning, you have reached the example clinic. How can I help you today?',
  'We are open from Monday to Friday, from eight in the morning until six in the afternoon.',
  'I have you down for Tuesday the third of March at half past nine. Is that right?',
  'I am sorry, I did not understand that. Could you say it again, please?',
];
const SOUNDS = join(checkoutRoot, '.vestibule', 'asterisk', 'current', 'usr', 'share');

const PAGE = join(checkoutRoot, 'docs', 'benchmarks', 'engines.md');

const DIGITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

const words = (text: string): string[] =>
  text
    .toLowerCase()
    .replaceAll(/\d/gu, (digit) => ` ${DIGITS[Number(digit)] ?? ''} `)
    .replaceAll(/[^a-z0-9' ]/gu, ' ')
    .split(/\s+/u)
    .filter((word) => word !== '');

const quantile = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[
    Math.min(values.length - 1, Math.floor(values.length * part))
  ] ?? 0;
const byTelephone = (pcm: Pcm): Pcm =>
  resample(ulawDecode(ulawEncode(resample(pcm, SAMPLE_RATE, 8000))), 8000, SAMPLE_RATE);
const secondsOf = (pcm: Pcm): number => pcm.length / SAMPLE_RATE;
const ms = (value: number): string => `${value.toFixed(0)} ms`;

const clock = systemClock();
const folder = await mkdtemp(join(tmpdir(), 'vsb-'));
const places = workerPlaces(speechSettings.parse({ recognisers: 1 }), folder);
const program = join(checkoutRoot, 'build', 'agent', 'engines', 'main.js');
const children: ChildProcess[] = places.map(({ kind, socket }) =>
  spawn(
    process.execPath,
    [program, '--worker', kind, '--socket', socket, '--models', modelPlaces().models],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  ),
);
const workers = new SpeechWorkers(places, clock, silentLog);
const cpuOf = async (name: string): Promise<number> =>
  (await workers.describe()).get(name)?.cpuSeconds ?? 0;

async function measureVoice(): Promise<{ row: string; spoken: Pcm[] }> {
  const before = await cpuOf('voice');
  const firsts: number[] = [];
  const spoken: Pcm[] = [];
  for (const text of [...TEXTS, ...TEXTS, ...TEXTS]) {
    const start = clock.monotonic();
    let first: number | undefined;
    const parts: Pcm[] = [];
    for await (const pcm of workers.voice.speak(text, { language: 'en' })) {
      first ??= clock.monotonic() - start;
      parts.push(pcm);
    }
    firsts.push(first ?? 0);
    const whole = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    spoken.push(whole);
  }
  const seconds = spoken.reduce((sum, pcm) => sum + secondsOf(pcm), 0);
  const cpu = ((await cpuOf('voice')) - before) / seconds;
  const figures = `first clause p50 ${ms(quantile(firsts, 0.5))}, p95 ${ms(quantile(firsts, 0.95))}`;
  return { row: `| Piper joe | ${cpu.toFixed(3)} | ${figures} |`, spoken };
}

async function recognised(pcm: Pcm): Promise<{ text: string; took: number }> {
  const utterance = workers.recogniser.listen({ language: 'en' });
  for (let at = 0; at < pcm.length; at += FRAME_SAMPLES) {
    utterance.push(pcm.subarray(at, at + FRAME_SAMPLES));
  }
  const start = clock.monotonic();
  const { text } = await utterance.finish();
  return { text, took: clock.monotonic() - start };
}

async function measureRecogniser(audio: readonly Pcm[]): Promise<string> {
  const before = await cpuOf('recogniser-1');
  const times: number[] = [];
  for (const pcm of audio) times.push((await recognised(pcm)).took);
  const seconds = audio.reduce((sum, pcm) => sum + secondsOf(pcm), 0);
  const cpu = ((await cpuOf('recogniser-1')) - before) / seconds;
  const mean = (seconds / audio.length).toFixed(1);
  const figures = `final text of ${mean} s of speech p50 ${ms(quantile(times, 0.5))}, p95 ${ms(quantile(times, 0.95))}`;
  return `| Moonshine tiny | ${cpu.toFixed(3)} | ${figures} |`;
}

/** Word error rate on the human prompts that come with Asterisk, if it is installed here. */
async function measureErrors(): Promise<string | undefined> {
  const list = join(SOUNDS, 'doc', 'asterisk-core-sounds-en', 'core-sounds-en.txt.gz');
  if (!existsSync(list)) return undefined;
  const count = { long: 0, wrong: 0, files: 0 };
  for (const line of gunzipSync(await readFile(list))
    .toString('utf8')
    .split('\n')) {
    const [, name = '', text = ''] = /^([\w/-]+): (.*)$/u.exec(line) ?? [];
    const file = join(SOUNDS, 'asterisk', 'sounds', 'en_US_f_Allison', `${name}.wav`);
    const said = words(text);
    if (said.length < 5 || /[[(*#]/u.test(text) || !existsSync(file)) continue;
    const { text: heard } = await recognised((await readWav(file)).pcm);
    count.files += 1;
    count.long += said.length;
    count.wrong += distance(said, words(heard));
  }
  const rate = ((100 * count.wrong) / count.long).toFixed(1);
  return `Moonshine on ${count.files} human prompts of Asterisk at 8 kHz (five words or more): ${rate} % word errors.`;
}

async function measureVad(audio: Pcm): Promise<string> {
  const lines = 20;
  const before = await cpuOf('vad');
  let heard = 0;
  const open = Array.from({ length: lines }, () =>
    workers.voiceActivity.open(() => {
      heard += 1;
    }),
  );
  const frames = Math.floor(audio.length / FRAME_SAMPLES);
  for (let at = 0; at < frames; at += 1) {
    const frame = audio.subarray(at * FRAME_SAMPLES, (at + 1) * FRAME_SAMPLES);
    for (const line of open) line.push(frame);
    if (at % 5 === 4) await clock.sleep(20);
  }
  const expected = lines * Math.floor((frames * FRAME_SAMPLES) / 512);
  const until = clock.monotonic() + 5000;
  while (heard < expected && clock.monotonic() < until) await clock.sleep(20);
  for (const line of open) line.close();
  const cpu = ((await cpuOf('vad')) - before) / (lines * secondsOf(audio));
  return `| Silero | ${cpu.toFixed(4)} | ${lines} lines at once, ${heard} of ${expected} windows judged |`;
}

async function measureEncoder(): Promise<string> {
  const before = await cpuOf('encoder');
  const times: number[] = [];
  for (let round = 0; round < 50; round += 1) {
    for (const text of TEXTS) {
      const start = clock.monotonic();
      await workers.encoder.embed([text]);
      times.push(clock.monotonic() - start);
    }
  }
  const cpu = (1000 * ((await cpuOf('encoder')) - before)) / times.length;
  const figures = `an utterance p50 ${quantile(times, 0.5).toFixed(1)} ms, p95 ${quantile(times, 0.95).toFixed(1)} ms`;
  return `| MiniLM | ${cpu.toFixed(1)} ms of CPU an utterance | ${figures} |`;
}

try {
  await workers.start();
  const missing = await workers.missing(20_000);
  if (missing.length > 0) throw new Error(`workers did not start: ${missing.join(', ')}`);
  const { row, spoken } = await measureVoice();
  const audio = spoken.map(byTelephone);
  const rows = [
    row,
    await measureRecogniser(audio),
    await measureVad(audio[1] ?? new Int16Array()),
  ];
  rows.push(await measureEncoder());
  const errors = await measureErrors();
  const memory = [...(await workers.describe())].map(
    ([name, { residentBytes }]) => `${name} ${(residentBytes / 1e6).toFixed(0)} MB`,
  );
  // What `--forms` wrote is kept.
  const [, forms] = (await readFile(PAGE, 'utf8')).split(SECTION);
  const [cpu] = cpus();
  const text = [
    '# Speech workers',
    '',
    'Written by `scripts/bench/engines`: every worker over the wire, as the daemon uses it, one thread',
    'each. CPU is seconds per second of audio, unless another unit stands there.',
    '',
    `${cpu?.model ?? 'unknown CPU'}, ${cpus().length} cores, Node ${process.version}.`,
    '',
    '| Worker | CPU | Times |',
    '| --- | --- | --- |',
    ...rows,
    '',
    `Resident memory at the end: ${memory.join(', ')}.`,
    '',
    "`VESTIBULE_FULL=1 node build/test/speech/recogniser-memory.test.js` compares a recogniser's memory after 200 and after",
    '1,000 short utterances of three callers at once, a seventh of them given up: Moonshine 243 and 254 MB (+4.6 %), on',
    '29 November 2026.',
    ...(errors === undefined ? [] : ['', errors]),
    '',
    ...(forms === undefined ? [] : [`${SECTION}${forms}`]),
  ].join('\n');
  await writeFile(PAGE, text);
  process.stdout.write(text);
} finally {
  await workers.stop();
  for (const child of children) child.kill();
  await rm(folder, { recursive: true, force: true });
}
