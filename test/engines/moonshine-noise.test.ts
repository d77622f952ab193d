import { join } from 'node:path';
import t from 'tap';
import { FRAME_SAMPLES, bytesOfPcm, samplesIn } from '../../agent/audio/frame.js';
import type { Pcm } from '../../agent/audio/frame.js';
import { Moonshine } from '../../agent/engines/moonshine.js';
import { PiperVoice } from '../../agent/engines/piper.js';
import { Silero, SileroLines } from '../../agent/engines/silero.js';
import { likelyFor } from '../../agent/speech/expectations.js';
import { modelPlaces } from '../../agent/speech/models.js';
import { startOfTurns, turn } from '../../agent/speech/turn.js';
import { collected, joined } from '../speech/audio.js';
import { withModels } from '../speech/worker-process.js';
import { noises } from './noises.js';

/** With --full ten minutes in all, beside silence. */
const SECONDS = process.env.VESTIBULE_FULL === '1' ? 120 : 30;
/** Babble is made of real words, and another one each time: of 75 decodings none to four gave a text. */
const MOST_OF_BABBLE = 0.1;
/** Each turn is heard in three ways, and one in which a voice stands out gives a text in all of them. */
const TURNS_THAT_STAND_OUT = 2;
const SENTENCES = [
  'I would like to book an appointment with the dentist on Tuesday morning.',
  'Could you tell me when you are open, please, and where I can park?',
  'My name is Margaret and I lost my umbrella in your waiting room yesterday.',
  'The parcel has not arrived although it was sent two weeks ago.',
];

/** The turns that voice activity finds in `pcm`, as their audio. */
async function turnsOf(pcm: Pcm, silero: Silero): Promise<readonly Pcm[]> {
  const lines = new SileroLines(silero);
  let state = startOfTurns;
  let fromMs = 0;
  const turns: Pcm[] = [];
  for (let at = 0; at + FRAME_SAMPLES <= pcm.length; at += FRAME_SAMPLES) {
    const frame = bytesOfPcm(pcm.subarray(at, at + FRAME_SAMPLES));
    for (const { probability, endMs } of await lines.tick([{ line: 1, pcm: frame }])) {
      const decided = turn(state, { kind: 'window', probability, endMs });
      state = decided.state;
      for (const decision of decided.decisions) {
        if (decision.decide === 'begin') fromMs = decision.fromMs;
        if (decision.decide !== 'end') continue;
        const from = samplesIn(Math.max(0, fromMs - 320));
        turns.push(pcm.subarray(from, samplesIn(decision.lastSpeechMs + 200)));
      }
    }
  }
  return turns;
}

void t.test(
  'nothing is heard in noise, tones and music, and next to nothing in babble',
  withModels,
  async (t) => {
    const { models } = modelPlaces();
    const voice = new PiperVoice(join(models, 'en_US-joe-medium'));
    const silero = new Silero(join(models, 'silero-vad', 'silero_vad.onnx'));
    const ear = new Moonshine(join(models, 'moonshine-tiny-en'));
    t.teardown(async () => {
      await silero.stop();
      await ear.stop();
    });
    await voice.start();
    const voices: Pcm[] = [];
    for (const text of SENTENCES) voices.push(await collected(voice.speak(text, { pace: 1 })));
    await voice.stop();
    await silero.start();
    await ear.start();

    const pause = new Int16Array(samplesIn(1500));
    const talk = joined(voices.flatMap((pcm) => [pcm, pause]));
    const said = await turnsOf(talk, silero);
    t.ok(said.length >= SENTENCES.length, 'the same path hears who speaks');
    for (const pcm of said) t.not((await ear.recognise(pcm)).text, '');

    for (const [name, pcm] of noises(SECONDS, voices)) {
      const turns = await turnsOf(joined([pcm, pause]), silero);
      const texts = [];
      for (const heard of turns) {
        texts.push((await ear.recognise(heard)).text);
        texts.push((await ear.recognise(heard, likelyFor('en', 'yes-no'))).text);
        texts.push(await ear.glance(heard.subarray(0, samplesIn(3000))));
      }
      const invented = texts.filter((text) => text !== '');
      const what = `${name}, ${String(turns.length)} turns`;
      if (name === 'babble') {
        const ways = texts.length / turns.length;
        const most = Math.max(TURNS_THAT_STAND_OUT * ways, texts.length * MOST_OF_BABBLE);
        t.ok(
          invented.length <= most,
          `${what}: ${String(invented.length)} of ${String(texts.length)} (${invented.join(' | ')})`,
        );
      } else t.strictSame(invented, [], what);
    }
  },
);
