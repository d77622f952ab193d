import { join } from 'node:path';
import t from 'tap';
import { FRAME_SAMPLES, SAMPLE_RATE, samplesIn } from '../../agent/audio/frame.js';
import type { Pcm } from '../../agent/audio/frame.js';
import { systemClock, type Clock } from '../../agent/clock.js';
import { silentLog } from '../../agent/log.js';
import { speechSettings, workerPlaces } from '../../agent/speech/settings.js';
import { SpeechWorkers } from '../../agent/speech/workers.js';
import { byTelephone, collected, joined, wordErrors } from './audio.js';
import { WorkerProcess, scratchFolder, withModels } from './worker-process.js';

const SENTENCE = 'I would like to see the dentist on Tuesday morning, if that is possible.';

const framesOf = (pcm: Pcm): Pcm[] =>
  Array.from({ length: Math.floor(pcm.length / FRAME_SAMPLES) }, (_, at) =>
    pcm.subarray(at * FRAME_SAMPLES, (at + 1) * FRAME_SAMPLES),
  );

void t.test('the speech workers, over the wire', withModels, async (t) => {
  const machine = systemClock();
  // How long one worker may keep an answer waiting is for tests that hold the clock: here a busy machine may
  // take four times that until a new process has its model.
  const clock: Clock = {
    ...machine,
    after: (delay, run) => machine.after(delay < 1000 ? delay : delay * 4, run),
  };
  const scratch = await scratchFolder();
  // Where an English Vosk model is installed as well, it would give the partial text.
  const recognition = { en: { final: 'moonshine-tiny-en' } };
  const places = workerPlaces(speechSettings.parse({ recognition }), scratch.path);
  const processes = new Map(
    places.map(({ name, kind, socket }) => [name, new WorkerProcess(kind, socket)]),
  );
  const workers = new SpeechWorkers(places, clock, silentLog);
  t.teardown(async () => {
    await workers.stop();
    for (const worker of processes.values()) await worker.end();
    await scratch.remove();
  });
  // The clients come first on purpose: workers that are not there yet are waited for.
  await workers.start();
  await workers.start();
  for (const worker of processes.values()) worker.spawn();
  t.same(await workers.missing(20_000), [], 'all serve');

  const said = await collected(workers.voice.speak(SENTENCE, { language: 'en' }));
  const heard = byTelephone(said);

  await t.test('what Piper says is understood after the telephone', async (t) => {
    const utterance = workers.recogniser.listen({ language: 'en' });
    for (const frame of framesOf(heard)) utterance.push(frame);
    const guess = await utterance.speculate();
    const final = await utterance.finish();
    // What a hurried guess left out is sought at the end; Piper says a sentence a little otherwise each time.
    if (guess.provisional !== true)
      t.equal(final, guess, 'nothing came since the speculation, so it is the answer');
    t.equal(await utterance.finish(), final, 'finish may be called twice');
    t.ok(wordErrors(SENTENCE, final.text) <= 0.1, `understood: ${final.text}`);
    t.equal(final.words.map(({ word }) => word).join(' '), final.text);
    t.ok(final.words.every(({ confidence }) => confidence > 0 && confidence <= 1.000_1));
    t.ok(final.words.every(({ start, end }) => start <= end && end <= final.secondsAudio + 0.01));
    t.ok(final.confidence > 0.6);
    t.ok(Math.abs(final.secondsAudio - heard.length / SAMPLE_RATE) < 0.05);
  });

  await t.test('more audio after a speculation is part of the final text', async (t) => {
    const utterance = workers.recogniser.listen({ language: 'en' });
    const frames = framesOf(heard);
    for (const frame of frames.slice(0, frames.length >> 1)) utterance.push(frame);
    const guess = await utterance.speculate();
    for (const frame of frames.slice(frames.length >> 1)) utterance.push(frame);
    const final = await utterance.finish();
    t.not(final.text, guess.text);
    t.ok(wordErrors(SENTENCE, final.text) <= 0.1);
  });

  await t.test('a long recording pushed at once arrives whole', async (t) => {
    const utterance = workers.recogniser.listen({ language: 'en' });
    const long = joined(Array.from({ length: 6 }, () => heard));
    t.ok(long.length / SAMPLE_RATE > 18);
    for (const frame of framesOf(long)) utterance.push(frame);
    const { text, secondsAudio } = await utterance.finish();
    t.ok(Math.abs(secondsAudio - long.length / SAMPLE_RATE) < 0.05);
    // Whole, not faultless: a window that was cut elsewhere may be heard otherwise.
    t.equal(text.match(/possible/gu)?.length, 6, text);
  });

  await t.test('a cancelled utterance rejects what is asked of it', async (t) => {
    const utterance = workers.recogniser.listen({ language: 'en' });
    utterance.push(heard.subarray(0, FRAME_SAMPLES));
    const asked = t.rejects(utterance.finish(), { code: 'SPEECH_CANCELLED' });
    utterance.cancel();
    utterance.cancel();
    await asked;
  });

  await t.test('a recogniser killed in the middle costs nothing but a re-send', async (t) => {
    const utterances = [1, 2].map(() => workers.recogniser.listen({ language: 'en' }));
    const frames = framesOf(heard);
    const half = frames.length >> 1;
    for (const frame of frames.slice(0, half)) for (const one of utterances) one.push(frame);
    // Each of the two workers has one of them; one worker dies with what it heard.
    await processes.get('recogniser-1')?.end('SIGKILL');
    for (const frame of frames.slice(half)) for (const one of utterances) one.push(frame);
    const results = await Promise.all(utterances.map((one) => one.finish()));
    for (const { text } of results) t.ok(wordErrors(SENTENCE, text) <= 0.1, text);
    t.same(await workers.missing(), ['recogniser-1']);
    // Its socket is still there: the next process must take it over.
    processes.get('recogniser-1')?.spawn();
    t.same(await workers.missing(20_000), []);
  });

  await t.test('with both recognisers dead the question waits for the next one', async (t) => {
    const utterance = workers.recogniser.listen({ language: 'en' });
    for (const frame of framesOf(heard)) utterance.push(frame);
    const names = ['recogniser-1', 'recogniser-2'];
    for (const name of names) await processes.get(name)?.end('SIGKILL');
    const asked = utterance.finish();
    for (const name of names) processes.get(name)?.spawn();
    t.ok(wordErrors(SENTENCE, (await asked).text) <= 0.1);
    t.same(await workers.missing(20_000), []);
  });

  await t.test('voice activity tells speech from silence on every line', async (t) => {
    const silence = new Int16Array(samplesIn(1000));
    const windows = [0, 1, 2].map(() => [] as { probability: number; endMs: number }[]);
    const lines = windows.map((list) =>
      workers.voiceActivity.open((probability, endMs) => list.push({ probability, endMs })),
    );
    const speech = joined([silence, heard, silence]);
    const quiet = new Int16Array(speech.length);
    for (const [at, frame] of framesOf(speech).entries()) {
      lines[0]?.push(frame);
      lines[1]?.push(quiet.subarray(0, FRAME_SAMPLES));
      lines[2]?.push(frame);
      if (at % 25 === 0) await clock.sleep(2);
    }
    const expected = Math.floor((framesOf(speech).length * FRAME_SAMPLES) / 512);
    while (windows.some((list) => list.length < expected)) await clock.sleep(10);
    const [first = [], second = [], third = []] = windows;
    const spoken = first.filter(({ endMs }) => endMs > 1200 && endMs < 1000 + said.length / 16);
    const voiced = spoken.filter(({ probability }) => probability > 0.5).length;
    t.ok(voiced / spoken.length > 0.7, 'speech is speech');
    const before = first.filter(({ endMs }) => endMs < 900);
    t.ok(
      before.every(({ probability }) => probability < 0.3),
      'silence before it is not',
    );
    t.ok(
      second.every(({ probability }) => probability < 0.3),
      'a silent line stays silent',
    );
    t.same(
      third.map(({ endMs }) => endMs),
      first.map(({ endMs }) => endMs),
    );
    t.ok(
      third.every(({ probability }, at) => Math.abs(probability - first[at]!.probability) < 1e-3),
      'lines in one batch do not touch one another',
    );
    t.equal(first.at(-1)?.endMs, expected * 32);

    await processes.get('vad')?.end('SIGKILL');
    for (const frame of framesOf(silence)) lines[0]?.push(frame);
    processes.get('vad')?.spawn();
    t.same(await workers.missing(20_000), []);
    const count = first.length;
    const pushed = framesOf(speech).length + framesOf(silence).length;
    let more = 0;
    while (first.length < count + 5) {
      lines[0]?.push(quiet.subarray(0, FRAME_SAMPLES));
      more += 1;
      await clock.sleep(5);
    }
    const times = first.slice(count).map(({ endMs }) => endMs);
    t.ok(
      times.every((ms) => ms > pushed * 20),
      'the times of the line went on while it was away',
    );
    t.ok(times.every((ms) => ms <= (pushed + more) * 20));

    lines[0]?.reset();
    for (const line of [...lines, ...lines]) line.close();
  });

  await t.test('the encoder puts like beside like', async (t) => {
    const texts = ['Can I make an appointment?', 'I want to book a visit', 'Where do you park?'];
    const embedded = await workers.encoder.embed(texts);
    const [a, b, c] = embedded.map(({ vector }) => vector);
    const dot = (x: Float32Array, y: Float32Array): number =>
      x.reduce((sum, value, at) => sum + value * (y[at] ?? 0), 0);
    t.ok(Math.abs(dot(a!, a!) - 1) < 1e-3, 'vectors have unit length');
    t.ok(dot(a!, b!) > dot(a!, c!) + 0.2);
    t.equal(embedded[0]?.logits, undefined);
    const [alone] = await workers.encoder.embed([texts[1]!]);
    t.same(alone?.vector, b, 'a vector does not depend on its neighbours');
    await t.rejects(workers.encoder.embed(['x'], join(scratch.path, 'none.onnx')), {
      code: 'SPEECH_WORKER_FAILED',
    });
  });

  await t.test('a voice that is not there is refused, and the worker lives on', async (t) => {
    const settings = { language: 'en', voice: 'nobody' };
    await t.rejects(collected(workers.voice.speak('Hello.', settings)), {
      code: 'SPEECH_WORKER_FAILED',
      message: /ENGINE_MODEL_MISSING/u,
    });
    t.ok((await collected(workers.voice.speak('Hello.', { language: 'en' }))).length > 0);
  });

  await t.test('workers describe themselves', async (t) => {
    const described = await workers.describe();
    t.equal(described.size, 5);
    t.equal(described.get('vad')?.worker, 'vad');
    t.same(described.get('recogniser-2')?.models, ['moonshine-tiny-en']);
    t.ok((described.get('voice')?.residentBytes ?? 0) > 1e6);
  });
});
