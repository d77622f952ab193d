import { SAMPLE_RATE } from '../audio/frame.js';
import type { Pcm } from '../audio/frame.js';
import { levelled } from '../audio/loudness.js';
import { resample } from '../audio/resample.js';
import { decodeWav } from '../audio/wav.js';
import { respelled } from '../speech/pronunciation.js';
import { readOut } from '../speech/read-out.js';
import type { ClauseVoice, Manner } from './clause-voice.js';
import { paceOf, withPause } from './clause-voice.js';
import { clausesOf } from './clauses.js';
import { engineErrors } from './errors.js';
import { espeakNg } from './espeak-program.js';

/** The name of this voice among those of the catalogue. */
export const ESPEAK_NG = 'espeak-ng';

/** Words a minute at pace 1: its own 175 are too fast on a telephone. */
const WORDS_A_MINUTE = 150;

/**
 * Speech by the espeak-ng program, for languages that have no neural voice: plain, but understood,
 * and at once. It is spawned for each clause.
 */
export class EspeakVoice implements ClauseVoice {
  /** Finds out whether the program is there. Throws ENGINE_PHONEMES. */
  async start(): Promise<void> {
    await espeakNg(['-q', '-v', 'en'], 'ready');
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  /** Throws ENGINE_BAD_REQUEST for what is no language, ENGINE_PHONEMES for one it does not know. */
  async *speak(text: string, manner: Manner): AsyncGenerator<Pcm> {
    const { language, pace, pronunciations = [], fromClause = 0 } = manner;
    if (!/^[a-z]{2,3}(?:-[a-z0-9]{1,8})*$/iu.test(language)) {
      throw engineErrors.make('BAD_REQUEST', { detail: 'language' });
    }
    const clauses = clausesOf(readOut(text, language), { language });
    for (const clause of clauses.slice(fromClause)) {
      const speed = String(Math.round(WORDS_A_MINUTE * paceOf(clause, pace)));
      const words = clause.phrases
        .map((phrase) => respelled(phrase.text, pronunciations) + phrase.mark)
        .join(' ');
      // -z: no silence at the end, since how long it is is ours to say.
      const wav = await espeakNg(['-v', language, '-s', speed, '-z', '--stdout'], words);
      yield withPause(atOurLevel(wav), clause.pause, pace);
    }
  }
}

function atOurLevel(wav: Uint8Array): Pcm {
  const { channels, rate } = decodeWav(wav, ESPEAK_NG);
  const samples = Float32Array.from(channels[0] ?? [], (sample) => sample / 32_768);
  return resample(levelled(samples, rate), rate, SAMPLE_RATE);
}
