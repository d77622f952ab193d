import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { engineErrors } from '../errors.js';

/** Half the CPU of the model's own figures (3000 and 10) at the same error rate. */
const TUNING: Readonly<Record<string, string>> = { 'max-active': '1000', beam: '8.0' };

/**
 * The folder of the Vosk model `name`: as the catalogue lays it out, or as it comes out of a zip
 * that somebody unpacked there. Throws ENGINE_MODEL_MISSING.
 */
export function findModel(models: string, name: string): string {
  const home = resolve(models, name);
  const places = [join(home, 'model'), home, join(home, name)];
  const found = places.find((place) => existsSync(join(place, 'am', 'final.mdl')));
  if (found === undefined) {
    throw engineErrors.make('MODEL_MISSING', { place: join(home, 'model', 'am', 'final.mdl') });
  }
  return found;
}

/** The text of conf/model.conf with our figures in place of the model's own. */
export function tuned(configuration: string): string {
  const kept = configuration
    .split('\n')
    .filter((line) => line !== '' && !Object.keys(TUNING).some((key) => isFor(line, key)));
  const ours = Object.entries(TUNING).map(([key, value]) => `--${key}=${value}`);
  return `${[...kept, ...ours].join('\n')}\n`;
}

const isFor = (line: string, key: string): boolean => line.trim().startsWith(`--${key}=`);

/**
 * Lends a copy of the model in `folder` that is made of links and a tuned conf/model.conf. libvosk
 * reads a model whole while it loads, so the copy lives no longer than `use`. Endpoints stay the
 * model's own: our turns end by voice activity, and stock clients expect the usual ones.
 */
export async function withTunedModel<Result>(
  folder: string,
  use: (copy: string) => Promise<Result>,
): Promise<Result> {
  const copy = await mkdtemp(join(tmpdir(), 'vestibule-vosk-'));
  try {
    await linkAll(folder, copy, (name) => name !== 'conf');
    const conf = join(folder, 'conf');
    if (existsSync(conf)) {
      await mkdir(join(copy, 'conf'));
      await linkAll(conf, join(copy, 'conf'), (name) => name !== 'model.conf');
      const path = join(conf, 'model.conf');
      const text = existsSync(path) ? await readFile(path, 'utf8') : '';
      await writeFile(join(copy, 'conf', 'model.conf'), tuned(text));
    }
    return await use(copy);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

async function linkAll(from: string, to: string, which: (name: string) => boolean): Promise<void> {
  for (const name of (await readdir(from)).filter(which)) {
    await symlink(join(from, name), join(to, name));
  }
}
