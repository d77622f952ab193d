import type { PlannedUpdate } from '../../cli/bare.js';
import { deprecatedIn } from '../../config/versions.js';
import type { Manifest } from './manifest.js';

/** What is known here that no manifest tells. */
export interface Here {
  /** Of the Node.js that runs. */
  readonly nodeVersion: string;
  /** The configuration as it is read, before it is checked. */
  readonly configuration: unknown;
  readonly configurationVersion: number;
  /** Whether a sealed backup can be made. */
  readonly backup: boolean;
}

export interface UpdatePlan extends PlannedUpdate {
  /** Whether models have to be fetched. */
  readonly fetches: boolean;
}

/** What changes between the `installed` release and the `given` one. Pure. */
export function planOf(installed: Manifest, given: Manifest, here: Here): UpdatePlan {
  const changes: string[] = [];
  const refusals: string[] = [];
  const order = compareVersions(given.version, installed.version);
  if (order < 0) refusals.push(`${given.version} is older than ${installed.version}`);
  if (order === 0) refusals.push(`${given.version} is installed already`);
  if (!satisfies(here.nodeVersion, given.node)) {
    refusals.push(`it needs Node.js ${given.node}, and ${here.nodeVersion} runs`);
  }
  const databases = changedStore(installed, given, changes, refusals);
  const steps = Object.entries(given.configuration.steps)
    .filter(([version]) => Number(version) > here.configurationVersion)
    .sort(([a], [b]) => Number(a) - Number(b));
  if (given.configuration.version < here.configurationVersion) {
    refusals.push(
      `the configuration has version ${String(here.configurationVersion)}, it knows ${String(given.configuration.version)}`,
    );
  }
  for (const [version, what] of steps) changes.push(`configuration ${version}: ${what}`);
  const models = Object.entries(given.models)
    .filter(([name, mark]) => installed.models[name] !== mark)
    .map(([name, mark]) => `${name} ${mark}`);
  if (models.length > 0) changes.push(`models to be fetched: ${models.join(', ')}`);
  for (const name of Object.keys(installed.models)) {
    if (given.models[name] === undefined) changes.push(`model no longer needed: ${name}`);
  }
  const known = new Set(installed.deprecations.map(({ setting }) => setting));
  for (const { setting, until, instead } of given.deprecations) {
    if (!known.has(setting)) changes.push(`${setting} ends with ${until}: ${instead}`);
  }
  return {
    ...{ from: installed.version, to: given.version, changes, refusals },
    deprecated: deprecatedIn(here.configuration, given.deprecations).map(
      ({ setting, until, instead }) => `${setting}, until ${until}: ${instead}`,
    ),
    migrates: databases || steps.length > 0,
    fetches: models.length > 0,
    backup: here.backup,
  };
}

function changedStore(
  installed: Manifest,
  given: Manifest,
  changes: string[],
  refusals: string[],
): boolean {
  let changed = false;
  for (const name of new Set([...Object.keys(installed.store), ...Object.keys(given.store)])) {
    const [from, to] = [installed.store[name] ?? 0, given.store[name] ?? 0];
    if (to < from)
      refusals.push(`its database ${name} is ${String(to)}, older than ${String(from)}`);
    if (to > from) {
      changed = true;
      changes.push(`database ${name}: ${String(from)} → ${String(to)}`);
    }
  }
  return changed;
}

/** Below zero if `a` is before `b`. */
export function compareVersions(a: string, b: string): number {
  const parts = (text: string) => /^(\d+)\.(\d+)\.(\d+)(.*)$/u.exec(text)?.slice(1) ?? [];
  const [ours, theirs] = [parts(a), parts(b)];
  for (const at of [0, 1, 2]) {
    const by = Number(ours[at] ?? 0) - Number(theirs[at] ?? 0);
    if (by !== 0) return by;
  }
  const [mine = '', other = ''] = [ours[3], theirs[3]];
  // Before a release: -rc, ~beta. After it: +build.
  const rank = (more: string): number => (more === '' ? 1 : more.startsWith('+') ? 2 : 0);
  if (rank(mine) !== rank(other)) return rank(mine) - rank(other);
  return mine === other ? 0 : mine < other ? -1 : 1;
}

/** Whether `version` is what `>=20.19` asks for; other forms are not used. */
function satisfies(version: string, range: string): boolean {
  const floor = /^>=(\d+)(?:\.(\d+))?(?:\.(\d+))?$/u.exec(range);
  if (floor === null) return false;
  const [, major = '0', minor = '0', patch = '0'] = floor;
  return compareVersions(version, `${major}.${minor}.${patch}`) >= 0;
}
