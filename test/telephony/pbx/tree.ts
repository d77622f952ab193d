import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkoutRoot } from '../../../agent/wire/checkout.js';
import { interpreterOf } from '../../../agent/telephony/pbx/program.js';
import type { Ends } from '../../records/store.js';

export const templates = join(checkoutRoot, 'asterisk-config');

/** A folder of the test's own, removed after it. */
export function folderOf(t: Ends): string {
  const folder = mkdtempSync(join(tmpdir(), 'vt-pbx-'));
  t.teardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** What an unpacked Asterisk looks like from outside: a real ELF program (Node's own), its loader. */
export function bareTree(t: Ends): string {
  const root = folderOf(t);
  const libraries = join(root, 'usr/lib/x86_64-linux-gnu');
  mkdirSync(join(root, 'usr/sbin'), { recursive: true });
  mkdirSync(join(libraries, 'asterisk/modules'), { recursive: true });
  mkdirSync(join(root, 'usr/share/asterisk/rest-api'), { recursive: true });
  mkdirSync(join(root, 'usr/share/asterisk/sounds/en_US_f_Allison'), { recursive: true });
  symlinkSync(process.execPath, join(root, 'usr/sbin/asterisk'));
  const loader = interpreterOf(process.execPath).split('/').at(-1) ?? '';
  writeFileSync(join(libraries, loader), '');
  return root;
}

/** Sections of an Asterisk configuration file: name and lines, in order. */
export function sectionsOf(text: string): readonly (readonly [name: string, lines: string[]])[] {
  const sections: [string, string[]][] = [];
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (line === '' || line.startsWith(';')) continue;
    const name = /^\[([^\]]+)\]$/u.exec(line)?.[1];
    if (name !== undefined) sections.push([name, []]);
    else sections.at(-1)?.[1].push(line);
  }
  return sections;
}
