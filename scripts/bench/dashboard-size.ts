import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { checkoutRoot } from '../../agent/wire/checkout.js';

/** What a browser loads before it shows anything: the page, its scripts and its styles. */
export interface FirstLoad {
  readonly files: readonly string[];
  /** As they cross the network, brotli; 1,000 bytes each. */
  readonly kilobytes: number;
}

/** Measures the pages as they are built in build/ui. */
export function firstLoad(built = join(checkoutRoot, 'build', 'ui')): FirstLoad {
  const page = readFileSync(join(built, 'index.html'));
  const files = [...page.toString().matchAll(/(?:src|href)="\/(assets\/[^"]+)"/gu)].map(
    ([, file = '']) => file,
  );
  const bytes = files.reduce(
    (sum, file) => sum + statSync(join(built, `${file}.br`)).size,
    brotliCompressSync(page).length,
  );
  return { files, kilobytes: bytes / 1000 };
}
