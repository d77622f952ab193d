import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { samplesIn } from '../../../agent/audio/frame.js';
import type { Pcm } from '../../../agent/audio/frame.js';
import { rmsDbfs } from '../../../agent/audio/level.js';
import { CpuShares } from '../../../agent/engines/vosk/cpu-shares.js';
import {
  grammarOf,
  isMadeOf,
  isNamed,
  namedSentences,
  plainPhrases,
} from '../../../agent/engines/vosk/grammar.js';
import { findModel, withTunedModel } from '../../../agent/engines/vosk/model-folder.js';
import { readResult } from '../../../agent/engines/vosk/results.js';
import { UpperBand } from '../../../agent/engines/vosk/upper-band.js';
import { byTelephone } from '../../speech/audio.js';
import { scratchFolder } from '../../speech/worker-process.js';

void t.test('a grammar has the phrases that the model knows, and the unknown word', (t) => {
  const vocabulary = new Set(['yes', 'no', 'please', '[unk]']);
  const knows = (word: string): boolean => vocabulary.has(word);
  t.equal(grammarOf(['Yes, please.', 'no', 'NO!'], knows), '["no","yes please","[unk]"]');
  t.equal(grammarOf(['certainly', 'no way'], knows), undefined, 'nothing is left');
  t.equal(grammarOf([], knows), undefined);
  t.equal(
    grammarOf(['yes'], (word) => word === 'yes' || word === '<UNK>'),
    '["yes","<UNK>"]',
  );
  const phrases = ['one', 'two', 'double two', 'area code'];
  t.ok(isMadeOf('one area code double two two', phrases), 'phrases may follow one another');
  for (const text of ['', 'area', 'one code', 'one double', 'three']) {
    t.notOk(isMadeOf(text, phrases), `not ${text}`);
  }
  t.notOk(isMadeOf('one', []));
  t.same(plainPhrases([' Yes,  please ', 'yes please', '...']), ['yes please']);
  t.end();
});

void t.test('a name in what was heard', (t) => {
  const names = ['doctor carter', 'ann'];
  const heard = 'is doctor car there today';
  t.ok(isNamed('is doctor carter there today', heard, names));
  t.ok(isNamed('ann there', heard, names), 'words may be left out');
  t.ok(isNamed('doctor carter', heard, names));
  t.notOk(isNamed('is doctor there today', heard, names), 'no name is in it');
  t.notOk(isNamed('there is doctor carter', heard, names), 'words are not moved');
  t.notOk(isNamed('is doctor carter here', heard, names), 'nor made up');
  t.notOk(isNamed('is [unk] ann', heard, names));
  t.ok(namedSentences(heard, names).includes('is doctor carter there today'));
  t.ok(namedSentences(heard, names).length <= 5, 'a few are enough');
  t.strictSame(namedSentences('내일 끝장', ['끝점', '마법사']), ['내일 끝점'], 'by letters');
  t.strictSame(namedSentences('we need bread', names), [], 'nothing is like a name');
  t.end();
});

void t.test('results of libvosk', (t) => {
  const word = { word: 'yes', start: 10.5, end: 10.9, conf: 0.9 };
  const json = JSON.stringify({
    text: '[3] yes <UNK>',
    result: [{ word: '[3]', start: 10, end: 10.5, conf: 1 }, word, { ...word, word: '<UNK>' }],
  });
  const [plain] = readResult(json, { since: 10, unknown: false });
  t.same(plain, {
    text: 'yes',
    words: [{ word: 'yes', start: 0.5, end: 10.9 - 10, confidence: 0.9 }],
    confidence: 0.9,
  });
  t.equal(readResult(json, { since: 10, unknown: true })[0].text, 'yes [unk]');
  t.match(readResult('{"partial": ""}', { since: 0, unknown: false }), [
    { text: '', words: [], confidence: 0 },
  ]);
  const several = '{"alternatives":[{"text":"a","confidence":90},{"text":"b","confidence":80}]}';
  t.same(
    readResult(several, { since: 0, unknown: false }).map(({ text, confidence }) => [
      text,
      confidence,
    ]),
    [
      ['a', 90],
      ['b', 80],
    ],
  );
  t.end();
});

void t.test('a model is lent as links, tuned', async (t) => {
  const scratch = await scratchFolder();
  t.teardown(scratch.remove);
  for (const folder of ['am', 'conf']) {
    await mkdir(join(scratch.path, 'm', folder), { recursive: true });
  }
  t.throws(() => findModel(scratch.path, 'm'), { code: 'ENGINE_MODEL_MISSING' });
  await writeFile(join(scratch.path, 'm', 'am', 'final.mdl'), 'model');
  await writeFile(join(scratch.path, 'm', 'conf', 'model.conf'), '--beam=10.0\n--min-active=200\n');
  await writeFile(join(scratch.path, 'm', 'conf', 'mfcc.conf'), '--use-energy=false\n');
  const folder = findModel(scratch.path, 'm');
  t.equal(folder, join(scratch.path, 'm'), 'a zip unpacked by hand is found as well');
  let seen = '';
  await withTunedModel(folder, async (copy) => {
    seen = copy;
    t.equal(await readFile(join(copy, 'am', 'final.mdl'), 'utf8'), 'model');
    t.equal(
      await readFile(join(copy, 'conf', 'model.conf'), 'utf8'),
      '--min-active=200\n--max-active=1000\n--beam=8.0\n',
    );
    t.match(await readFile(join(copy, 'conf', 'mfcc.conf'), 'utf8'), /--dither=0\n/u);
  });
  await t.rejects(readdir(seen), { code: 'ENOENT' }, 'and is gone after it');
  t.match(await readFile(join(folder, 'conf', 'model.conf'), 'utf8'), /beam=10/u);
});

void t.test('CPU time is shared out among those at work', async (t) => {
  let used = 0;
  const shares = new CpuShares(() => used);
  const one = { seconds: 0 };
  const two = { seconds: 0 };
  used = 5;
  await shares.charge(one, async () => {
    used = 6;
    await shares.charge(two, () => {
      used = 8;
      return Promise.resolve();
    });
    used = 9;
  });
  used = 20;
  await t.rejects(shares.charge(two, () => Promise.reject(new Error('failed'))));
  t.same([one.seconds, two.seconds], [3, 1], 'what nobody works at is nobody’s');
});

void t.test('noise fills the upper band only where it is empty', (t) => {
  const length = samplesIn(2000);
  /** Low tones, and hiss in the second half if `hiss`. */
  const sound = (hiss: boolean): Pcm =>
    Int16Array.from({ length }, (_, at) => {
      const low = 4000 * Math.sin(at / 5) * Math.sin(at / 900);
      const high = hiss && at > length / 2 ? 3000 * Math.sin(2.7 * at) : 0;
      return Math.round(low + high);
    });
  const telephone = byTelephone(sound(true));
  const filled = new UpperBand();
  const out = filled.fill(telephone);
  t.equal(filled.wide, false);
  const added = out.map((sample, at) => sample - (telephone[at] ?? 0));
  t.ok(rmsDbfs(added) < -50 && rmsDbfs(added) > -75, 'faint');
  t.same(new UpperBand().fill(telephone), out, 'the same audio gets the same noise');
  const quiet = new UpperBand();
  const softer = telephone.map((sample) => sample >> 2);
  const less = quiet.fill(softer).map((sample, at) => sample - (softer[at] ?? 0));
  t.ok(rmsDbfs(less) < rmsDbfs(added) - 8, 'fainter under quiet speech');

  const wide = new UpperBand();
  const heard = sound(true);
  const kept = wide.fill(heard);
  t.equal(wide.wide, true, 'hiss is heard above 5.5 kHz');
  t.ok(kept.every((sample, at) => Math.abs(sample - (heard[at] ?? 0)) <= 3));
  t.equal(wide.fill(new Int16Array([32_767, -32_768])).length, 2);
  t.end();
});
