import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Profile, Profiles } from '../cli/bare.js';
import { setUpErrors } from '../cli/set-up/errors.js';
import { edited } from '../config/edit.js';
import {
  examplesPath,
  ownOfficePath,
  ownProfilesFolder,
  profilesFolder,
  type Paths,
} from '../config/paths.js';
import { writeWhole } from '../records/whole-file.js';
import { officeLike, type KindOffice } from './kinds.js';

const FILE = /^([a-z0-9-]+)\.([a-z]{2})\.yaml$/u;

/** The profiles that come along, and the office's own in its data folder. */
export function createProfiles(paths: Paths): Profiles {
  const inFolder = (folder: string, own: boolean): readonly Profile[] =>
    (existsSync(folder) ? readdirSync(folder).sort() : []).flatMap((file) => {
      const [, name, language] = FILE.exec(file) ?? [];
      if (name === undefined || language === undefined) return [];
      return [
        { name, language, own, office: own && existsSync(ownOfficePath(paths, name, language)) },
      ];
    });
  const own = (): readonly Profile[] => inFolder(ownProfilesFolder(paths), true);
  return {
    list: () => [...inFolder(profilesFolder(paths), false), ...own()],
    ownKinds: () =>
      own().flatMap(({ name, language, office }) => (office ? [`${name}.${language}`] : [])),
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
      const intents = join(ownProfilesFolder(paths), `${name}.${language}.yaml`);
      const like = officeLike(paths, from, language);
      const text = readFileSync(source, 'utf8').replace(/^profile: .*$/mu, `profile: ${name}`);
      const office = ownOfficePath(paths, name, language);
      const whole = officeText(like, name, language);
      mkdirSync(ownProfilesFolder(paths), { recursive: true, mode: 0o700 });
      writeWhole(office, whole);
      writeWhole(intents, text);
      return { intents, office, texts: like.language };
    },
  };
}

/** What an office of the new kind begins as. */
function officeText({ text, language: texts }: KindOffice, name: string, language: string): string {
  const head =
    `# What an office of the kind ${name} begins as: its services, hours, questions and answers, visit types,\n` +
    '# forms and topics. Change them; `vestibule setup` offers the kind, and asks for name, people and lines.\n';
  const spoken = { 'understanding.language': language, 'speech.language': language };
  return edited(text.replace(/^(?:#.*\n)+/u, head), {
    'understanding.profile': name,
    ...(language === texts ? {} : spoken),
  });
}
