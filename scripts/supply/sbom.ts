import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';
import { PackageURL } from 'packageurl-js';
import {
  modelPlaces,
  readCatalogue,
  type CatalogueModel,
} from '../../agent/speech/models-catalogue.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { components, type Component } from './components.js';

/** Bill of materials (CycloneDX 1.5, JSON): packages of npm and models. The same input gives the same bytes. */
export function billOfMaterials(
  all: readonly Component[],
  models: readonly CatalogueModel[],
): string {
  const { version } = JSON.parse(readFileSync(join(checkoutRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  const self = new Models.Component(Enums.ComponentType.Application, 'vestibule', {
    version,
    bomRef: 'vestibule',
  });
  self.licenses.add(new Models.SpdxLicense('Apache-2.0'));
  const bom = new Models.Bom({ metadata: new Models.Metadata({ component: self }) });
  for (const one of all) {
    const component = new Models.Component(Enums.ComponentType.Library, one.name, {
      version: one.version,
      scope: one.development ? Enums.ComponentScope.Excluded : Enums.ComponentScope.Required,
      purl: purlOf(one),
      bomRef: `${one.name}@${one.version}`,
    });
    component.licenses.add(new Models.LicenseExpression(one.licence));
    bom.components.add(component);
  }
  for (const model of models) {
    const component = new Models.Component(Enums.ComponentType.MachineLearningModel, model.name, {
      ...(model.source.version === undefined ? {} : { version: model.source.version }),
      description: `${model.purpose}, ${model.language}`,
      bomRef: `model:${model.name}`,
      scope: model.needed ? Enums.ComponentScope.Required : Enums.ComponentScope.Optional,
    });
    component.licenses.add(new Models.NamedLicense(model.licence));
    for (const { sha256 } of model.files.slice(0, 1)) {
      if (sha256 !== undefined) component.hashes.set(Enums.HashAlgorithm['SHA-256'], sha256);
    }
    bom.components.add(component);
  }
  // The number is made of what is told: two builds of one checkout name the same bill.
  const hash = createHash('sha256')
    .update(JSON.stringify([version, all, models]))
    .digest('hex');
  bom.serialNumber = `urn:uuid:${[
    ...[hash.slice(0, 8), hash.slice(8, 12), `5${hash.slice(13, 16)}`],
    ...[`8${hash.slice(17, 20)}`, hash.slice(20, 32)],
  ].join('-')}`;
  const factory = new Serialize.JSON.Normalize.Factory(Spec.Spec1dot5);
  const told = new Serialize.JsonSerializer(factory).serialize(bom, { sortLists: true, space: 2 });
  return `${told}\n`;
}

function purlOf({ name, version }: Component): PackageURL {
  const slash = name.indexOf('/');
  const scope = slash < 0 ? undefined : name.slice(0, slash);
  return new PackageURL('npm', scope, name.slice(slash + 1), version, undefined, undefined);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const place = join(checkoutRoot, 'build', 'vestibule.cdx.json');
  mkdirSync(join(checkoutRoot, 'build'), { recursive: true });
  writeFileSync(place, billOfMaterials(components(), await readCatalogue(modelPlaces({}))));
  process.stdout.write(`${place}\n`);
}
