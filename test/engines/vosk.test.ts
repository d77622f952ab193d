import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import type { Pcm } from '../../agent/audio/frame.js';
import { samplesIn } from '../../agent/audio/frame.js';
import { VoskEngine } from '../../agent/engines/vosk.js';
import { CpuShares } from '../../agent/engines/vosk/cpu-shares.js';
import { VoskModel, libraryPlaces } from '../../agent/engines/vosk/library.js';
import { findModel } from '../../agent/engines/vosk/model-folder.js';
import { VoskPool } from '../../agent/engines/vosk/pool.js';
import { VoskUtterance } from '../../agent/engines/vosk/utterance.js';
import type { HeardResult } from '../../agent/engines/recognition.js';
import { modelPlaces } from '../../agent/speech/models.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { byTelephone } from '../speech/audio.js';
import { english } from './vosk/english.js';
import {
  MODEL,
  letterErrors,
  framesOf,
  recordings,
  someSpeech,
  withKorean,
  withRecordings,
} from './vosk/korean.js';

const MODELS = modelPlaces().models;
const PACKAGED = join(checkoutRoot, 'node_modules', 'vosk', 'lib', 'linux-x86_64', 'libvosk.so');
const KOREAN = { language: 'ko', expected: [] };

const heard = (
  engine: VoskEngine,
  pcm: Pcm,
  expected: readonly string[] = [],
): Promise<HeardResult> => {
  const utterance = engine.hear({ language: 'ko', expected }, {});
  for (const frame of framesOf(pcm)) utterance.push(frame);
  return utterance.finish();
};

/** Waits until every recogniser is back: they come back in the background. */
async function allBack(engine: VoskEngine): Promise<void> {
  while (engine.figures.lent > 0) await sleep(5);
}

void t.test('Vosk on the Korean model', withKorean, async (t) => {
  const engine = new VoskEngine(MODELS, MODEL);
  t.teardown(() => engine.stop());
  await engine.start();
  await engine.start();
  const speech = someSpeech();

  await t.test('partial text grows, and the final text has timed words', async (t) => {
    const partials: string[] = [];
    const utterance = engine.hear(KOREAN, { partial: (text) => partials.push(text) });
    for (const frame of framesOf(speech)) utterance.push(frame);
    const guess = await utterance.speculate();
    t.equal(guess.provisional, true, 'a snapshot is not the end');
    const final = await utterance.finish();
    t.equal(await utterance.finish(), final, 'finish may be called twice');
    t.ok(final.text.length > 0);
    t.ok(partials.length > 3);
    t.ok((partials[0]?.length ?? 0) < (partials.at(-1)?.length ?? 0));
    t.equal(guess.text, partials.at(-1), 'what stands is what was said last');
    t.equal(final.words.map(({ word }) => word).join(' '), final.text);
    t.ok(final.words.every(({ start, end }) => start < end && end <= final.secondsAudio + 0.1));
    t.ok(final.words.every(({ confidence }) => confidence > 0 && confidence <= 1));
    t.ok(final.confidence > 0 && final.confidence <= 1);
    t.ok(Math.abs(final.secondsAudio - speech.length / 16_000) < 0.05);
    t.ok(final.secondsCpu > 0);
    await allBack(engine);
  });

  await t.test(
    'the pool lends the same recogniser again, and nothing of the last one stays',
    async (t) => {
      const { made } = engine.figures;
      const first = await heard(engine, speech);
      await allBack(engine);
      const second = await heard(engine, speech);
      await allBack(engine);
      t.equal(engine.figures.made, made, 'none was made for it');
      t.equal(second.text, first.text, 'the same audio gives the same text');
      const starts = (result: HeardResult): number[] => result.words.map(({ start }) => start);
      t.ok(
        starts(second).every((start, at) => Math.abs(start - (starts(first)[at] ?? 0)) < 0.05),
        'times start with each utterance',
      );
      const left = engine.hear(KOREAN, {});
      for (const frame of framesOf(speech)) left.push(frame);
      left.cancel();
      left.cancel();
      await t.rejects(left.finish(), { code: 'ENGINE_LEFT' });
      await allBack(engine);
      const third = await heard(engine, speech);
      t.equal(third.text, first.text, 'an utterance that was left leaves nothing');
      t.ok(Math.abs((third.words[0]?.start ?? 9) - (first.words[0]?.start ?? 0)) < 0.05);
      await allBack(engine);
      await Promise.all([1, 2, 3].map(() => heard(engine, speech)));
      await allBack(engine);
      t.same(engine.figures, { made: 3, idle: 3, lent: 0 }, 'three at once need three');
    },
  );

  await t.test('nothing heard is nothing said', async (t) => {
    const none = await engine.hear(KOREAN, {}).finish();
    t.match(none, { text: '', words: [], confidence: 0, secondsAudio: 0 });
    const silence = await heard(engine, new Int16Array(samplesIn(1000)));
    t.match(silence, { text: '', confidence: 0 });
    const empty = engine.hear(KOREAN, {});
    empty.push(new Int16Array(0));
    t.equal((await empty.finish()).text, '');
    await allBack(engine);
  });

  await t.test('endpoints split for whoever asks', async (t) => {
    const quiet = new Int16Array(samplesIn(1500));
    const segments: HeardResult[] = [];
    const utterance = engine.hear(KOREAN, { segment: (result) => segments.push(result) });
    for (const part of [speech, quiet, speech, quiet]) utterance.push(part);
    const rest = await utterance.finish();
    t.ok(segments.length >= 2);
    t.equal(rest.text, '', 'silence is left at the end');
    const starts = segments.flatMap(({ words }) => words.map(({ start }) => start));
    t.same(
      starts,
      [...starts].sort((a, b) => a - b),
      'times go on from segment to segment',
    );
    t.ok((starts.at(-1) ?? 0) > speech.length / 16_000);
    await allBack(engine);
    t.ok((await heard(engine, speech)).words[0]!.start < 1, 'and start anew after it');
  });

  await t.test('alternatives, best first', async (t) => {
    const utterance = engine.hear({ ...KOREAN, alternatives: 3 }, {});
    utterance.push(speech);
    const { alternatives, text } = await utterance.finish();
    t.ok(alternatives.length > 1 && alternatives.length <= 3);
    t.equal(alternatives[0]?.text, text);
    t.ok((alternatives[0]?.confidence ?? 0) >= (alternatives[1]?.confidence ?? 0));
    await allBack(engine);
    t.equal((await heard(engine, speech)).alternatives.length, 1, 'the next one asked for none');
  });

  await t.test('an empty final result after good partial ones is not believed', async (t) => {
    const model = await VoskModel.load(
      libraryPlaces(MODELS).find(existsSync),
      findModel(MODELS, MODEL),
    );
    const pool = new VoskPool(model, 1);
    t.teardown(async () => {
      await pool.close();
      model.close();
    });
    const pooled = await pool.take(undefined);
    // A lattice that is pruned away cannot be had to order: the library's answer is replaced.
    const { handle } = pooled;
    const finalResult = handle.finalResult.bind(handle);
    handle.finalResult = async () => {
      await finalResult();
      return '{"text":""}';
    };
    await pool.release(pooled, false);
    const partials: string[] = [];
    const rest = { phrases: [], names: [], grammarWith: () => undefined, alternatives: 0 };
    const hear = async (pcm: Pcm): Promise<HeardResult> => {
      const utterance = new VoskUtterance(
        { engine: MODEL, pool, cpu: new CpuShares(), ...rest },
        { partial: (text) => partials.push(text) },
      );
      utterance.push(pcm);
      return utterance.finish();
    };
    const saved = await hear(speech);
    t.match(partials.at(-1), / /u, 'good: more than a word');
    t.equal(saved.text, partials.at(-1));
    t.match(saved, { confidence: 0.5, words: [] }, 'told as unsure');
    t.equal((await hear(new Int16Array(samplesIn(1000)))).text, '', 'silence stays silence');
  });

  await t.test('a model that is not there', async (t) => {
    await t.rejects(new VoskEngine(MODELS, 'vosk-model-none').start(), {
      code: 'ENGINE_MODEL_MISSING',
    });
    await t.rejects(new VoskEngine(MODELS, MODEL, ['/none/libvosk.so']).start(), {
      code: 'ENGINE_MODEL_MISSING',
      place: '/none/libvosk.so',
    });
  });
});

const libraries = [
  { name: 'libvosk 0.3.45', paths: undefined, options: withRecordings },
  {
    name: "the vosk package's library",
    paths: [PACKAGED],
    options: existsSync(PACKAGED) ? withRecordings : { skip: 'the vosk package is not installed' },
  },
];
for (const { name, paths, options } of libraries) {
  void t.test(`grammars with ${name}`, options, async (t) => {
    const engine = new VoskEngine(MODELS, MODEL, paths);
    t.teardown(() => engine.stop());
    await engine.start();
    const [, second] = await recordings();
    const pcm = second!.pcm.subarray(0, samplesIn(3000));
    const free = await heard(engine, pcm);
    t.ok(free.text.endsWith('끝장'), 'heard freely it is the wrong word');
    const nearly = free.text.replace('끝장', '끝점');
    const named = (names: readonly string[]): Promise<HeardResult> => {
      const utterance = engine.hear({ ...KOREAN, names }, {});
      utterance.push(pcm);
      return utterance.finish();
    };
    t.equal(
      (await heard(engine, pcm, [nearly, '네'])).text,
      nearly,
      'what is expected is preferred',
    );
    t.equal(
      (await heard(engine, pcm, ['네', '아니요'])).text,
      free.text,
      'but not put into a mouth',
    );
    t.equal(
      (await named(['끝점', '마법사'])).text,
      nearly,
      'a name of the directory is put where it was said',
    );
    t.equal((await named(['박지훈', '마법사'])).text, free.text, 'and no other one');
    t.equal((await heard(engine, pcm, ['zzzz'])).text, free.text, 'unknown words are no grammar');
    await allBack(engine);
    t.equal((await heard(engine, pcm)).text, free.text, 'and the next one hears freely');
  });
}

void t.test('error rate on human Korean', withRecordings, async (t) => {
  const engine = new VoskEngine(MODELS, MODEL);
  t.teardown(() => engine.stop());
  await engine.start();
  const rate = async (change: (pcm: Pcm) => Pcm): Promise<number> => {
    const total = { wrong: 0, letters: 0 };
    for (const { pcm, said } of await recordings()) {
      const { wrong, letters } = letterErrors(said, (await heard(engine, change(pcm))).text);
      total.wrong += wrong;
      total.letters += letters;
    }
    return total.wrong / total.letters;
  };
  const wide = await rate((pcm) => pcm);
  const telephone = await rate(byTelephone);
  const quiet = await rate((pcm) => byTelephone(pcm.map((sample) => sample >> 2)));
  t.comment(
    `characters wrong: 16 kHz ${wide.toFixed(3)}, telephone ${telephone.toFixed(3)}, quiet telephone ${quiet.toFixed(3)}`,
  );
  t.ok(wide < 0.3);
  t.ok(telephone < 0.65, 'without the noise it is 0.87');
  t.ok(quiet < 0.65, 'the noise follows the level');
});

const ENGLISH = ['vosk-model-small-en-us-0.15', 'vosk-model-en-us-0.22'].find((name) =>
  existsSync(join(MODELS, name)),
);
void t.test(
  'Vosk on an English model',
  ENGLISH === undefined
    ? { skip: 'no vosk-model-small-en-us-0.15: run scripts/fetch-models with its name' }
    : {},
  async (t) => {
    const engine = new VoskEngine(MODELS, ENGLISH ?? '');
    t.teardown(() => engine.stop());
    await engine.start();
    const { text, words } = await heard(engine, english());
    t.match(text, /appointment/u);
    t.equal(words.map(({ word }) => word).join(' '), text);
  },
);
