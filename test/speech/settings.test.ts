import t from 'tap';
import { encoderFor, voiceFor } from '../../agent/speech/language-models.js';
import { speechSettings, workerPlaces } from '../../agent/speech/settings.js';

/** Models of the voice and the encoder for settings. */
const modelsOf = (settings: Record<string, unknown>): readonly (string | undefined)[] =>
  workerPlaces(speechSettings.parse(settings), '/run')
    .filter(({ kind }) => kind === 'voice' || kind === 'encoder')
    .map(({ model }) => model);

void t.test('voice and encoder follow the language', (t) => {
  t.strictSame(modelsOf({}), ['en_US-joe-medium', 'all-MiniLM-L6-v2']);
  t.strictSame(modelsOf({ language: 'ko' }), ['espeak-ng', 'char-ngram']);
  t.strictSame(modelsOf({ language: 'de', voice: 'de_DE-x' }), ['de_DE-x', 'char-ngram']);
  t.equal(voiceFor('en-GB'), voiceFor('en'));
  t.equal(encoderFor('ko-KR'), 'char-ngram');
  t.end();
});
