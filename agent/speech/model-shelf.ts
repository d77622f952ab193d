import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readCatalogue, type ModelPlaces } from './models-catalogue.js';

/** A model as whoever chooses one sees it; its files are not checked, see `listModels` for that. */
export interface ShelvedModel {
  readonly name: string;
  readonly purpose: string;
  readonly language: string;
  readonly licence: string;
  readonly needed: boolean;
  /** On this machine; 0 while it is not there. */
  readonly bytes: number;
}

/** Every model of the catalogue. @throws SPEECH_CATALOGUE */
export async function modelShelf(places: ModelPlaces): Promise<readonly ShelvedModel[]> {
  const models = await readCatalogue(places);
  return Promise.all(
    models.map(async ({ name, purpose, language, licence, needed }) => ({
      ...{ name, purpose, language, licence, needed },
      bytes: await bytesIn(join(places.models, name)),
    })),
  );
}

async function bytesIn(folder: string): Promise<number> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    const sizes = await Promise.all(
      files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size),
    );
    return sizes.reduce((all, one) => all + one, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}
