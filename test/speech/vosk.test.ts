import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import type { Pcm } from '../../agent/audio/frame.js';
import { FRAME_SAMPLES, samplesIn } from '../../agent/audio/frame.js';
import { systemClock } from '../../agent/clock.js';
import { silentLog } from '../../agent/log.js';
import type { Recognised, Recogniser } from '../../agent/speech/ports.js';
import {
  installedRecognisers,
  recogniserFor,
  rolesFor,
} from '../../agent/speech/recogniser-choice.js';
import { RecogniserPair } from '../../agent/speech/recogniser-pair.js';
import { speechSettings, workerPlaces } from '../../agent/speech/settings.js';
import type { WorkerPlace } from '../../agent/speech/settings.js';
import { SpeechWorkers } from '../../agent/speech/workers.js';
import { MODEL, framesOf, letterErrors, someSpeech, withKorean } from '../engines/vosk/korean.js';
import { english } from '../engines/vosk/english.js';
import { WorkerProcess, scratchFolder, withModels } from './worker-process.js';

void t.test('Vosk over the wire', withKorean, async (t) => {
  const scratch = await scratchFolder();
  const places = ['one', 'two'].map((name): WorkerPlace => ({
    name,
    kind: 'recogniser',
    socket: join(scratch.path, name),
  }));
  const processes = places.map(
    ({ socket }) => new WorkerProcess('recogniser', socket, undefined, ['--model', MODEL]),
  );
  const workers = new SpeechWorkers(places, systemClock(), silentLog);
  t.teardown(async () => {
    await workers.stop();
    for (const worker of processes) await worker.end();
    await scratch.remove();
  });
  for (const worker of processes) worker.spawn();
  await workers.start();
  t.same(await workers.missing(20_000), []);
  const speech = someSpeech();
  const hear = async (use: (push: (pcm: Pcm) => void) => Promise<void>): Promise<Recognised> => {
    const utterance = workers.recogniser.listen({ language: 'ko' });
    await use((pcm) => {
      for (const frame of framesOf(pcm)) utterance.push(frame);
    });
    return utterance.finish();
  };
  const whole = await hear((push) => {
    push(speech);
    return Promise.resolve();
  });
  t.ok(whole.text.length > 0);
  t.equal(whole.engine, MODEL);

  await t.test('partial text grows while audio comes', async (t) => {
    const partials: string[] = [];
    const utterance = workers.recogniser.listen({ language: 'ko' }, (text) => partials.push(text));
    const half = 80 * FRAME_SAMPLES;
    for (const frame of framesOf(speech.subarray(0, half))) utterance.push(frame);
    const guess = await utterance.speculate();
    const seen = partials.length;
    t.ok(seen > 0, 'before all has come');
    t.equal(guess.text, partials.at(-1));
    for (const frame of framesOf(speech.subarray(half))) utterance.push(frame);
    const later = await utterance.speculate();
    const final = await utterance.finish();
    t.ok(partials.length > seen);
    t.ok(later.text.length > guess.text.length);
    t.ok(
      final.words.length >= later.words.length,
      'a speculation on a streaming engine is no answer: the rest is decoded at the end',
    );
    const { wrong, letters } = letterErrors(whole.text, final.text);
    t.ok(wrong / letters < 0.3);
  });

  await t.test('a worker killed in the middle costs nothing but a re-send', async (t) => {
    const half = 80 * FRAME_SAMPLES;
    const utterances = processes.map(() => workers.recogniser.listen({ language: 'ko' }));
    const push = (pcm: Pcm): void => {
      for (const frame of framesOf(pcm)) for (const one of utterances) one.push(frame);
    };
    // Each worker has one of them; one worker dies with what it heard.
    push(speech.subarray(0, half));
    await processes[0]?.end('SIGKILL');
    push(speech.subarray(half));
    for (const { text, secondsAudio } of await Promise.all(utterances.map((one) => one.finish()))) {
      t.equal(text, whole.text, 'all of it was heard');
      t.ok(Math.abs(secondsAudio - speech.length / 16_000) < 0.05);
    }
    t.same(await workers.missing(), ['one']);
  });

  await t.test(
    'no audio is no text, and a cancelled utterance hands its recogniser back',
    async (t) => {
      t.match(await hear(() => Promise.resolve()), { text: '', words: [], confidence: 0 });
      const silence = await hear((push) => {
        push(new Int16Array(samplesIn(500)));
        return Promise.resolve();
      });
      t.equal(silence.text, '');
      for (let round = 0; round < 4; round += 1) {
        const utterance = workers.recogniser.listen({ language: 'ko' });
        utterance.push(speech.subarray(0, samplesIn(200)));
        await new Promise((go) => setImmediate(go));
        utterance.cancel();
      }
      const after = await hear((push) => {
        push(speech);
        return Promise.resolve();
      });
      t.equal(after.text, whole.text);
    },
  );
});

/** A recogniser that notes what is done with it. */
function noted(name: string): { recogniser: Recogniser; notes: string[] } {
  const notes: string[] = [];
  const result: Recognised = {
    ...{ text: name, words: [], confidence: 1, engine: name, secondsAudio: 0, secondsCpu: 0 },
  };
  return {
    notes,
    recogniser: {
      listen(_, onPartial) {
        notes.push('listen');
        return {
          push: () => {
            notes.push('push');
            onPartial?.(`${name} grows`);
          },
          speculate: () => Promise.resolve(result),
          finish: () => {
            notes.push('finish');
            return Promise.resolve(result);
          },
          cancel: () => notes.push('cancel'),
        };
      },
    },
  };
}

void t.test('two engines as one', async (t) => {
  const final = noted('final');
  const partial = noted('partial');
  const pair = new RecogniserPair(final.recogniser, partial.recogniser);
  const heard: string[] = [];
  const utterance = pair.listen({ language: 'en' }, (text) => heard.push(text));
  utterance.push(new Int16Array(320));
  t.equal((await utterance.speculate()).text, 'final');
  t.equal((await utterance.finish()).text, 'final');
  t.same(heard, ['partial grows'], 'growing text is of the second only');
  t.same(final.notes, ['listen', 'push', 'finish']);
  t.same(partial.notes, ['listen', 'push', 'cancel']);
  pair.listen({ language: 'en' }, () => undefined).cancel();
  t.same(final.notes.slice(-2), ['listen', 'cancel']);
  t.same(partial.notes.slice(-2), ['listen', 'cancel']);
  const alone = pair.listen({ language: 'en' });
  await alone.finish();
  t.equal(partial.notes.length, 5, 'who wants no partial text does not pay for it');
});

const both = 'skip' in withModels ? withModels : withKorean;
void t.test('Moonshine for the final text, Vosk for the growing one', both, async (t) => {
  const scratch = await scratchFolder();
  // The Korean model stands in for an English one: that its words are nonsense tells them apart.
  const recognition = { en: { final: 'moonshine-tiny-en', partial: MODEL } };
  const settings = speechSettings.parse({ recognition, recognisers: 1 });
  const places = workerPlaces(settings, scratch.path).filter(({ kind }) => kind === 'recogniser');
  const processes = places.map(
    ({ socket, model = '' }) =>
      new WorkerProcess('recogniser', socket, undefined, ['--model', model]),
  );
  const workers = new SpeechWorkers(places, systemClock(), silentLog);
  t.teardown(async () => {
    await workers.stop();
    for (const worker of processes) await worker.end();
    await scratch.remove();
  });
  t.equal(places.length, 2);
  await workers.start();
  processes[0]?.spawn();
  t.same(await workers.missing(20_000), [], 'nobody waits for partial text');
  const speech = english();
  const hear = async (partials: string[]): Promise<Recognised> => {
    const utterance = workers.recogniser.listen({ language: 'en' }, (text) => partials.push(text));
    for (const frame of framesOf(speech)) {
      utterance.push(frame);
      await new Promise((go) => setTimeout(go, 5));
    }
    return utterance.finish();
  };
  const none: string[] = [];
  t.match((await hear(none)).text, /appointment/u, 'without the second engine there is a first');
  t.same(none, []);
  processes[1]?.spawn();
  await processes[1]?.serves();
  // The second engine is avoided for a moment after it was not there.
  const partials: string[] = [];
  for (let round = 0; round < 5 && partials.length === 0; round += 1) {
    t.match(await hear(partials), { text: /appointment/u, engine: 'moonshine-tiny-en' });
  }
  t.ok(partials.length > 0);
  t.notMatch(partials.join(' '), /[a-z]{3}/u, 'no word of Moonshine among them');
});

async function modelsWith(folder: string, ...names: readonly string[]): Promise<string> {
  for (const name of names) {
    const file = name.startsWith('moonshine')
      ? join(folder, name, 'decoder_model_merged.ort')
      : join(folder, name, 'model', 'am', 'final.mdl');
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, '');
  }
  return folder;
}

void t.test('which models recognise follows from what is installed', async (t) => {
  const scratch = await scratchFolder();
  t.teardown(scratch.remove);
  const english = 'vosk-model-small-en-us-0.15';
  const folder = await modelsWith(scratch.path, 'moonshine-tiny-en', english, MODEL, 'silero-vad');
  await mkdir(join(folder, 'vosk-model-fr'));
  const installed = installedRecognisers(folder);
  t.same(
    installed.map(({ name, engine, language }) => [name, engine, language]),
    [
      ['moonshine-tiny-en', 'moonshine', 'en'],
      [MODEL, 'vosk', 'ko'],
      [english, 'vosk', 'en'],
    ],
    'a folder without a model in it is none',
  );
  t.same(installedRecognisers('/none'), []);
  t.same(rolesFor('en-GB', undefined, installed, false), {
    final: 'moonshine-tiny-en',
    partial: english,
  });
  t.same(rolesFor('ko', undefined, installed, false), { final: MODEL, partial: undefined });
  t.same(rolesFor('en', undefined, installed, true), {
    final: 'moonshine-tiny-en',
    partial: 'vosk-server',
  });
  t.same(rolesFor('de', undefined, [], false), { final: 'vosk-model-de', partial: undefined });
  t.same(rolesFor('en', undefined, [], false), { final: 'moonshine-tiny-en', partial: undefined });
  t.same(rolesFor('en', { final: english, partial: 'none' }, installed, true), {
    final: english,
    partial: undefined,
  });
  t.equal(recogniserFor(folder, 'en', undefined).engine, 'moonshine');
  t.equal(recogniserFor(folder, 'en-US', 'vosk').name, english);
  t.throws(() => recogniserFor(folder, 'ko', 'moonshine'), { code: 'SPEECH_NO_RECOGNISER' });

  const placesOf = (settings: object): readonly WorkerPlace[] =>
    workerPlaces(speechSettings.parse({ models: folder, ...settings }), '/s').filter(
      ({ kind }) => kind === 'recogniser',
    );
  const named = (settings: object) => placesOf(settings).map(({ name, model }) => [name, model]);
  t.same(named({}), [
    ['recogniser-1', 'moonshine-tiny-en'],
    ['recogniser-2', 'moonshine-tiny-en'],
    ['partials-1', english],
  ]);
  t.same(named({ language: 'ko' }), [['recogniser-1', MODEL]], 'one Vosk works on all cores');
  t.same(named({ language: 'ko', recognisers: 2 }).length, 2);
  t.match(placesOf({ voskListen: '127.0.0.1:5001' }).at(-1), {
    name: 'partials-1',
    partial: true,
    voskListen: '127.0.0.1:5001',
  });
  t.match(placesOf({ language: 'ko', voskServers: ['pbx:5001', 'pbx:5002'] }), [
    { name: 'vosk-server-1', socket: 'pbx:5001', foreign: true },
    { name: 'vosk-server-2', socket: 'pbx:5002', foreign: true },
  ]);
  t.throws(() => speechSettings.parse({ voskServers: ['http://pbx'] }), /host:port/u);
});
