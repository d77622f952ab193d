import { join } from 'node:path';
import t from 'tap';
import { lufs } from '../../agent/audio/lufs.js';
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
    // Its own chance moves the length of a sentence by some per cent.
    t.ok(fast.length < usual.length * 0.93, 'a faster pace is shorter');
    t.ok(Math.max(...usual) < 32_767, 'nothing is clipped');
    const loud = lufs(
      Float32Array.from(usual, (sample) => sample / 32_768),
      16_000,
    );
    t.ok(Math.abs(loud + 19) <= 1, `${loud.toFixed(1)} LUFS`);
    for (const pcm of [usual, fast]) {
      const { text: heard } = await ear.recognise(byTelephone(pcm));
      const spoken = heard.replace(/\b9\b/u, 'nine').replace(/\b5\b/u, 'five');
      t.ok(wordErrors(text, spoken) <= 0.1, heard);
    }
    t.equal((await collected(voice.speak('...', { pace: 1 }))).length, 0);
    const bytes = async (said: string): Promise<string> =>
      Buffer.from((await collected(voice.speak(said, { pace: 0.82 }))).buffer).toString('base64');
    t.ok((await bytes('two,')) === (await bytes('two,')), 'a word by itself is never another');
    t.notOk((await bytes('I have two.')) === (await bytes('I have two.')), 'a sentence lives');

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

/** A jump between neighbouring samples from which on a joint is heard as a click: −36 dBFS. */
const CLICK = 500;

void t.test('joints, names and numbers', withModels, async (t) => {
  const voice = new PiperVoice(join(modelPlaces().models, 'en_US-joe-medium'));
  await voice.start();
  t.teardown(() => voice.stop());
  const clauses: Int16Array[] = [];
  const text = 'Doctor Sarah Whitfield can see you on Thursday at three. Call us on 415-555-0142.';
  for await (const pcm of voice.speak(text, { pace: 1 })) clauses.push(pcm);
  t.equal(clauses.length, 5, 'two parts of a sentence, three groups of a number');
  const all = joined(clauses);
  let joint = 0;
  for (const clause of clauses.slice(0, -1)) {
    joint += clause.length;
    for (let at = joint - 40; at < joint + 40; at += 1) {
      const jump = Math.abs((all[at] ?? 0) - (all[at - 1] ?? 0));
      if (jump >= CLICK) t.fail(`a click of ${String(jump)} at a joint`);
    }
  }
  const breath = clauses[0] ?? new Int16Array();
  const tail = breath.length - breath.findLastIndex((sample) => Math.abs(sample) >= 400);
  t.ok(tail / 16 <= 45, 'what runs on does so at once');
  const group = clauses[2] ?? new Int16Array();
  t.ok(
    group.subarray(-5_600).every((sample) => sample === 0),
    'time to write a group down',
  );

  const seconds = async (say: string): Promise<number> => {
    const pronunciations = [{ word: 'okafor', say }];
    return (await collected(voice.speak('Okafor.', { pace: 1, pronunciations }))).length / 16_000;
  };
  const long = '/oʊˌoʊoʊˌoʊoʊˌoʊoʊˌoʊoʊˌoʊ kɑːkɑːkɑːkɑːkɑː fɔːɹ/';
  t.ok((await seconds(long)) > (await seconds('oh kah for')) + 0.5, 'IPA is said as it stands');
  t.ok((await seconds('oh kah for oh kah for')) > (await seconds('oh kah for')) + 0.3);
});
