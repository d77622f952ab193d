import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { sharedHeads } from '../understanding/shipped-head.js';

/** An example office in a data folder of its own; the trained heads are kept between tests. */
export function exampleHome(t: Test, example = 'example-office.yaml'): string {
  const home = mkdtempSync(join(tmpdir(), 'vt-text-'));
  t.teardown(() => {
    rmSync(home, { recursive: true, force: true });
  });
  copyFileSync(join(checkoutRoot, 'agent', 'config', example), join(home, 'vestibule.yaml'));
  mkdirSync(sharedHeads, { recursive: true });
  symlinkSync(sharedHeads, join(home, 'heads'));
  return home;
}
