import { writeFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { checkHealth } from '../../agent/wire/health.js';
import { WorkerProcess, scratchFolder, withModels } from '../speech/worker-process.js';

void t.test('a missing model is one line with its mend', async (t) => {
  const scratch = await scratchFolder();
  t.teardown(scratch.remove);
  for (const kind of ['vad', 'recogniser', 'voice', 'encoder'] as const) {
    const worker = new WorkerProcess(kind, join(scratch.path, `${kind}.sock`), scratch.path);
    worker.spawn();
    t.equal(await worker.ended(), 1);
    t.match(worker.errors, /^ENGINE_MODEL_MISSING: .*fetch-models\.\n$/u);
  }
});

void t.test('a damaged model is one line with its path', async (t) => {
  const scratch = await scratchFolder();
  t.teardown(scratch.remove);
  await mkdir(join(scratch.path, 'silero-vad'));
  await writeFile(join(scratch.path, 'silero-vad', 'silero_vad.onnx'), 'not a model');
  const worker = new WorkerProcess('vad', join(scratch.path, 'vad.sock'), scratch.path);
  worker.spawn();
  t.equal(await worker.ended(), 1);
  t.match(worker.errors, /^ENGINE_MODEL_DAMAGED: .*silero_vad\.onnx.*\n$/u);
  t.equal(worker.errors.split('\n').length, 2);
});

void t.test('a worker beats, and ends with its supervisor', withModels, async (t) => {
  const scratch = await scratchFolder();
  t.teardown(scratch.remove);
  const worker = new WorkerProcess('vad', join(scratch.path, 'vad.sock'));
  worker.spawn();
  const address = `unix:${worker.socket}`;
  while (!(await checkHealth(address, 1000))) await new Promise((go) => setTimeout(go, 20));
  t.equal(await checkHealth(address, 1000, 'vestibule.speech.v1.Speech'), true);
  while (worker.beats.length < 2) await new Promise((go) => setTimeout(go, 50));
  t.same(worker.beats.slice(0, 2), [1, 2]);
  t.equal(await worker.orphan(), 0);
  t.equal(await checkHealth(address, 300), false);
});
