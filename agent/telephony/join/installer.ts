import {
  chmodSync,
  chownSync,
  existsSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { pbxErrors } from '../pbx/errors.js';
import type { PbxKind, Snippet } from './snippets.js';

const BEGIN =
  '; >>> vestibule: written by `vestibule asterisk enable`, taken out by `vestibule asterisk disable`';
const EMPTY = '; vestibule: this file did not exist before';
const END = '; <<< vestibule';

/** How a snippet stands in its file. */
export type SnippetState = 'absent' | 'installed' | 'other';

/** What was found of each file. */
export interface Standing {
  readonly file: string;
  readonly state: SnippetState;
}

/** What kind of PBX has its configuration in `folder`. @throws PBX_NO_ASTERISK */
export function kindOf(folder: string): PbxKind {
  if (!existsSync(join(folder, 'extensions.conf')) || !existsSync(join(folder, 'pjsip.conf'))) {
    throw pbxErrors.make('NO_ASTERISK', { place: folder });
  }
  const freepbx = existsSync(join(folder, 'extensions_additional.conf'));
  return freepbx ? 'freepbx' : 'asterisk';
}

/** How each snippet stands: not there, there as it should be, or there and different. */
export function standing(folder: string, snippets: readonly Snippet[]): readonly Standing[] {
  return snippets.map(({ file, text }) => {
    const found = partIn(read(folder, file));
    if (found === undefined) return { file, state: 'absent' };
    // Asterisk reads lines of DOS as its own.
    const inside = found.inside.replace(/\r/gu, '').trim();
    return { file, state: inside === bytesOf(text).trim() ? 'installed' : 'other' };
  });
}

/**
 * Writes each snippet into its file, between marks; one that is there already is renewed. All files are
 * checked before the first is written. @throws PBX_MARKS_BROKEN, PBX_NOT_WRITABLE
 */
export function install(folder: string, snippets: readonly Snippet[]): void {
  const before = snippets.map(({ file }) => read(folder, file));
  const after = snippets.map(({ file, text }, at) =>
    withPart(before[at], text, join(folder, file)),
  );
  snippets.forEach(({ file }, at) => {
    write(join(folder, file), after[at] ?? '');
  });
}

/**
 * Takes everything out again: the files are as before, to the byte, with what others have written around it
 * since. Returns the files that were changed. @throws PBX_MARKS_BROKEN, PBX_NOT_WRITABLE
 */
export function remove(folder: string, files: readonly string[]): readonly string[] {
  return files.filter((file) => {
    const whole = read(folder, file);
    const part = partIn(whole, join(folder, file));
    if (whole === undefined || part === undefined) return false;
    const path = join(folder, file);
    const rest = part.before + part.after;
    if (part.made && rest.trim() === '') unlink(path);
    else write(path, rest);
    return true;
  });
}

interface Part {
  readonly before: string;
  readonly inside: string;
  readonly after: string;
  /** The file was made for it. */
  readonly made: boolean;
}

/** @throws PBX_MARKS_BROKEN */
function partIn(whole: string | undefined, place = ''): Part | undefined {
  const from = whole?.indexOf(BEGIN) ?? -1;
  if (whole === undefined || from < 0) return undefined;
  const to = whole.indexOf(END, from);
  if (to < 0 || whole.includes(BEGIN, from + 1)) {
    throw pbxErrors.make('MARKS_BROKEN', { place });
  }
  const rest = whole.slice(to + END.length);
  const lineEnd = /^\r?\n/u.exec(rest)?.[0] ?? '';
  const inside = whole.slice(from + BEGIN.length, to);
  const made = inside.includes(EMPTY);
  return {
    before: withoutEnd(whole.slice(0, from), lineEnd),
    inside: inside.replace(EMPTY, ''),
    after: rest.slice(lineEnd.length),
    made,
  };
}

/** The line end before the mark is ours, unless somebody has taken it away; an editor may have changed both. */
function withoutEnd(before: string, lineEnd: string): string {
  const ours = lineEnd !== '' && before.endsWith(lineEnd) ? lineEnd : '\n';
  return before.endsWith(ours) ? before.slice(0, -ours.length) : before;
}

function withPart(whole: string | undefined, text: string, place: string): string {
  const part = partIn(whole, place);
  const made = whole === undefined || part?.made === true;
  const before = part?.before ?? whole ?? '';
  const after = part?.after ?? '';
  const marked = [BEGIN, ...(made ? [EMPTY] : []), bytesOf(text).trimEnd(), END, ''].join('\n');
  return `${before}\n${marked}${after}`;
}

/** A character a byte: what is no UTF-8, as comments of older files, stays as it is. */
const bytesOf = (text: string): string => Buffer.from(text).toString('latin1');

/** The bytes of a file, a character each. */
function read(folder: string, file: string): string | undefined {
  try {
    return readFileSync(join(folder, file), 'latin1');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw pbxErrors.make('NOT_WRITABLE', { place: join(folder, file), cause: error });
  }
}

/**
 * In one step, with the owner and the rights that the file had, or those of the PBX's other files, which its
 * Asterisk can read; a link stays a link.
 */
function write(named: string, text: string): void {
  let path = named;
  try {
    const had = [named, join(dirname(named), 'extensions.conf')]
      .map((one) => statSync(one, { throwIfNoEntry: false }))
      .find((one) => one !== undefined);
    if (existsSync(named)) path = realpathSync(named);
    writeFileSync(`${path}.vestibule`, text, { encoding: 'latin1', mode: 0o640 });
    if (had !== undefined) {
      chmodSync(`${path}.vestibule`, had.mode & 0o777);
      if (process.getuid?.() === 0) chownSync(`${path}.vestibule`, had.uid, had.gid);
    }
    renameSync(`${path}.vestibule`, path);
  } catch (error) {
    throw pbxErrors.make('NOT_WRITABLE', { place: path, cause: error });
  }
}

function unlink(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    throw pbxErrors.make('NOT_WRITABLE', { place: path, cause: error });
  }
}
