import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { checkoutRoot } from '../wire/checkout.js';

/** Where everything of one installation lives. All absolute. */
export interface Paths {
  /** The data folder: VESTIBULE_HOME, or .vestibule/home of the checkout. */
  readonly home: string;
  readonly configuration: string;
  readonly prompts: string;
  readonly heads: string;
  /** Sockets, process ids, logs: gone after a restart. */
  readonly run: string;
  readonly asterisk: string;
  /** The checkout or installation that this program belongs to. */
  readonly root: string;
}

export function pathsOf(env: NodeJS.ProcessEnv): Paths {
  const home = resolve(env.VESTIBULE_HOME ?? join(checkoutRoot, '.vestibule', 'home'));
  return {
    home,
    configuration: join(home, 'vestibule.yaml'),
    prompts: join(home, 'prompts'),
    heads: join(home, 'heads'),
    run: join(home, 'run'),
    asterisk: join(home, 'asterisk'),
    root: checkoutRoot,
  };
}

/** The trained intent head of a profile and language. */
export const headPath = (paths: Paths, profile: string, language: string): string =>
  join(paths.heads, `${profile}.${language}.onnx`);

/** Where the profiles are that come along. */
export const profilesFolder = (paths: Paths): string => join(paths.root, 'models', 'intents');

/** Where the office has profiles of its own; there need be none. */
export const ownProfilesFolder = (paths: Paths): string => join(paths.home, 'profiles');

/** What an office of a profile of one's own begins as: a whole configuration. */
export const ownOfficePath = (paths: Paths, profile: string, language: string): string =>
  join(ownProfilesFolder(paths), `${profile}.${language}.office.yaml`);

/** The examples that it is trained from: those of a profile of the office's own before ours. */
export function examplesPath(paths: Paths, profile: string, language: string): string {
  const file = `${profile}.${language}.yaml`;
  const own = join(ownProfilesFolder(paths), file);
  return existsSync(own) ? own : join(profilesFolder(paths), file);
}

/** Those that the office added to them; there need be none. */
export const ownExamplesPath = (paths: Paths, profile: string, language: string): string =>
  join(paths.home, 'intents', `${profile}.${language}.yaml`);
