import { cpSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { Configured } from '../../../agent/house/doctor/check.js';
import { speechChecks } from '../../../agent/house/doctor/speech.js';
import { thisMachine } from '../../../agent/house/doctor/this-machine.js';
import { modelPlaces } from '../../../agent/speech/models.js';
import { withModels } from '../../speech/worker-process.js';

const DAMAGED = 'silero-vad';
const FILE = 'silero_vad.onnx';

void t.test('a damaged model is named with its file, and a missing one', withModels, async (t) => {
  const real = modelPlaces().models;
  const models = t.testdir({});
  for (const name of readdirSync(real)) {
    if (name !== DAMAGED) symlinkSync(join(real, name), join(models, name));
  }
  cpSync(join(real, DAMAGED), join(models, DAMAGED), { recursive: true, dereference: true });
  const check = speechChecks.find(({ id }) => id === 'models.verified');
  const patient = { env: process.env, models, machine: thisMachine } as unknown as Configured;
  t.match(await check?.run(patient), { status: 'ok' }, 'as it was fetched');

  const path = join(models, DAMAGED, FILE);
  const bytes = readFileSync(path);
  const at = Math.floor(bytes.length / 2);
  bytes.writeUInt8(bytes.readUInt8(at) ^ 0x40, at);
  writeFileSync(path, bytes);
  const from = performance.now();
  t.match(await check?.run(patient), {
    status: 'fail',
    finding: new RegExp(`${DAMAGED} is damaged .*${FILE}`, 'u'),
    mend: /models fetch/u,
  });
  const ms = performance.now() - from;
  const kinds = readdirSync(models).filter((name) => name !== 'pins.json').length;
  t.comment(
    `one byte of a model is wrong: doctor names the file after ${(ms / 1_000).toFixed(1)} s, of ${String(kinds)} models`,
  );
  const without = join(models, 'empty');
  mkdirSync(without);
  t.match(await check?.run({ ...patient, models: without }), {
    finding: new RegExp(`${DAMAGED} is missing`, 'u'),
  });
});
