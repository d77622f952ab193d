import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishedSchema } from '../agent/privacy/report-schema.js';
import { checkoutRoot } from '../agent/wire/checkout.js';
import { configurationSchema } from './configuration-schema.js';

const folder = join(checkoutRoot, 'docs', 'schema');
mkdirSync(folder, { recursive: true });
writeFileSync(
  join(folder, 'subject-report.schema.json'),
  `${JSON.stringify(publishedSchema(), null, 2)}\n`,
);
// Beside the example offices, whose first line names it; `vestibule check --schema` prints it.
writeFileSync(
  join(checkoutRoot, 'agent', 'config', 'vestibule.schema.json'),
  `${JSON.stringify(configurationSchema(), null, 2)}\n`,
);
