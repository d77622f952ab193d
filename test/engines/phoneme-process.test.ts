import { spawnSync } from 'node:child_process';
import t from 'tap';
import { espeakNg } from '../../agent/engines/espeak-program.js';
import { PhonemeProcess } from '../../agent/engines/phoneme-process.js';

const once = async (text: string, voice: string): Promise<string> => {
  const args = ['-q', '--ipa', '-b', '1', '-v', voice];
  return (await espeakNg(args, text)).toString().replaceAll(/\s+/gu, ' ').trim();
};

await t.test('it says what a program of its own for each text says', async (t) => {
  const program = new PhonemeProcess('en-us');
  const texts = [
    'Hello there',
    '',
    'Dr. Smith is in. Is he? Yes; at 9:30, room 12.',
    'a line\nand another',
    'zqzqzq',
    'z q z q z q',
    'z. q. z. q. z. q.',
    '4 1 5',
    'one two three four five six seven eight nine ten '.repeat(12),
    'the end',
  ];
  const all = await Promise.all(texts.map((text) => program.ipaOf(text)));
  for (const [at, text] of texts.entries()) {
    // Its own mark is not said.
    if (!text.startsWith('z')) t.equal(all[at], await once(text, 'en-us'), text.slice(0, 40));
  }
});

await t.test(
  'a language that it does not know fails, and the next text starts it anew',
  async (t) => {
    const program = new PhonemeProcess('xx-none');
    await t.rejects(program.ipaOf('hello'), { code: 'ENGINE_PHONEMES' });
    await t.rejects(program.ipaOf('hello again'), { code: 'ENGINE_PHONEMES' });
  },
);

await t.test('it keeps no process alive', (t) => {
  const module = new URL('../../agent/engines/phoneme-process.js', import.meta.url).href;
  const code = `import { PhonemeProcess } from ${JSON.stringify(module)};
    console.log(await new PhonemeProcess('en-us').ipaOf('yes'));`;
  const ended = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    timeout: 20_000,
    encoding: 'utf8',
  });
  t.equal(ended.status, 0, ended.stderr);
  t.equal(ended.stdout.trim(), 'jˈɛs');
  t.end();
});

await t.test('a thread that was held is no program that is late', async (t) => {
  const program = new PhonemeProcess('en-us', 1_000);
  await program.ipaOf('ready');
  const heard = program.ipaOf('hello there');
  // As a synthesis does, once the question is on its way.
  await new Promise(setImmediate);
  const until = performance.now() + 1_500;
  while (performance.now() < until);
  t.equal(await heard, await once('hello there', 'en-us'));
});
