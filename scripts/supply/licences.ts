import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import satisfies from 'spdx-satisfies';
import {
  modelPlaces,
  readCatalogue,
  type CatalogueModel,
} from '../../agent/speech/models-catalogue.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { components, type Component } from './components.js';

/** What may be installed in an office: nothing that asks the office to publish its own programs. */
const ALLOWED = [
  ...['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'MPL-2.0'],
  ...['BlueOak-1.0.0', 'Unlicense', 'CC0-1.0', 'WTFPL'],
];
/** Besides, for what only builds and tests. */
const ALLOWED_BESIDE = ['Python-2.0', 'Artistic-2.0', 'CC-BY-3.0', 'CC-BY-4.0'];

/** Components whose licence is not on the list, each in words. */
export function refusedLicences(all: readonly Component[]): readonly string[] {
  return all.flatMap(({ name, version, licence, development }) => {
    const allowed = development ? [...ALLOWED, ...ALLOWED_BESIDE] : ALLOWED;
    try {
      if (satisfies(licence, allowed)) return [];
    } catch {
      // Not an SPDX expression: refused like one that is not on the list.
    }
    return [`${name} ${version}: ${licence === '' ? 'no licence told' : licence}`];
  });
}

/** docs/licences.md. */
export function licencesPage(all: readonly Component[], models: readonly CatalogueModel[]): string {
  const table = (development: boolean): string =>
    all
      .filter((one) => one.development === development)
      .map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`)
      .join('\n');
  const head = '| Package | Version | Licence |\n| --- | --- | --- |';
  const modelRows = models
    .map(
      (one) => `| ${one.name} | ${one.purpose} | ${one.licence} | ${one.needed ? 'yes' : 'no'} |`,
    )
    .join('\n');
  return `# Licences of what is installed

Written by \`npm run docs:licences\` from \`package-lock.json\` and \`models/catalogue.yaml\`; a test holds it
equal to them and refuses a licence that is not on the list of \`scripts/supply/licences.ts\`. Programs that run beside
Vestibule, Asterisk and eSpeak NG among them, are named in [NOTICE](../NOTICE).

## Models

| Model | For | Licence | Always fetched |
| --- | --- | --- | --- |
${modelRows}

## Packages that run in an office

${head}
${table(false)}

## Packages that only build and test

${head}
${table(true)}
`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const page = licencesPage(components(), await readCatalogue(modelPlaces({})));
  writeFileSync(join(checkoutRoot, 'docs', 'licences.md'), page);
}

export const writtenPage = (): string =>
  readFileSync(join(checkoutRoot, 'docs', 'licences.md'), 'utf8');
