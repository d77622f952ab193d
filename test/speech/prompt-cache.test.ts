import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { samplesIn, type Pcm } from '../../agent/audio/frame.js';
import type { Voice } from '../../agent/speech/ports.js';
import { PromptCache } from '../../agent/speech/prompt-cache.js';
import { preparedDigits } from '../../agent/speech/spoken-parts.js';
import { collected } from './audio.js';
import { scratchFolder } from './worker-process.js';

/** A voice that counts what it is asked for and says each letter as one sample. */
class CountingVoice implements Voice {
  readonly asked: string[] = [];

  async *speak(text: string): AsyncGenerator<Pcm> {
    this.asked.push(text);
    for (const letter of text) yield await Promise.resolve(Int16Array.of(letter.charCodeAt(0)));
  }
}

void t.test('prompts are rendered once and kept', async (t) => {
  const scratch = await scratchFolder();
  t.teardown(scratch.remove);
  const folder = join(scratch.path, 'prompts');
  const voice = new CountingVoice();
  const settings = { language: 'en', voice: 'v' };
  const cache = new PromptCache(folder, voice, settings);
  t.equal(await cache.render(['ab', 'cd', 'ab']), 2);
  t.same(voice.asked, ['ab', 'cd']);
  t.same(cache.get('ab'), Int16Array.of(97, 98));
  t.equal(cache.get('ab', { ...settings, pace: 1.2 }), undefined, 'another pace is another prompt');
  t.equal(cache.get('xy'), undefined);
  t.same(await collected(cache.speak('cd')), Int16Array.of(99, 100));
  t.equal(voice.asked.length, 2, 'said from the cache');
  t.same(await collected(cache.speak('xy')), Int16Array.of(120, 121));
  t.same(voice.asked.at(-1), 'xy', 'said by the voice');
  t.equal(cache.get('xy'), undefined, 'and not kept');

  await t.test('the next process finds them on disk', async (t) => {
    const next = new CountingVoice();
    const later = new PromptCache(folder, next, settings);
    t.equal(await later.render(['ab', 'cd']), 0);
    t.same(next.asked, []);
    t.same(later.get('cd'), Int16Array.of(99, 100));
  });

  await t.test('a pronunciation renders anew what holds its word, and nothing else', async (t) => {
    const next = new CountingVoice();
    const pronunciations = [{ word: 'CD', say: 'see dee' }];
    const said = new PromptCache(join(scratch.path, 'said'), next, { ...settings, pronunciations });
    await said.render(['ab', 'cd']);
    t.equal(said.get('cd', settings), undefined);
    t.ok(said.get('ab', settings));
  });

  await t.test('prompts that are no longer wanted go', async (t) => {
    t.equal(await cache.render(['cd', 'ef']), 1);
    t.equal(cache.get('ab'), undefined);
    t.equal((await readdir(folder)).length, 2);
  });

  await t.test('an empty file is rendered again, a text is in no name', async (t) => {
    const files = await readdir(folder);
    for (const file of files) {
      t.match(file, /^[0-9a-f]{64}\.pcm$/u);
      await writeFile(join(folder, file), '');
    }
    const again = new PromptCache(folder, voice, settings);
    t.equal(await again.render(['cd', 'ef']), 2);
    for (const file of files) t.equal((await readFile(join(folder, file))).length, 4);
  });
});

void t.test('of a text that is not rendered its parts are', async (t) => {
  const scratch = await scratchFolder();
  t.teardown(scratch.remove);
  const voice = new CountingVoice();
  const cache = new PromptCache(join(scratch.path, 'prompts'), voice, { language: 'en', pace: 2 });
  const digits = preparedDigits('en');
  t.equal(await cache.render(['I have', 'Yes?'], digits), 2 + digits.length);
  voice.asked.length = 0;
  const ahead: number[] = [];
  const heard = { signal: new AbortController().signal, aheadMs: 0 };
  const spoken = await collected(cache.speak('I have one two three. Ann. Yes?', heard));
  t.same(voice.asked, ['Ann.'], 'the voice says what a caller said, and nothing else');
  const texts = ['I have', 'one,', 'two,', 'three.', 'Ann.', 'Yes?'];
  t.same(
    spoken.filter((sample) => sample !== 0),
    Int16Array.from(texts.join(''), (letter) => letter.charCodeAt(0)),
  );
  for await (const pcm of cache.speak('I have one two three.', heard)) ahead.push(pcm.length);
  t.ok(ahead.includes(samplesIn(60)), 'with the pauses between them');
  t.equal(await cache.render(['Yes?'], digits), 0);
  t.same(voice.asked, ['Ann.']);
});
