import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { FRAME_SAMPLES } from '../../agent/audio/frame.js';
import { systemClock } from '../../agent/clock.js';
import { silentLog } from '../../agent/log.js';
import { modelPlaces } from '../../agent/speech/models.js';
import { speechSettings, workerPlaces } from '../../agent/speech/settings.js';
import { SpeechWorkers } from '../../agent/speech/workers.js';
import { WorkerProcess, scratchFolder, withModels } from '../speech/worker-process.js';

const VAD = join('silero-vad', 'silero_vad.onnx');

/** One byte of the weights is another: the file loads as before. */
async function damage(path: string): Promise<void> {
  const bytes = await readFile(path);
  const at = Math.floor(bytes.length / 2);
  bytes[at] = (bytes[at] ?? 0) ^ 0x40;
  await writeFile(path, bytes);
}

void t.test('one wrong byte is found by the checksum', withModels, async (t) => {
  const scratch = await scratchFolder();
  t.teardown(scratch.remove);
  await mkdir(join(scratch.path, 'silero-vad'));
  const file = join(scratch.path, VAD);
  await copyFile(join(modelPlaces().models, VAD), file);
  await damage(file);
  const worker = new WorkerProcess('vad', join(scratch.path, 'vad.sock'), scratch.path);
  worker.spawn();
  t.equal(await worker.ended(), 1);
  t.match(worker.errors, /^ENGINE_MODEL_DAMAGED: .*silero_vad\.onnx.*checksum/u);
});

void t.test(
  'a worker stays with a model that cannot be used, until it is mended',
  withModels,
  async (t) => {
    const scratch = await scratchFolder();
    const clock = systemClock();
    const places = workerPlaces(
      speechSettings.parse({ recognisers: 1, recognition: { en: { final: 'moonshine-tiny-en' } } }),
      scratch.path,
    ).filter(({ kind }) => kind === 'vad' || kind === 'recogniser');
    const processes = places.map(
      ({ kind, socket }) => new WorkerProcess(kind, socket, scratch.path, ['--stay']),
    );
    const workers = new SpeechWorkers(places, clock, silentLog);
    t.teardown(async () => {
      await workers.stop();
      for (const worker of processes) await worker.end();
      await scratch.remove();
    });
    const [vad, recogniser] = processes as [WorkerProcess, WorkerProcess];
    await mkdir(join(scratch.path, 'silero-vad'));
    await copyFile(join(modelPlaces().models, VAD), join(scratch.path, VAD));
    await damage(join(scratch.path, VAD));
    await workers.start();
    for (const worker of processes) worker.spawn();
    while ((await workers.unfit()).size < 2) await sleep(50);
    t.same(
      (await workers.missing(60_000)).toSorted(),
      ['recogniser-1', 'vad'],
      'nobody waits for it',
    );
    const unfit = await workers.unfit();
    t.match(unfit.get('vad'), /ENGINE_MODEL_DAMAGED: .*silero_vad\.onnx.*checksum/u);
    t.match(unfit.get('recogniser-1'), /ENGINE_MODEL_MISSING: .*moonshine-tiny-en/u);

    const utterance = workers.recogniser.listen({ language: 'en' });
    utterance.push(new Int16Array(FRAME_SAMPLES * 50));
    await t.rejects(
      utterance.finish(),
      { code: 'SPEECH_WORKER_FAILED' },
      'refused, and not waited for',
    );

    await copyFile(join(modelPlaces().models, VAD), join(scratch.path, VAD));
    await vad.serves();
    t.same(await workers.missing(), ['recogniser-1'], 'what is mended goes on by itself');
    for (const { errors } of [vad, recogniser]) {
      t.equal(errors.match(/ENGINE_MODEL_/gu)?.length, 1, 'what is wrong was told once');
    }
    t.equal(await recogniser.end(), 0, 'one that waits ends when it is told to');
  },
);
