import { createHash } from 'node:crypto';
import type { Plugin, Rollup } from 'vite';
import { ICONS } from './icons.ts';

/** Stands in worker.ts for what it keeps. */
const PLACE = '__SHELL__';

/** The page that is shown without a connection, as agent/web/pages.ts serves it. */
const OFFLINE = '/offline';

type Bundle = Rollup.OutputBundle;

/** A file of the bundle with everything that it needs at once; what is loaded later is not among it. */
function withImports(bundle: Bundle, file: string, found = new Set<string>()): Set<string> {
  const chunk = bundle[file];
  if (chunk?.type !== 'chunk' || found.has(file)) return found;
  found.add(file);
  for (const style of chunk.viteMetadata?.importedCss ?? []) found.add(style);
  for (const next of chunk.imports) withImports(bundle, next, found);
  return found;
}

const entry = (bundle: Bundle, name: string): Rollup.OutputChunk => {
  const found = Object.values(bundle).find(
    (one): one is Rollup.OutputChunk => one.type === 'chunk' && one.isEntry && one.name === name,
  );
  if (found === undefined) throw new Error(`the build has no entry ${name}`);
  return found;
};

/**
 * Tells the service worker what the shell is: scripts and styles that the first page needs, icons, and the page
 * that is shown without a connection. A build that differs has another version, and the worker throws away
 * what it kept of the one before.
 */
export const shell = (): Plugin => ({
  name: 'shell',
  apply: 'build',
  enforce: 'post',
  generateBundle(_options, bundle) {
    const files = new Set([
      ...withImports(bundle, entry(bundle, 'index').fileName),
      ...withImports(bundle, entry(bundle, 'offline').fileName),
    ]);
    const page = bundle['offline.html'];
    const text = page?.type === 'asset' ? page.source : '';
    const kept = [
      OFFLINE,
      ...['icon.svg', 'icon-192.png', 'manifest.webmanifest'].map((file) => `/${file}`),
      ...[...files].sort().map((file) => `/${file}`),
    ];
    const version = createHash('sha256')
      .update(JSON.stringify([kept, ICONS]))
      .update(text)
      .digest('hex')
      .slice(0, 16);
    const worker = entry(bundle, 'sw');
    if (worker.imports.length > 0 || !worker.code.includes(PLACE)) {
      throw new Error('the service worker has to be one file, with a place for the shell');
    }
    worker.code = worker.code.replace(PLACE, JSON.stringify({ version, files: kept }));
  },
});
