import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { writeWav } from '../../agent/audio/wav.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { english } from '../engines/vosk/english.js';
import { withModels } from '../speech/worker-process.js';

const transcribe = (...args: string[]) =>
  spawnSync(process.execPath, [join(checkoutRoot, 'build/agent/main.js'), 'transcribe', ...args], {
    // It needs no configuration.
    env: { ...process.env, VESTIBULE_HOME: '/none' },
    encoding: 'utf8',
  });

void t.test('transcribe writes one JSON a file', withModels, async (t) => {
  const folder = t.testdir({});
  const said = join(folder, 'said.wav');
  const empty = join(folder, 'empty.wav');
  const pcm = english();
  await writeWav(said, [pcm, pcm], 16_000);
  await writeWav(empty, [new Int16Array(8000)], 8000);
  const { status, stdout } = transcribe('--json', '--engine', 'moonshine', said, empty);
  t.equal(status, 0);
  const [first, second] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  t.same(Object.keys(first ?? {}), ['text', 'words', 'engine', 'seconds_audio', 'seconds_cpu']);
  t.match(first, { text: /book an appointment/u, engine: 'moonshine' });
  const words = first?.words as { word: string; start: number; end: number; confidence: number }[];
  t.same(Object.keys(words[0] ?? {}), [...['word', 'start', 'end', 'confidence', 'estimated']]);
  t.ok(words.every(({ start, end }) => start <= end));
  t.ok(Math.abs(Number(first?.seconds_audio) - pcm.length / 16_000) < 0.01);
  t.ok(Number(first?.seconds_cpu) > 0);
  t.match(second, { text: '', words: [], seconds_audio: 1, seconds_cpu: 0 });

  const plain = transcribe(said);
  t.match(plain, { status: 0, stdout: /^.*book an appointment.*\n$/u });

  const other = join(folder, 'other.wav');
  writeFileSync(other, 'no sound at all');
  const faulty = transcribe('--json', join(folder, 'none.wav'), other, said);
  t.equal(faulty.status, 1);
  t.match(faulty.stderr, /AUDIO_FILE_UNREADABLE.*none\.wav.*\n.*AUDIO_NOT_WAV.*other\.wav/u);
  t.match(JSON.parse(faulty.stdout), { engine: 'moonshine' }, 'the right one is read all the same');
});

void t.test('what is not installed, and wrong usage', (t) => {
  t.match(transcribe('--language', 'xx', 'a.wav'), {
    status: 1,
    stderr: /SPEECH_NO_RECOGNISER: .*language xx/u,
  });
  t.match(transcribe('--engine', 'other', 'a.wav'), { status: 2 });
  t.match(transcribe(), { status: 2 });
  t.end();
});
