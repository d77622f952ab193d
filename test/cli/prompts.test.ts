import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import type { Pcm } from '../../agent/audio/frame.js';
import { rmsDbfs } from '../../agent/audio/level.js';
import { resample } from '../../agent/audio/resample.js';
import { readPcm, readWav, writeWav } from '../../agent/audio/wav.js';
import { flite } from '../../agent/reception/rehearse/synthesise.js';
import { PromptCache } from '../../agent/speech/prompt-cache.js';
import type { Voice } from '../../agent/speech/ports.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { Sound, lackingSound } from '../audio/pulse.js';
import { argumentsOf, guideBlock } from '../guide.js';

const example = readFileSync(join(checkoutRoot, 'agent/config/example-office.yaml'), 'utf8');
const PROMPT = 'greeting.help';
const TEXT = 'How can I help you?';

/** The example office in a folder of its own. */
function office(folder: string): string {
  const home = join(folder, 'home');
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'vestibule.yaml'), example);
  return home;
}
const command = (home: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env) =>
  spawnSync(process.execPath, [join(checkoutRoot, 'build/agent/main.js'), 'prompts', ...args], {
    env: { ...env, VESTIBULE_HOME: home },
    encoding: 'utf8',
  });
interface Listed {
  name: string;
  text: string;
  recorded: boolean;
  recording?: string;
}
const list = (home: string): Listed[] =>
  JSON.parse(command(home, ['list', '--json']).stdout) as Listed[];

/** A voice that says every text as one second of the same sample. */
const hum: Voice = {
  // eslint-disable-next-line @typescript-eslint/require-await
  async *speak() {
    yield new Int16Array(16_000).fill(77);
  },
};
const settings = { language: 'en', voice: 'en_US-joe-medium', pace: 1 };

void t.test('a recording from a file is made ready and played instead of the voice', async (t) => {
  const home = office(t.testdir({}));
  const names = list(home).map(({ name }) => name);
  t.equal(new Set(names).size, names.length, 'names are unique');
  t.ok(names.includes(PROMPT));
  t.ok(list(home).every(({ recorded }) => !recorded));

  // Quiet stereo at 44.1 kHz, with a second of silence at both ends.
  const speech = resample(await flite(TEXT, 'slt'), 16_000, 44_100).map((sample) => sample / 8);
  const padded = new Int16Array(speech.length + 88_200);
  padded.set(speech, 44_100);
  const file = join(home, 'mine.wav');
  await writeWav(file, [padded, padded], 44_100);
  const kept = command(home, ['record', PROMPT, '--from', file]);
  t.equal(kept.status, 0, kept.stderr);

  const [one, ...others] = list(home).filter(({ recorded }) => recorded);
  t.match(one, { name: PROMPT, text: TEXT });
  t.equal(others.length, 0);
  const { channels, rate, pcm } = await readWav(one?.recording ?? '');
  t.match({ rate, count: channels.length }, { rate: 16_000, count: 1 });
  t.ok(pcm.length < (speech.length * 16_000) / 44_100 + 16_000 * 0.3, 'no silence at its ends');
  t.ok(rmsDbfs(pcm) > -25 && rmsDbfs(pcm) < -16, 'as loud as the other prompts');

  const cache = new PromptCache(join(home, 'prompts'), hum, settings);
  t.equal(await cache.render([TEXT, 'Goodbye.']), 1, 'only the other one is rendered');
  t.strictSame(cache.get(TEXT), pcm, 'the recording wins');
  t.equal(cache.get('Goodbye.')?.[0], 77);
  t.ok(readdirSync(join(home, 'prompts', 'own')).length === 1, 'rendering leaves it there');

  t.equal(command(home, ['remove', PROMPT]).status, 0);
  t.match(command(home, ['remove', PROMPT]), { status: 1, stderr: /SPEECH_NOT_RECORDED/u });
  const after = new PromptCache(join(home, 'prompts'), hum, settings);
  await after.render([TEXT]);
  t.equal(after.get(TEXT)?.[0], 77, 'the voice speaks it again');
});

void t.test('what cannot be kept is told in one line', async (t) => {
  const home = office(t.testdir({}));
  const silent = join(home, 'silent.wav');
  await writeWav(silent, [new Int16Array(32_000)], 16_000);
  const cases: readonly [readonly string[], number, RegExp][] = [
    [['record', 'greeting.nonsense', '--from', silent], 1, /SPEECH_NO_PROMPT.*prompts list/u],
    [['record', PROMPT, '--from', silent], 1, /AUDIO_NO_SPEECH/u],
    [['record', PROMPT, '--from', join(home, 'vestibule.yaml')], 1, /AUDIO_NOT_WAV/u],
    [['record', PROMPT, '--seconds', 'long'], 2, /number of seconds/u],
    [['record', PROMPT, '--recorder', 'phonograph'], 2, /sox, rec, arecord/u],
  ];
  for (const [args, status, message] of cases) {
    t.match(command(home, args), { status, stderr: message }, args.join(' '));
  }
  const bare = { ...process.env, PATH: '/nowhere' };
  const nothing = command(home, ['record', PROMPT], bare);
  t.match(nothing, { status: 1, stderr: /AUDIO_NO_RECORDER.*apt-get install/u });
  t.equal(nothing.stderr.trim().split('\n').length, 1);
});

void t.test('recorded from a microphone until silence', { skip: lackingSound }, async (t) => {
  const home = office(t.testdir({}));
  const sound = await Sound.open();
  t.teardown(() => sound.close());
  const child = spawn(
    process.execPath,
    [join(checkoutRoot, 'build/agent/main.js'), 'prompts', 'record', PROMPT],
    { env: { ...sound.env, VESTIBULE_HOME: home }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let said = '';
  child.stdout.on('data', (bytes: Buffer) => (said += bytes.toString('utf8')));
  while (!said.includes('say now') && child.exitCode === null) await sleep(20);
  const spoken: Pcm = await flite(TEXT, 'slt');
  await sound.say(spoken);
  while (child.exitCode === null) await sleep(20);
  t.equal(child.exitCode, 0, said);
  const file = list(home).find(({ recorded }) => recorded)?.recording ?? '';
  const pcm = await readPcm(file);
  const seconds = pcm.length / 16_000;
  t.ok(
    seconds > 0.7 && seconds < spoken.length / 16_000 + 0.6,
    `${seconds.toFixed(2)} s of speech`,
  );
  t.equal(sound.streams(), 0);

  const listening = sound.listen();
  await sleep(300);
  t.equal(command(home, ['play', PROMPT], sound.env).status, 0);
  await sleep(200);
  t.ok(rmsDbfs(await listening()) > -40, 'and it can be heard');
  // A device that is not there.
  const lost = command(home, ['record', PROMPT], { ...sound.env, PULSE_SERVER: 'unix:/nowhere' });
  t.match(lost, { status: 1, stderr: /AUDIO_MICROPHONE.*--device/u });
  t.equal(lost.stderr.trim().split('\n').length, 1);
});

void t.test(
  'a greeting of one’s own, as the guide has it typed',
  { skip: lackingSound },
  async (t) => {
    const folder = t.testdir({});
    const home = office(folder);
    const sound = await Sound.open();
    t.teardown(() => sound.close());
    const greeting = await flite('Hello, and thank you for calling.', 'slt');
    await writeWav(join(folder, 'greeting.wav'), [greeting], 16_000);
    for (const line of guideBlock('desk.md', 'prompts record')) {
      const child = spawn(
        process.execPath,
        [join(checkoutRoot, 'build/agent/main.js'), ...argumentsOf(line)],
        {
          cwd: folder,
          env: { ...sound.env, VESTIBULE_HOME: home },
          stdio: ['ignore', 'pipe', 'pipe'],
        },
      );
      let said = '';
      const hear = (bytes: Buffer): unknown => (said += bytes.toString('utf8'));
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      let isSpoken = false;
      while (child.exitCode === null) {
        await sleep(20);
        if (isSpoken || !said.includes('say now')) continue;
        isSpoken = true;
        await sound.say(greeting);
      }
      t.equal(child.exitCode, 0, `${line}: ${child.exitCode === 0 ? 'done' : said}`);
      if (line.includes('play'))
        t.ok(
          list(home).some(({ recorded }) => recorded),
          'it is there',
        );
    }
    t.notOk(
      list(home).some(({ recorded }) => recorded),
      'and was taken away again',
    );
  },
);
