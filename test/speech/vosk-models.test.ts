import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import t from 'tap';
import { fetchModels, listModels, verifyModels } from '../../agent/speech/models.js';
import { scratchFolder } from './worker-process.js';

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
/** What `find . -type f | LC_ALL=C sort | xargs sha256sum | sha256sum` says of the folder below. */
const FOLDER = sha(`${sha('B')}  ./a/b.txt\n${sha('Z')}  ./z.txt\n`);

async function makeZip(path: string, files: Readonly<Record<string, string>>): Promise<void> {
  const make = `
import json, sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w') as zipped:
    for name, text in json.loads(sys.argv[2]).items(): zipped.writestr(name, text)
`;
  await promisify(execFile)('python3', ['-c', make, path, JSON.stringify(files)]);
}

const CONTENT = { 'top/a/b.txt': 'B', 'top/z.txt': 'Z', 'other/c.txt': 'C' };

void t.test('a model that is a folder', async (t) => {
  const scratch = await scratchFolder();
  const before = { ...process.env };
  process.env.PIP_NO_INDEX = '1';
  process.env.PIP_FIND_LINKS = scratch.path;
  const zip = join(scratch.path, 'model.zip');
  await makeZip(zip, CONTENT);
  await makeZip(join(scratch.path, 'fake_model-1.0-py3-none-any.whl'), {
    ...CONTENT,
    'fake_model-1.0.dist-info/METADATA': 'Metadata-Version: 2.1\nName: fake-model\nVersion: 1.0\n',
    'fake_model-1.0.dist-info/WHEEL':
      'Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    'fake_model-1.0.dist-info/RECORD': '',
  });
  const server = createServer((_, response) => {
    readFile(zip).then(
      (bytes) => response.end(bytes),
      () => response.destroy(),
    );
  });
  await new Promise<void>((go) => server.listen(0, '127.0.0.1', go));
  t.teardown(async () => {
    process.env = before;
    server.close();
    await scratch.remove();
  });
  const { port } = server.address() as AddressInfo;
  const catalogue = join(scratch.path, 'catalogue.yaml');
  const places = { catalogue, models: join(scratch.path, 'models') };
  const write = (checksum: string): Promise<void> =>
    writeFile(
      catalogue,
      `
models:
  - name: packed
    purpose: test
    language: ko
    licence: MIT
    needed: true
    source: { package: fake-model, version: "1.0" }
    files: [{ from: top, folder: true, to: model, sha256: ${checksum} }]
  - name: zipped
    purpose: test
    language: en
    licence: MIT
    needed: false
    source: {}
    files: [{ address: "http://127.0.0.1:${port}/model.zip", inside: top, to: model }]
`,
    );
  const quiet = (): void => undefined;

  await write(sha('other'));
  await t.rejects(fetchModels(places, quiet), { code: 'SPEECH_MODEL_CHECKSUM' });
  t.same(await readdir(join(places.models, '.fetch')), [], 'nothing of it is kept');

  await write(FOLDER);
  await fetchModels(places, quiet);
  t.same(await verifyModels(places), []);
  const model = join(places.models, 'packed', 'model');
  t.same(await readdir(model), ['a', 'z.txt'], 'only what lies in the folder');
  await writeFile(join(model, 'z.txt'), 'damaged');
  t.equal((await verifyModels(places))[0]?.state, 'damaged');
  await writeFile(join(model, 'more.txt'), 'not of the model');
  await fetchModels(places, quiet);
  t.same(await readdir(model), ['a', 'z.txt'], 'a damaged folder is replaced whole');

  await fetchModels(places, quiet, ['zipped']);
  t.equal(await readFile(join(places.models, 'zipped', 'model', 'a', 'b.txt'), 'utf8'), 'B');
  const [, zipped] = await listModels(places);
  t.equal(zipped?.state, 'right');
  t.equal(zipped?.files[0]?.expected, FOLDER, 'the pin is that of the folder');

  await rm(join(places.models, 'zipped'), { recursive: true });
  await rm(zip);
  await makeZip(zip, { 'top/../../leaves.txt': 'x' });
  await t.rejects(fetchModels(places, quiet, ['zipped']), { code: 'SPEECH_MODEL_FETCH' });
  await makeZip(zip, { 'elsewhere/b.txt': 'x' });
  await t.rejects(fetchModels(places, quiet, ['zipped']), {
    code: 'SPEECH_MODEL_FETCH',
    message: /no folder top/u,
  });
  await mkdir(join(places.models, 'zipped'), { recursive: true });
  t.same(await readdir(join(places.models, 'zipped')), []);
});
