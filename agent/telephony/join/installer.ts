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
import { join } from 'node:path';
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
    return { file, state: found.inside.trim() === text.trim() ? 'installed' : 'other' };
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

/** Takes everything out again: the files are as before, to the byte. Returns the files that were changed. */
export function remove(folder: string, files: readonly string[]): readonly string[] {
  return files.filter((file) => {
    const whole = read(folder, file);
    const part = partIn(whole, join(folder, file));
    if (whole === undefined || part === undefined) return false;
    const path = join(folder, file);
    if (part.made) unlink(path);
    else write(path, part.before + part.after);
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
  const rest = whole.slice(to + END.length).replace(/^\n/u, '');
  const inside = whole.slice(from + BEGIN.length, to);
  const made = inside.includes(EMPTY);
  // The line end before the mark is ours, unless somebody has taken it away.
  const ours = whole[from - 1] === '\n' ? 1 : 0;
  return {
    before: whole.slice(0, from - ours),
    inside: inside.replace(EMPTY, ''),
    after: rest,
    made,
  };
}

function withPart(whole: string | undefined, text: string, place: string): string {
  const part = partIn(whole, place);
  const made = whole === undefined || part?.made === true;
  const before = part?.before ?? whole ?? '';
  const after = part?.after ?? '';
  const marked = [BEGIN, ...(made ? [EMPTY] : []), text.trimEnd(), END, ''].join('\n');
  return `${before}\n${marked}${after}`;
}

function read(folder: string, file: string): string | undefined {
  try {
    return readFileSync(join(folder, file), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw pbxErrors.make('NOT_WRITABLE', { place: join(folder, file), cause: error });
  }
}

/** In one step, with the owner and the rights that the file had; a link stays a link. */
function write(named: string, text: string): void {
  let path = named;
  try {
    const had = existsSync(named) ? statSync(named) : undefined;
    if (had !== undefined) path = realpathSync(named);
    writeFileSync(`${path}.vestibule`, text, { mode: 0o640 });
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
