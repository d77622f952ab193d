import { parseDocument } from 'yaml';
import { edited } from './edit.js';

/**
 * A step from one shape of the configuration to the next. Forward only: a released one is never edited.
 * A step is made when a setting moves or means something else; a new setting with a default needs none.
 */
export interface ConfigurationMigration {
  /** The version that it leads to. */
  readonly version: number;
  /** What changes, in one clause. */
  readonly what: string;
  /** What to put where, by path (`understanding.hours`), as `edited` takes it; null takes out. */
  readonly edits: (raw: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
}

/** A setting that still works, and will not for ever. */
export interface Deprecation {
  /** Its path, joined by dots. */
  readonly setting: string;
  /** The release that said so first, and the one that no longer takes it. */
  readonly since: string;
  readonly until: string;
  /** What to write instead, as an instruction. */
  readonly instead: string;
}

/** None yet: 0.1.0 is the first release, and its shape is version 1. */
export const configurationMigrations: readonly ConfigurationMigration[] = [];
export const deprecations: readonly Deprecation[] = [];

export const configurationVersion = (migrations = configurationMigrations): number =>
  migrations.at(-1)?.version ?? 1;

/** The version that a configuration says it has; without one it is the first. */
export function versionOf(raw: unknown): number {
  const version = isRecord(raw) ? raw.version : undefined;
  return typeof version === 'number' && Number.isInteger(version) ? version : 1;
}

export interface MigratedConfiguration {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** What was changed, one clause a step. */
  readonly steps: readonly string[];
}

/**
 * `text` in the newest shape; the same text if it has it, or is newer than we know. Comments and lines
 * that do not change stay. @throws CONFIG_UNEDITABLE for a text whose parts are not what they seem
 */
export function migratedConfiguration(
  text: string,
  migrations: readonly ConfigurationMigration[] = configurationMigrations,
): MigratedConfiguration {
  const from = versionOf(rawOf(text));
  const due = migrations.filter(({ version }) => version > from);
  let now = text;
  for (const { version, edits } of due) {
    const raw = rawOf(now);
    now = edited(now, { ...edits(isRecord(raw) ? raw : {}), version });
  }
  return { text: now, from, to: due.at(-1)?.version ?? from, steps: due.map(({ what }) => what) };
}

/** The deprecated settings that a configuration uses. */
export function deprecatedIn(
  raw: unknown,
  table: readonly Deprecation[] = deprecations,
): readonly Deprecation[] {
  return table.filter(({ setting }) => {
    let at: unknown = raw;
    for (const step of setting.split('.')) at = isRecord(at) ? at[step] : undefined;
    return at !== undefined;
  });
}

const rawOf = (text: string): unknown => parseDocument(text).toJS() as unknown;
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
