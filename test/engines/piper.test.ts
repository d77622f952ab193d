import { join } from 'node:path';
import t from 'tap';
import { rmsDbfs } from '../../agent/audio/level.js';
import { Moonshine } from '../../agent/engines/moonshine.js';
import { phonemesOf } from '../../agent/engines/phonemes.js';
import { PiperVoice, phonemeIds } from '../../agent/engines/piper.js';
import { modelPlaces } from '../../agent/speech/models.js';
import { byTelephone, collected, joined, wordErrors } from '../speech/audio.js';
import { withModels } from '../speech/worker-process.js';

void t.test('phonemes by espeak-ng', async (t) => {
  t.equal(await phonemesOf('Hello there', 'en-us'), 'həlˈoʊ ðˈɛɹ');
  t.match(await phonemesOf('one\ntwo', 'en-us'), /^wˈʌn\S* tˈuː$/u, 'line ends are spaces');
  t.equal(await phonemesOf('', 'en-us'), '');
  const [left, right] = await Promise.all([phonemesOf('yes', 'en-us'), phonemesOf('no', 'en-us')]);
  t.not(left, right);
  await t.rejects(phonemesOf('hello', 'xx-none'), { code: 'ENGINE_PHONEMES' });
});

void t.test('ids as Piper was trained', (t) => {
  const map = { _: [0], '^': [1], $: [2], a: [14], ' ': [3], '.': [10] };
  t.same(
    phonemeIds('a a.?', map),
    [1, 0, 14, 0, 3, 0, 14, 0, 10, 0, 2],
    'unknown signs are left out',
  );
  t.end();
});

void t.test(
  'what is said is understood, also in pieces and at another pace',
  withModels,
  async (t) => {
    const models = modelPlaces().models;
    const voice = new PiperVoice(join(models, 'en_US-joe-medium'));
    const ear = new Moonshine(join(models, 'moonshine-tiny-en'));
    await voice.start();
    await voice.start();
    await ear.start();
    t.teardown(async () => {
      await voice.stop();
      await ear.stop();
    });
    const text =
      'Good morning, you have reached the example clinic. We are open from nine in the morning until five in the afternoon.';
    const usual = await collected(voice.speak(text, { pace: 1 }));
    const fast = await collected(voice.speak(text, { pace: 1.3 }));
    t.ok(fast.length < usual.length * 0.88, 'a faster pace is shorter');
    t.ok(Math.max(...usual) < 32_767, 'nothing is clipped');
    t.ok(rmsDbfs(usual) > -27 && rmsDbfs(usual) < -17);
    for (const pcm of [usual, fast]) {
      const { text: heard } = await ear.recognise(byTelephone(pcm));
      const spoken = heard.replace(/\b9\b/u, 'nine').replace(/\b5\b/u, 'five');
      t.ok(wordErrors(text, spoken) <= 0.1, heard);
    }
    t.equal((await collected(voice.speak('...', { pace: 1 }))).length, 0);

    // Longer than the model likes: it is cut where it is quiet.
    const long = joined([usual, usual, usual, usual]);
    t.ok(long.length / 16_000 > 20);
    const { text: all, words } = await ear.recognise(byTelephone(long));
    t.equal(all.match(/good morning/giu)?.length, 4, all);
    t.ok(
      words.every(({ start }, at) => start >= (words[at - 1]?.start ?? 0)),
      'times only grow',
    );
    t.equal((await ear.recognise(new Int16Array(100))).text, '', 'too short to be a word');
  },
);
