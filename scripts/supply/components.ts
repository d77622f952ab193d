import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutRoot } from '../../agent/wire/checkout.js';

/** A package of npm that is installed with Vestibule. */
export interface Component {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression (spdx.org/licenses). */
  readonly licence: string;
  /** Only for building and testing: nothing of it runs in an office. */
  readonly development: boolean;
}

/** Licences that are told wrongly or not at all, as their own texts have them. */
const AS_READ: Readonly<Record<string, string>> = {
  ax: 'MIT',
  btoa: 'Apache-2.0',
  'jsonc-simple-parser': 'MIT',
  shred: 'MIT',
  sprintf: 'BSD-3-Clause',
  'swagger-client': 'Apache-2.0',
};

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly name?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
}

/** Every package of package-lock.json, by name and version, each once. */
export function components(): readonly Component[] {
  const lock = JSON.parse(readFileSync(join(checkoutRoot, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Locked>;
  };
  const found = new Map<string, Component>();
  for (const [place, locked] of Object.entries(lock.packages)) {
    if (place === '' || locked.link === true) continue;
    const name = locked.name ?? place.slice(place.lastIndexOf('node_modules/') + 13);
    const version = locked.version ?? '';
    const known = found.get(`${name}@${version}`);
    const development = locked.dev === true && known?.development !== false;
    const licence = AS_READ[name] ?? locked.license ?? '';
    found.set(`${name}@${version}`, { name, version, licence, development });
  }
  return [...found.values()].sort((a, b) =>
    a.name === b.name ? compare(a.version, b.version) : compare(a.name, b.name),
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
