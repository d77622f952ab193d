import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutRoot } from '../../agent/wire/checkout.js';

/**
 * Lends the data folder `home` the prompts and heads that tests keep between them. Prompts that a
 * configuration does not have are deleted: each `example` keeps its own.
 */
export function lendKept(home: string, example = 'example-office.yaml'): void {
  for (const [name, place] of [
    ['prompts', `prompts-${example}`],
    ['heads', 'heads'],
  ] as const) {
    const folder = join(checkoutRoot, '.vestibule', 'test', place);
    mkdirSync(folder, { recursive: true });
    symlinkSync(folder, join(home, name));
  }
}
