import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { parseScenario, readScenario } from '../../../agent/reception/rehearse/scenario.js';

const folder = join(process.cwd(), 'test', 'calls', 'scenarios');

void t.test('every scenario of the tests is right', async (t) => {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml'));
  t.ok(files.length >= 15);
  for (const file of files) {
    const scenario = await readScenario(join(folder, file));
    t.equal(`${scenario.name}.yaml`, file);
  }
});

void t.test('defaults and places of files', (t) => {
  const scenario = parseScenario(
    { to: 'sip:a@b', steps: [{ wav: 'hello.wav' }, { 'hang-up': null }] },
    '/x/y/short.yaml',
  );
  t.equal(scenario.name, 'short');
  t.equal(scenario.from, 'caller');
  t.strictSame(scenario.steps[0], { wav: '/x/y/hello.wav' });
  t.strictSame(scenario.steps[1], { 'hang-up': { at: 'now', 'after-ms': 0 } });
  const clean = { 'loss-percent': 0, 'loss-burst': 1, 'jitter-ms': 0 };
  t.strictSame(scenario.impairments, { ...clean, receiving: clean, dtx: 'off', seed: 1 });
  t.end();
});

void t.test('another line may take the place of its own', async (t) => {
  const path = join(folder, 'noisy-line.yaml');
  const own = await readScenario(path);
  const impairments = { 'loss-percent': 5, receiving: { 'jitter-ms': 40 }, dtx: 'nothing' };
  const other = await readScenario(path, { codec: 'pcma', impairments });
  t.equal(other.codec, 'pcma');
  t.strictSame(other.impairments, {
    ...own.impairments,
    'loss-percent': 5,
    receiving: { 'loss-percent': 0, 'loss-burst': 1, 'jitter-ms': 40 },
    dtx: 'nothing',
  });
  t.strictSame(other.steps, own.steps);
  for (const wrong of [
    { codec: 'opus' },
    { impairments: { 'loss-percent': Number.NaN } },
    { impairments: { dtx: 'always' } },
  ]) {
    await t.rejects(readScenario(path, wrong), { code: 'REHEARSE_SCENARIO_BAD', place: path });
  }
});

void t.test('all faults at once, by place', async (t) => {
  const bad = {
    to: 'nobody',
    steps: [{ key: 'x' }, { dance: 1 }],
    expect: { heard: ['('] },
    impairments: { 'loss-percent': 200 },
    colour: 'red',
  };
  t.throws(() => parseScenario(bad, 'bad.yaml'), {
    code: 'REHEARSE_SCENARIO_BAD',
    place: 'bad.yaml',
    message: /to must.*loss-percent.*steps\.0.*steps\.1.*expect\.heard\.0.*colour/u,
  });
  for (const value of [undefined, null, 3, [], { to: 'sip:a@b', steps: [] }]) {
    t.throws(() => parseScenario(value, 'x'), { code: 'REHEARSE_SCENARIO_BAD' });
  }
  const dir = t.testdir();
  const path = join(dir, 'broken.yaml');
  await writeFile(path, 'to: [');
  await t.rejects(readScenario(path), { code: 'REHEARSE_SCENARIO_BAD', place: path });
  await t.rejects(readScenario(join(dir, 'none.yaml')), { code: 'REHEARSE_SCENARIO_UNREADABLE' });
});
