import { closeSync, existsSync, openSync, readSync, readdirSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pbxErrors } from './errors.js';

/** How to start a program, without a shell. */
export interface ProgramCall {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export interface AsteriskTree {
  /** Root of the unpacked packages. */
  readonly root: string;
  /** Folder of the libraries, such as usr/lib/x86_64-linux-gnu. */
  readonly libraries: string;
  readonly modules: string;
  /** Asterisk's own recorded prompts. */
  readonly sounds: string;
  /** Descriptions of ARI. */
  readonly restApi: string;
}

/** The unpacked Asterisk in `folder` (`.vestibule/asterisk/current`). */
export function asteriskTree(folder: string): AsteriskTree {
  if (!existsSync(join(folder, 'usr/sbin/asterisk'))) {
    throw pbxErrors.make('NOT_INSTALLED', { place: folder });
  }
  const root = realpathSync(folder);
  const lib = join(root, 'usr/lib');
  const triplet = readdirSync(lib).find((name) => existsSync(join(lib, name, 'asterisk/modules')));
  const libraries = triplet === undefined ? lib : join(lib, triplet);
  return {
    root,
    libraries,
    modules: join(libraries, 'asterisk/modules'),
    sounds: firstOf(root, [
      'usr/share/asterisk/sounds/en_US_f_Allison',
      'usr/share/asterisk/sounds/en',
      'var/lib/asterisk/sounds/en',
    ]),
    restApi: firstOf(root, ['usr/share/asterisk/rest-api', 'var/lib/asterisk/rest-api']),
  };
}

/** Debian and Asterisk's own installation put the same things in different places. */
const firstOf = (root: string, places: readonly [string, ...string[]]): string =>
  join(root, places.find((place) => existsSync(join(root, place))) ?? places[0]);

/**
 * Its forty threads would each take from heaps of their own, up to eight a core, and what a call has freed in
 * one is not given to the next in another: a tenth of its memory after 1,000 calls (glibc's malloc, mallopt(3)).
 */
const MEMORY = { MALLOC_ARENA_MAX: '2' } as const;

/**
 * The command that runs Asterisk with `own` arguments. An unpacked one runs by its own loader and
 * libraries, so that it does not depend on the age of the machine's.
 */
export function asteriskCall(tree: AsteriskTree, own: readonly string[]): ProgramCall {
  const program = join(tree.root, 'usr/sbin/asterisk');
  const interpreter = basename(interpreterOf(program));
  const loader = join(tree.libraries, interpreter);
  if (realpathSync(join(tree.root, 'usr')) === '/usr' || !existsSync(loader)) {
    return { command: program, args: own, env: MEMORY };
  }
  return {
    command: loader,
    args: ['--argv0', 'asterisk', '--library-path', tree.libraries, program, ...own],
    env: {
      // These paths are built into the libraries and point at the machine's own.
      OPENSSL_MODULES: join(tree.libraries, 'ossl-modules'),
      GCONV_PATH: join(tree.libraries, 'gconv'),
      ...MEMORY,
    },
  };
}

const PT_INTERP = 3;

/** The loader that an ELF program asks for (ELF-64, System V ABI: program header PT_INTERP). */
export function interpreterOf(program: string): string {
  const file = openSync(program, 'r');
  try {
    const read = (at: number, length: number): Buffer => {
      const bytes = Buffer.alloc(length);
      readSync(file, bytes, 0, length, at);
      return bytes;
    };
    const header = read(0, 64);
    const at = Number(header.readBigUInt64LE(32));
    const size = header.readUInt16LE(54);
    const count = header.readUInt16LE(56);
    for (let index = 0; index < count; index += 1) {
      const entry = read(at + index * size, size);
      if (entry.readUInt32LE(0) !== PT_INTERP) continue;
      const text = read(Number(entry.readBigUInt64LE(8)), Number(entry.readBigUInt64LE(32)));
      return text.toString('latin1').replace(/\0.*$/su, '');
    }
    return '';
  } finally {
    closeSync(file);
  }
}
