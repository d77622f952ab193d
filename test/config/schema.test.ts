import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import t from 'tap';
import { parse } from 'yaml';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { configurationSchema } from '../../scripts/configuration-schema.js';

const folder = join(checkoutRoot, 'agent', 'config');
const file = join(folder, 'vestibule.schema.json');
const schema = JSON.parse(readFileSync(file, 'utf8')) as object;
const examples = readdirSync(folder).filter((name) => /^example-office.*\.yaml$/u.test(name));
const read = (name: string): Record<string, unknown> =>
  parse(readFileSync(join(folder, name), 'utf8')) as Record<string, unknown>;

t.test('the schema for editors is the configuration as it is, and is printed', (t) => {
  t.strictSame(schema, JSON.parse(JSON.stringify(configurationSchema())), 'npm run docs:schema');
  const main = join(checkoutRoot, 'build/agent/main.js');
  const printed = execFileSync(process.execPath, [main, 'check', '--schema'], { encoding: 'utf8' });
  t.strictSame(JSON.parse(printed), schema);
  t.end();
});

t.test('it tells what settings are', (t) => {
  type Described = { properties: Record<string, Described>; description?: string };
  const { understanding } = (schema as Described).properties;
  t.match(understanding?.description, 'the facts of your office');
  t.match(understanding?.properties.timeZone?.description, /IANA/u);
  t.end();
});

t.test('example offices are valid by it and name it; slips are not', (t) => {
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
  t.ok(examples.length > 4);
  for (const name of examples) {
    t.ok(validate(read(name)), `${name} ${JSON.stringify(validate.errors)}`);
    const [first] = readFileSync(join(folder, name), 'utf8').split('\n');
    t.equal(first, '# yaml-language-server: $schema=vestibule.schema.json', name);
  }
  const office = read('example-office.yaml');
  const { understanding } = office;
  for (const wrong of [
    { ...office, webb: {} },
    { ...office, version: 'one' },
    { ...office, understanding: undefined },
    { ...office, understanding: { ...(understanding as object), timeZone: 5 } },
    { ...office, understanding: { ...(understanding as object), timezone: 'Europe/London' } },
  ]) {
    t.notOk(validate(JSON.parse(JSON.stringify(wrong))));
  }
  t.end();
});
