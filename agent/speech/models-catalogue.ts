import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { checkoutRoot } from '../wire/checkout.js';
import { speechErrors } from './errors.js';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/u, 'must be a SHA-256 in lower-case hex');
const safePath = z
  .string()
  .regex(/^(?!\/)(?!.*\.\.)[\w./-]+$/u, 'must be a relative path that stays in its folder');

const fileSchema = z
  .strictObject({
    from: safePath.optional(),
    address: z.url({ protocol: /^https?$/u }).optional(),
    to: safePath,
    /** `from` is a folder; so is `to`, and the checksum is that of its list of checksums. */
    folder: z.boolean().default(false),
    /** The address is a zip, of which this folder becomes `to`. */
    inside: safePath.optional(),
    sha256: sha256.optional(),
  })
  .refine((file) => !(file.folder && file.from === undefined), {
    message: 'folder belongs to from; a zip at an address has inside',
  })
  .refine((file) => !(file.inside !== undefined && file.address === undefined), {
    message: 'inside belongs to address',
  })
  .refine((file) => (file.from === undefined) !== (file.address === undefined), {
    message: 'needs exactly one of from (a path in the package) and address',
  });

const derivedSchema = z.strictObject({
  to: safePath,
  by: z.enum(['minilm-int8', 'moonshine-stem', 'moonshine-encoder', 'moonshine-decoder']),
  /** The model works without it, if more slowly: where it cannot be made, that is told and no more. */
  optional: z.boolean().default(false),
});

const modelSchema = z
  .strictObject({
    name: z.string().regex(/^[\w.-]+$/u),
    purpose: z.string(),
    language: z.string(),
    licence: z.string(),
    needed: z.boolean(),
    source: z.strictObject({ package: z.string().optional(), version: z.string().optional() }),
    files: z.array(fileSchema).min(1),
    derived: z.array(derivedSchema).default([]),
  })
  .refine(
    (model) =>
      model.files.every((file) => file.from === undefined) ||
      (model.source.package !== undefined && model.source.version !== undefined),
    { message: 'files with `from` need source.package and source.version' },
  )
  .refine((model) => model.files.every((file) => file.from === undefined || file.sha256), {
    message: 'files from a package need their sha256',
  });

const catalogueSchema = z.strictObject({ models: z.array(modelSchema) });

export type CatalogueModel = z.infer<typeof modelSchema>;
export type CatalogueFile = z.infer<typeof fileSchema>;

/** Where the catalogue and the models are. */
export interface ModelPlaces {
  /** Path of catalogue.yaml. */
  readonly catalogue: string;
  /** Folder with one folder per model. */
  readonly models: string;
}

/** The places of this checkout; `VESTIBULE_MODELS` overrides the models' folder. */
export function modelPlaces(env: NodeJS.ProcessEnv = process.env): ModelPlaces {
  return {
    catalogue: join(checkoutRoot, 'models', 'catalogue.yaml'),
    models: env.VESTIBULE_MODELS ?? join(checkoutRoot, '.vestibule', 'models'),
  };
}

/** Reads the catalogue. Throws SPEECH_CATALOGUE with every fault and its path. */
export async function readCatalogue(places: ModelPlaces): Promise<readonly CatalogueModel[]> {
  let raw: unknown;
  try {
    raw = parse(await readFile(places.catalogue, 'utf8'));
  } catch (cause) {
    throw speechErrors.make('CATALOGUE', { place: places.catalogue, cause });
  }
  const parsed = catalogueSchema.safeParse(raw);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw speechErrors.make('CATALOGUE', { place: places.catalogue, detail: faults.join('; ') });
  }
  return parsed.data.models;
}

/** The models called `names`, or all that are needed when none is named. */
export function chooseModels(
  models: readonly CatalogueModel[],
  names: readonly string[] = [],
): readonly CatalogueModel[] {
  if (names.length === 0) return models.filter((model) => model.needed);
  return names.map((name) => {
    const model = models.find((candidate) => candidate.name === name);
    if (model === undefined) throw speechErrors.make('MODEL_UNKNOWN', { place: name });
    return model;
  });
}
