import { spawnSync } from 'node:child_process';
import t from 'tap';
import { rmsDbfs } from '../../../agent/audio/level.js';
import { espeakNg, flite } from '../../../agent/reception/rehearse/synthesise.js';

for (const [program, synthesise] of [
  ['espeak-ng', espeakNg],
  ['flite', flite],
] as const) {
  const missing = spawnSync(program, ['--version']).error !== undefined;
  void t.test(program, { skip: missing ? `${program} is not installed` : false }, async (t) => {
    const pcm = await synthesise('What time do you close on Friday?', undefined);
    const seconds = pcm.length / 16_000;
    t.ok(seconds > 1 && seconds < 4, `${seconds} s`);
    t.ok(rmsDbfs(pcm) > -35 && rmsDbfs(pcm) < -6);
  });
}

void t.test('a program that is not there is named', async (t) => {
  const path = process.env.PATH;
  process.env.PATH = t.testdir();
  t.teardown(() => {
    process.env.PATH = path;
  });
  await t.rejects(espeakNg('hello', undefined), {
    code: 'REHEARSE_SYNTHESIS_FAILED',
    place: 'espeak-ng',
  });
  await t.rejects(flite('hello', undefined), {
    code: 'REHEARSE_SYNTHESIS_FAILED',
    place: 'flite',
  });
});
