import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setUpErrors } from '../cli/set-up/errors.js';
import { ownOfficePath, type Paths } from '../config/paths.js';
import { isKind, type Kind } from '../privacy/set-up-questions.js';

/** The offices that come along, by the kind that the set-up offers. */
const EXAMPLES: Readonly<Record<Kind, string>> = {
  clinic: 'example-office.yaml',
  dentist: 'example-office.dentist.yaml',
  law: 'example-office.law.yaml',
  trade: 'example-office.trade.yaml',
  restaurant: 'example-office.restaurant.yaml',
  'clinic-ko': 'example-office.ko.yaml',
};

/** An office that others are made of. */
export interface KindOffice {
  /** Its configuration. */
  readonly text: string;
  /** Two letters: what its texts are written in. */
  readonly language: string;
  /** Whether it belongs to a profile of the office's own. */
  readonly own: boolean;
}

export const examplesFolder = (paths: Paths): string => join(paths.root, 'agent', 'config');

function shipped(paths: Paths, kind: Kind): KindOffice {
  const text = readFileSync(join(examplesFolder(paths), EXAMPLES[kind]), 'utf8');
  return { text, language: kind === 'clinic-ko' ? 'ko' : 'en', own: false };
}

function ownOffice(paths: Paths, profile: string, language: string): KindOffice | undefined {
  const file = ownOfficePath(paths, profile, language);
  return existsSync(file) ? { text: readFileSync(file, 'utf8'), language, own: true } : undefined;
}

/**
 * What an office of a kind is set up from: one that comes along, or a profile of one's own as `optician.en`;
 * without a language in English. @throws SETUP_NO_PROFILE
 */
export function officeOfKind(paths: Paths, kind: string): KindOffice {
  if (isKind(kind)) return shipped(paths, kind);
  const [profile = '', language = 'en'] = kind.split('.');
  const own = ownOffice(paths, profile, language);
  if (own === undefined) throw setUpErrors.make('NO_PROFILE', { place: kind });
  return own;
}

/**
 * The office that is nearest to one of `profile` in `language`; in English where none speaks that language.
 */
export function officeLike(paths: Paths, profile: string, language: string): KindOffice {
  const own = ownOffice(paths, profile, language);
  if (own !== undefined) return own;
  if (language === 'ko') return shipped(paths, 'clinic-ko');
  return shipped(paths, isKind(profile) ? profile : 'clinic');
}
