import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { checkoutRoot } from '../agent/wire/checkout.js';

/** The file of answers that the guide shows. */
export const SHOWN_ANSWERS =
  /```yaml\n(# answers\.yaml\n[\s\S]*?)```/u.exec(
    readFileSync(join(checkoutRoot, 'docs/guide/quick-start.md'), 'utf8'),
  )?.[1] ?? '';

/** What it answers; fresh each time, so that it may be changed. */
export const shownAnswers = (): Record<string, unknown> =>
  parse(SHOWN_ANSWERS) as Record<string, unknown>;
