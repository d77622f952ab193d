/**
 * How soon the voice is heard: the time from asking for a sentence of ten words that is in no cache
 * to its first audio, through the real worker over its socket, with one core kept busy; and how loud
 * and how clean it is. Writes docs/benchmarks/voice.md.
 */
import { writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { joined } from '../../agent/audio/frame.js';
import { lufs } from '../../agent/audio/lufs.js';
import { systemClock } from '../../agent/clock.js';
import { silentLog } from '../../agent/log.js';
import { PiperVoice } from '../../agent/engines/piper.js';
import { modelPlaces } from '../../agent/speech/models.js';
import { OwnWorkers } from '../../agent/speech/own-workers.js';
import { speechSettings, workerPlaces } from '../../agent/speech/settings.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';

const SENTENCES = [
  'Doctor Sarah Whitfield can see you on Thursday at three.',
  'Your appointment with Doctor Okafor is on Monday at nine.',
  'Thank you, Amelia, I have noted that for Doctor Whitfield.',
  'We are open on Friday from nine until half five.',
  'I could not reach Mister Jonathan Park in billing today.',
  'Please bring your insurance card and arrive ten minutes early.',
  'Your message is that the prescription has run out yesterday.',
  'The next day that we are open is Tuesday morning.',
];
const ROUNDS = 3;

const percentile = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[
    Math.min(values.length - 1, Math.floor(values.length * part))
  ] ?? NaN;

interface Heard {
  readonly firstMs: number;
  readonly loudness: number;
}

async function measured(busy: boolean): Promise<readonly Heard[]> {
  const load = busy ? new Worker('for (;;) {}', { eval: true }) : undefined;
  const places = workerPlaces(speechSettings.parse({}), '/nowhere').filter(
    ({ kind }) => kind === 'voice',
  );
  const own = new OwnWorkers(modelPlaces().models, places);
  try {
    return await own.lend(systemClock(), silentLog, async ({ voice }) => {
      const heard: Heard[] = [];
      for (let round = 0; round <= ROUNDS; round += 1) {
        for (const text of SENTENCES) {
          const from = performance.now();
          let firstMs = 0;
          const pieces = (async function* () {
            for await (const pcm of voice.speak(text, { language: 'en' })) {
              if (firstMs === 0) firstMs = performance.now() - from;
              yield pcm;
            }
          })();
          const pcm = await joined(pieces);
          const loudness = lufs(
            Float32Array.from(pcm, (sample) => sample / 32_768),
            16_000,
          );
          // The first round warms what is only made once.
          if (round > 0) heard.push({ firstMs, loudness });
        }
      }
      return heard;
    });
  } finally {
    own.stop();
    await load?.terminate();
  }
}

/** CPU milliseconds of the voice until its first audio, in this process: what a busy machine cannot hide. */
async function work(): Promise<readonly number[]> {
  const voice = new PiperVoice(join(modelPlaces().models, 'en_US-joe-medium'));
  await voice.start();
  const spent: number[] = [];
  for (const text of [...SENTENCES, ...SENTENCES]) {
    const clauses = voice.speak(text, { pace: 1 });
    const from = process.cpuUsage();
    await clauses.next();
    const { user, system } = process.cpuUsage(from);
    spent.push((user + system) / 1000);
    await clauses.return(undefined);
  }
  await voice.stop();
  return spent.slice(SENTENCES.length);
}

const others = loadavg()[0] ?? 0;
const spent = await work();
const rows: string[] = [];
for (const busy of [false, true]) {
  const heard = await measured(busy);
  const times = heard.map(({ firstMs }) => firstMs);
  const loud = heard.map(({ loudness }) => loudness);
  const row = [
    busy ? 'one core busy' : 'nothing else of ours',
    String(times.length),
    ...[percentile(times, 0.5), percentile(times, 0.95)].map((ms) => ms.toFixed(0)),
    `${Math.min(...loud).toFixed(1)} to ${Math.max(...loud).toFixed(1)}`,
  ];
  rows.push(`| ${row.join(' | ')} |`);
  process.stdout.write(`${row.join('  ')}\n`);
}
await writeFile(
  join(checkoutRoot, 'docs', 'benchmarks', 'voice.md'),
  [
    '# The voice',
    '',
    `\`scripts/bench/voice\` on ${String(cpus().length)} cores (${cpus()[0]?.model.trim() ?? 'unknown'}): sentences of ten words that`,
    'are in no cache, asked of the voice worker over its socket.',
    '',
    '| Beside it | Sentences | First audio p50 ms | p95 ms | Loudness LUFS |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
    `CPU until the first audio: p50 ${percentile(spent, 0.5).toFixed(0)} ms, p95 ${percentile(spent, 0.95).toFixed(0)} ms.`,
    `The load of the machine when this began was ${others.toFixed(1)}: above one, the times wait for others.`,
    '',
  ].join('\n'),
);
