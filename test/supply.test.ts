import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import t from 'tap';
import { modelPlaces, readCatalogue } from '../agent/speech/models-catalogue.js';
import { components } from '../scripts/supply/components.js';
import { licencesPage, refusedLicences, writtenPage } from '../scripts/supply/licences.js';
import { billOfMaterials } from '../scripts/supply/sbom.js';

const all = components();
const models = await readCatalogue(modelPlaces({}));

await t.test('every licence is one that an office may run under', (t) => {
  t.strictSame(refusedLicences(all), []);
  const copyleft = { name: 'x', version: '1', licence: 'AGPL-3.0-only', development: false };
  t.strictSame(refusedLicences([copyleft]), ['x 1: AGPL-3.0-only']);
  t.strictSame(refusedLicences([{ ...copyleft, licence: '' }]), ['x 1: no licence told']);
  t.end();
});

await t.test('docs/licences.md is what is installed; npm run docs:licences', (t) => {
  t.equal(writtenPage(), licencesPage(all, models));
  t.end();
});

await t.test('the bill of materials is a valid one, whole, and the same each time', async (t) => {
  const bill = billOfMaterials(all, models);
  const faults: unknown = await new Validation.JsonStrictValidator(Spec.Version.v1dot5).validate(
    bill,
  );
  t.equal(faults, null);
  const { components: told } = JSON.parse(bill) as {
    components: { name: string; purl?: string; type: string }[];
  };
  t.equal(told.length, all.length + models.length);
  t.ok(told.some(({ purl }) => purl?.startsWith('pkg:npm/%40grpc/grpc-js@')));
  t.ok(told.some(({ type }) => type === 'machine-learning-model'));
  t.equal(bill, billOfMaterials(components(), models));
});
