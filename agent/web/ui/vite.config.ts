import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { icons } from './building/icons.ts';
import { shell } from './building/shell.ts';

const OUT = join(import.meta.dirname, '../../../build/ui');

/** Beside each script and style the same, compressed once and well. */
const compressed: Plugin = {
  name: 'compressed',
  closeBundle() {
    const folder = join(OUT, 'assets');
    for (const file of readdirSync(folder).filter((name) => /\.(?:js|css)$/u.test(name))) {
      const bytes = readFileSync(join(folder, file));
      writeFileSync(join(folder, `${file}.br`), brotliCompressSync(bytes));
      writeFileSync(join(folder, `${file}.gz`), gzipSync(bytes, { level: 9 }));
    }
  },
};

// Builds the pages of the dashboard into build/ui, where agent/web/pages.ts serves them from.
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), shell(), compressed, icons(OUT, join(import.meta.dirname, 'public/icon.svg'))],
  html: { cspNonce: '{{nonce}}' },
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: 'es2022',
    rollupOptions: {
      input: {
        ...{ index: 'index.html', trust: 'trust.html', offline: 'offline.html' },
        sw: 'worker/sw.ts',
      },
      output: {
        // The worker's name must never change: browsers ask for it again under the one they know.
        entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
});
