import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Profile, Profiles } from '../cli/bare.js';
import { setUpErrors } from '../cli/set-up/errors.js';
import { examplesPath, ownProfilesFolder, profilesFolder, type Paths } from '../config/paths.js';
import { writeWhole } from '../records/whole-file.js';

const FILE = /^([a-z0-9-]+)\.([a-z]{2})\.yaml$/u;

/** The profiles that come along, and the office's own in its data folder. */
export function createProfiles(paths: Paths): Profiles {
  const inFolder = (folder: string, own: boolean): readonly Profile[] =>
    (existsSync(folder) ? readdirSync(folder).sort() : []).flatMap((file) => {
      const [, name, language] = FILE.exec(file) ?? [];
      return name === undefined || language === undefined ? [] : [{ name, language, own }];
    });
  return {
    list: () => [
      ...inFolder(profilesFolder(paths), false),
      ...inFolder(ownProfilesFolder(paths), true),
    ],
    create(name, from, language) {
      const source = examplesPath(paths, from, language);
      if (!FILE.test(`${name}.${language}.yaml`) || !existsSync(source)) {
        throw setUpErrors.make('NO_PROFILE', {
          place: `${existsSync(source) ? name : from} (${language})`,
        });
      }
      if (existsSync(examplesPath(paths, name, language))) {
        throw setUpErrors.make('PROFILE_THERE', { place: name });
      }
      const file = join(ownProfilesFolder(paths), `${name}.${language}.yaml`);
      mkdirSync(ownProfilesFolder(paths), { recursive: true, mode: 0o700 });
      const text = readFileSync(source, 'utf8').replace(/^profile: .*$/mu, `profile: ${name}`);
      writeWhole(file, text);
      return file;
    },
  };
}
