import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import type { Plugin } from 'vite';

/** The ground of icon.svg: systems that cut an icon to their own shape need it up to the edges. */
const GROUND = '#0c6b64';

/**
 * Pictures of the icon for systems that take no SVG: name, pixels, and whether the corners are filled. All that
 * is drawn in icon.svg lies within the circle of a maskable icon, 40 % of its width around the middle.
 */
export const ICONS = [
  { file: 'icon-192.png', pixels: 192, whole: false },
  { file: 'icon-512.png', pixels: 512, whole: false },
  { file: 'icon-maskable-192.png', pixels: 192, whole: true },
  { file: 'icon-maskable-512.png', pixels: 512, whole: true },
  // iPhones and iPads round the corners themselves.
  { file: 'icon-apple.png', pixels: 180, whole: true },
] as const;

/** Draws icon.svg as pictures beside it. */
export const icons = (out: string, svg: string): Plugin => ({
  name: 'icons',
  apply: 'build',
  async closeBundle() {
    const find = createRequire(import.meta.url);
    await initWasm(readFileSync(find.resolve('@resvg/resvg-wasm/index_bg.wasm')));
    const source = readFileSync(svg, 'utf8');
    for (const { file, pixels, whole } of ICONS) {
      const drawing = new Resvg(source, {
        fitTo: { mode: 'width', value: pixels },
        ...(whole ? { background: GROUND } : {}),
      });
      writeFileSync(join(out, file), drawing.render().asPng());
      drawing.free();
    }
  },
});
