import t from 'tap';
import { encoderFor, voiceFor } from '../../agent/speech/language-models.js';
import { runsHere, speechSettings, workerPlaces } from '../../agent/speech/settings.js';
import type { WorkerPlace } from '../../agent/speech/settings.js';

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

const TLS = { ca: '/c/ca.crt', certificate: '/c/tls.crt', key: '/c/tls.key' };

/** The workers of settings, without their models: name, kind and where. */
const placesOf = (settings: Record<string, unknown>): readonly WorkerPlace[] =>
  workerPlaces(speechSettings.parse({ models: '/none', ...settings }), '/run');

void t.test('workers elsewhere take the place of those here', (t) => {
  const elsewhere = [
    { name: 'hall', address: 'hall.lan:7443', workers: 2 },
    { name: 'yard', address: '10.0.0.2:7443', model: 'vosk-model-en' },
    { name: 'choir', kind: 'voice', address: 'choir.lan:7443' },
  ];
  const places = placesOf({ elsewhere, tls: TLS });
  t.strictSame(
    places.map(({ name }) => name),
    ['vad', 'hall-1', 'hall-2', 'yard', 'choir', 'encoder'],
  );
  const hall = { kind: 'recogniser', socket: 'hall.lan:7443', elsewhere: true, tls: TLS };
  t.strictSame(places[1], { name: 'hall-1', ...hall, model: 'moonshine-tiny-en' });
  t.equal(places[3]?.model, 'vosk-model-en');
  t.strictSame(
    places.filter(runsHere).map(({ name }) => name),
    ['vad', 'encoder'],
  );
  const names = placesOf({ elsewhere, tls: TLS, recognisers: 1 }).map(({ name }) => name);
  t.strictSame(
    names.slice(0, 3),
    ['vad', 'recogniser-1', 'hall-1'],
    'one stays, if it is asked for',
  );
  const [, near] = placesOf({ elsewhere: [{ name: 'near', address: '127.0.0.1:7443' }] });
  t.equal(near?.tls, undefined, 'on this machine nothing needs a seal');
  t.end();
});

void t.test('workers elsewhere that cannot be', (t) => {
  const one = { name: 'hall', address: 'hall.lan:7443' };
  const parse = (elsewhere: readonly object[], tls?: object): unknown =>
    speechSettings.parse({ elsewhere, ...(tls && { tls }) });
  t.throws(() => parse([one]), /unsealed/u);
  t.throws(() => parse([one, one], TLS), /taken/u);
  const voices = ['a', 'b'].map((name) => ({ ...one, name, kind: 'voice' }));
  t.throws(() => parse(voices, TLS), /one of this kind/u);
  t.throws(() => parse([{ ...one, kind: 'vad' }], TLS));
  t.throws(() => parse([one], { ...TLS, ca: 'ca.crt' }), /absolute/u);
  t.end();
});
