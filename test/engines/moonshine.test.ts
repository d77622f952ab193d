import { join } from 'node:path';
import t from 'tap';
import type { Pcm } from '../../agent/audio/frame.js';
import { FusedEar } from '../../agent/engines/fused/ear.js';
import type { Memory } from '../../agent/engines/moonshine-task.js';
import { Moonshine } from '../../agent/engines/moonshine.js';
import { PiperVoice } from '../../agent/engines/piper.js';
import { festival, flite } from '../../agent/reception/rehearse/synthesise.js';
import { likelyFor } from '../../agent/speech/expectations.js';
import { modelPlaces } from '../../agent/speech/models.js';
import { byTelephone, collected } from '../speech/audio.js';
import { withModels } from '../speech/worker-process.js';

const SLT = 'cmu_us_slt_arctic_hts';
const ANSWERS = likelyFor('en', 'yes-no').answers ?? [];
const NAMES = ['Dr. Okafor', 'Beatrice Holloway', 'Maria Fernandez', 'Rosa Delgado', 'billing'];
/** Said, and what sounds the same and alone is likely. */
const PAIRS = [
  ['Right.', 'write'],
  ['Meet.', 'meat'],
  ['Yep.', 'yep'],
] as const;

void t.test(
  'what was asked helps a short answer and leaves everything else alone',
  withModels,
  async (t) => {
    const { models } = modelPlaces();
    const voice = new PiperVoice(join(models, 'en_US-joe-medium'));
    const ear = new Moonshine(join(models, 'moonshine-tiny-en'));
    t.teardown(async () => {
      await voice.stop();
      await ear.stop();
    });
    await voice.start();
    await ear.start();
    const said = async (text: string): Promise<Pcm> =>
      byTelephone(await collected(voice.speak(text, { pace: 1 })));
    const plain = (text: string): string =>
      text
        .toLowerCase()
        .replaceAll(/[.,!?]/gu, '')
        .trim();

    const no = await said('No.');
    t.equal(plain((await ear.recognise(no, { answers: ANSWERS })).text), 'no');
    for (const [word, asked] of PAIRS) {
      const pcm = await said(word);
      const { text } = await ear.recognise(pcm, { answers: [asked, 'with', 'tomorrow'] });
      t.equal(plain(text), asked, 'what was asked decides');
    }
    for (const sentence of [
      'I have lost my keys in your car park.',
      'Could you tell me when you open?',
    ]) {
      const pcm = await said(sentence);
      const free = await ear.recognise(pcm);
      const asked = await ear.recognise(pcm, { answers: ANSWERS });
      t.equal(asked.text, free.text, 'no answer comes near what was said');
      const named = await ear.recognise(pcm, { names: NAMES });
      t.equal(named.text, free.text, 'nor does a name');
    }

    const call = byTelephone(await flite('Can I speak to Beatrice Holloway?', 'rms'));
    t.notMatch((await ear.recognise(call)).text, /Holloway/u, 'heard freely it is another name');
    t.match(
      (await ear.recognise(call, { names: NAMES })).text,
      /^Can I speak to Beatrice Holloway\W?$/u,
    );
    const hurried = await ear.recognise(call, { names: NAMES }, { hurried: true });
    t.notMatch(hurried.text, /Holloway/u, 'while others wait names are not looked for');
    t.equal(hurried.provisional, true, 'which is told');
    const kept: Memory = { tokens: [] };
    await ear.recognise(call, { names: NAMES }, { hurried: true, memory: kept });
    const more = await ear.recognise(call, { names: NAMES }, { memory: kept });
    t.match(more.text, /Holloway/u, 'and they are when there is time, of what was heard already');
    t.equal(more.provisional, undefined);
    const memory: Memory = { tokens: [] };
    const half = await ear.recognise(call.subarray(0, call.length / 2), {}, { memory });
    t.ok(memory.tokens.length > 0 && half.text !== '');
    const drafted = await ear.recognise(call, {}, { memory });
    t.equal(drafted.text, (await ear.recognise(call)).text, 'a draft changes nothing');
    const wrong: Memory = { tokens: [5000, 5001, 5002] };
    const corrected = await ear.recognise(call, {}, { memory: wrong });
    t.equal(corrected.text, drafted.text, 'nor does a wrong one');
    const stranger = await said('Can I speak to Jonathan Fairweather?');
    t.equal(
      (await ear.recognise(stranger, { names: NAMES })).text,
      (await ear.recognise(stranger)).text,
      'nobody else is made of a stranger',
    );
  },
);

void t.test('what one path of words cannot make out is searched for', withModels, async (t) => {
  const ear = new Moonshine(join(modelPlaces().models, 'moonshine-tiny-en'));
  t.teardown(() => ear.stop());
  await ear.start();
  const voice = await festival("he's burning up and hallucinating", SLT);
  const isLoud = (sample: number): boolean => Math.abs(sample) >= 200;
  const spoken = voice.slice(voice.findIndex(isLoud), voice.findLastIndex(isLoud) + 1);
  const said = byTelephone(spoken);
  const pcm = new Int16Array(said.length + 16_000);
  pcm.set(said, 8_000);
  const hear = Reflect.get(FusedEar.prototype, 'hear');
  const heard = t.capture(FusedEar.prototype, 'hear', hear);
  t.match((await ear.recognise(pcm)).text, /burning up and hallucinating/iu);
  const places = heard().map(({ args: [samples] }) => samples.length);
  t.ok(places.length > 1, 'at several places');
  t.equal(new Set(places).size, places.length, 'and nowhere twice');
  const memory: Memory = { tokens: [] };
  await ear.recognise(pcm, {}, { hurried: true, memory });
  const more = await ear.recognise(pcm, {}, { memory });
  t.match(more.text, /burning up and hallucinating/iu, 'also what was tried in a hurry before');
  t.equal(heard().length, places.length, 'of which nothing is heard again');
  const { text } = await ear.recognise(pcm, {}, { hurried: true });
  t.equal(text, '', 'but not while others wait');
});

void t.test(
  'other readings are for those who ask, and of everything that was said',
  withModels,
  async (t) => {
    const ear = new Moonshine(join(modelPlaces().models, 'moonshine-tiny-en'));
    t.teardown(() => ear.stop());
    await ear.start();
    const { expected = [], readings = 0 } = likelyFor('en', 'number');
    const number = byTelephone(
      await flite('four one five, five five five, oh one four two', 'rms'),
    );
    const asked = await ear.recognise(number, { expected });
    t.match(asked.text, /^Four, one, five/u, 'what was asked decides');
    const none = await ear.recognise(number, { expected, readings: 0 });
    t.match(
      none,
      { text: asked.text, readings: undefined },
      'none is what the wire has for unasked',
    );
    const weighed = await ear.recognise(number, { expected, readings });
    t.match(weighed.text, /^For one five/u, 'where readings are weighed it is one of them');
    t.ok(weighed.readings?.includes(asked.text));
    const long = new Int16Array(24 * 16_000);
    long.set(number);
    long.set(number, 16 * 16_000);
    const twice = await ear.recognise(long, { expected, readings });
    t.equal(twice.readings, undefined, 'a reading of one piece is none of the whole');
  },
);
