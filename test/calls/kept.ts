import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutRoot } from '../../agent/wire/checkout.js';

const folderOf = (name: string): string => {
  const folder = join(checkoutRoot, '.vestibule', 'test', name);
  mkdirSync(folder, { recursive: true });
  return folder;
};

/** Copies the rendered prompts that only `from` has; whoever reads beside it finds whole files only. */
function copyPrompts(from: string, to: string): void {
  for (const name of readdirSync(from)) {
    const file = join(to, name);
    if (!name.endsWith('.pcm') || existsSync(file)) continue;
    const part = `${file}.${String(process.pid)}`;
    copyFileSync(join(from, name), part);
    renameSync(part, file);
  }
}

/**
 * Lends the data folder `home` the prompts and heads that tests keep between them. An office deletes the
 * prompts that its configuration does not have: it gets copies, and what it has rendered besides is kept by
 * `keepPrompts`.
 */
export function lendKept(home: string): void {
  symlinkSync(folderOf('heads'), join(home, 'heads'));
  mkdirSync(join(home, 'prompts'), { mode: 0o700 });
  copyPrompts(folderOf('prompts'), join(home, 'prompts'));
}

/** Keeps what the office of the data folder `home` has rendered for those that come after it. */
export function keepPrompts(home: string): void {
  copyPrompts(join(home, 'prompts'), folderOf('prompts'));
}
