import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { engineErrors } from '../errors.js';

/** What is changed in the files of conf/. */
const TUNING: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // Half the CPU of the model's own figures (3000 and 10) at the same error rate.
  'model.conf': { 'max-active': '1000', beam: '8.0' },
  // Kaldi adds random noise of one step: the same audio would not give the same text twice. We add
  // our own (upper-band.ts).
  'mfcc.conf': { dither: '0' },
};

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

/** The text of the file `name` of conf/ with our figures in place of the model's own. */
export function tuned(name: string, text: string): string {
  const ours = TUNING[name] ?? {};
  const kept = text
    .split('\n')
    .filter((line) => line !== '' && !Object.keys(ours).some((key) => isFor(line, key)));
  const changed = Object.entries(ours).map(([key, value]) => `--${key}=${value}`);
  return `${[...kept, ...changed].join('\n')}\n`;
}

const isFor = (line: string, key: string): boolean => line.trim().startsWith(`--${key}=`);

/**
 * Lends a copy of the model in `folder` that is made of links and tuned files of conf/. libvosk
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
      await linkAll(conf, join(copy, 'conf'), (name) => !(name in TUNING));
      for (const name of Object.keys(TUNING).filter((file) => existsSync(join(conf, file)))) {
        const text = await readFile(join(conf, name), 'utf8');
        await writeFile(join(copy, 'conf', name), tuned(name, text));
      }
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
