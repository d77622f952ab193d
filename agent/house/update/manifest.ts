import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import {
  configurationMigrations,
  configurationVersion,
  deprecations,
} from '../../config/versions.js';
import { keysMigrations, mainMigrations } from '../../records/migrations/index.js';
import { searchMigrations } from '../../records/migrations/search.js';

/** What a release says of itself in release.json: whatever an update has to know before it begins. */
export const manifestShape = z.object({
  format: z.literal(1),
  version: z.string().regex(/^\d+\.\d+\.\d+(?:[-+~.\w]*)$/u),
  /** The Node.js that it needs, as in package.json: `>=20.19`. */
  node: z.string(),
  /** The newest shape of each database that it knows. */
  store: z.record(z.string(), z.int().min(0)),
  configuration: z.object({
    version: z.int().min(1),
    /** What each step changes, by the version that it leads to. */
    steps: z.record(z.string(), z.string()),
  }),
  /** Models that it cannot do without, each with a mark of its files. */
  models: z.record(z.string(), z.string()),
  deprecations: z.array(
    z.object({ setting: z.string(), since: z.string(), until: z.string(), instead: z.string() }),
  ),
});
export type Manifest = z.infer<typeof manifestShape>;

interface Catalogued {
  readonly name: string;
  readonly needed: boolean;
  readonly source: { readonly package?: string; readonly version?: string };
}

/** The manifest of the release whose files are at `root` and whose code this is. */
export function manifestOf(root: string): Manifest {
  const read = (...path: readonly string[]): string => readFileSync(join(root, ...path), 'utf8');
  const { version, engines } = JSON.parse(read('package.json')) as {
    version: string;
    engines: { node: string };
  };
  const { models } = parse(read('models', 'catalogue.yaml')) as { models: readonly Catalogued[] };
  return {
    ...{ format: 1, version, node: engines.node },
    store: {
      main: mainMigrations.at(-1)?.version ?? 0,
      keys: keysMigrations.at(-1)?.version ?? 0,
      search: searchMigrations.at(-1)?.version ?? 0,
    },
    configuration: {
      version: configurationVersion(),
      steps: Object.fromEntries(
        configurationMigrations.map(({ version: to, what }) => [String(to), what]),
      ),
    },
    models: Object.fromEntries(
      models
        .filter(({ needed }) => needed)
        .map(({ name, source }) => [name, source.version ?? source.package ?? 'pinned']),
    ),
    deprecations: [...deprecations],
  };
}
