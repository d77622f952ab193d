import { join } from 'node:path';
import t from 'tap';
import { SAMPLE_RATE, samplesIn } from '../../agent/audio/frame.js';
import { voicedFrames } from '../../agent/audio/level.js';
import type { Pcm } from '../../agent/audio/frame.js';
import { Moonshine } from '../../agent/engines/moonshine.js';
import { PiperVoice } from '../../agent/engines/piper.js';
import type { RecognizeResult } from '../../agent/speech/protocol.js';
import { modelPlaces } from '../../agent/speech/models.js';
import { byTelephone, collected, joined } from '../speech/audio.js';
import { withModels } from '../speech/worker-process.js';

/** What is said, and the silence after it, in milliseconds. */
const PARTS = [
  ['Tomorrow afternoon,', 900],
  ['please.', 250],
  ['My sister comes.', 0],
] as const;

const plain = (word: string): string => word.toLowerCase().replaceAll(/[^a-z]/gu, '');

void t.test('measured word times lie where the words are', withModels, async (t) => {
  const { models } = modelPlaces();
  const voice = new PiperVoice(join(models, 'en_US-joe-medium'));
  const ear = new Moonshine(join(models, 'moonshine-tiny-en'));
  t.teardown(async () => {
    await voice.stop();
    await ear.stop();
  });
  await voice.start();
  await ear.start();
  const pieces: Pcm[] = [];
  const places = new Map<string, { from: number; to: number }>();
  let at = 0;
  for (const [text, silenceMs] of PARTS) {
    const pcm = await collected(voice.speak(text, { pace: 1 }));
    const voiced = voicedFrames(pcm, 320);
    const from = at + voiced.indexOf(true) / 50;
    const to = at + (voiced.lastIndexOf(true) + 1) / 50;
    for (const word of text.split(' ')) places.set(plain(word), { from, to });
    pieces.push(pcm, new Int16Array(samplesIn(silenceMs)));
    at += pcm.length / SAMPLE_RATE + silenceMs / 1000;
  }
  const pcm = byTelephone(joined(pieces));
  /** The farthest that a word lies outside of the piece in which it is said, in seconds. */
  const farthest = ({ words }: RecognizeResult): number =>
    Math.max(
      ...words.map(({ word, start, end }) => {
        const place = places.get(plain(word));
        return place === undefined ? 0 : Math.max(place.from - start, end - place.to);
      }),
    );
  const guessed = await ear.recognise(pcm);
  const measured = await ear.recognise(pcm, { wordTimes: true });
  t.equal(measured.text, guessed.text);
  const known = measured.words.filter(({ word }) => places.has(plain(word)));
  t.ok(known.length >= 5, measured.text);
  t.ok(farthest(measured) < 0.25, `measured: ${farthest(measured).toFixed(2)} s`);
  t.ok(farthest(guessed) > 0.25, `shared out: ${farthest(guessed).toFixed(2)} s`);
  t.ok(
    [...guessed.words, ...measured.words].every(({ estimated }) => estimated === true),
    'both are marked',
  );
  const starts = measured.words.map(({ start }) => start);
  t.strictSame(
    starts,
    starts.toSorted((a, b) => a - b),
  );
});
