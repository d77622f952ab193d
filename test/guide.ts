import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutRoot } from '../agent/wire/checkout.js';

/** Why a block of commands is run by no test: all that there is, with its reason. */
export const NOT_RUN: Readonly<Record<string, string>> = {
  ci: 'tests, all of which .ci/run runs by the same script',
};

/** Run in a new office. */
export const NEW_OFFICE = '';
/** Run where calls are stored, with the ids of what is planted there in place of CALL, MESSAGE and so on. */
export const WITH_CALL = 'with-call';
/** Run where models are, with trained heads. */
export const WITH_MODELS = 'with-models';
/** Run beside what of the daemon the commands speak with. */
export const WITH_DAEMON = 'with-daemon';
/** Run by a test that asks for it by `guideBlock`. */
export const ELSEWHERE = 'elsewhere';

export const WORDS: readonly string[] = [
  ...[NEW_OFFICE, WITH_CALL, WITH_MODELS, WITH_DAEMON, ELSEWHERE],
  ...Object.keys(NOT_RUN),
];

/** A block of commands that people are told to type. */
export interface Block {
  readonly file: string;
  readonly line: number;
  /** What stands behind the language: where it is run, or why it is not. */
  readonly word: string;
  /** Without the margin of the list that it stands in. */
  readonly text: string;
}

// commands.md is written by a program, and held to the commands by its own test.
const files = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(checkoutRoot, 'docs/guide'))
    .filter((name) => name.endsWith('.md') && name !== 'commands.md')
    .map((name) => `docs/guide/${name}`),
];

/** What somebody would type, though the block says of no language that it is commands. */
const LIKE_COMMANDS =
  /^(?:\$ )?(?:sudo |(?:\.\/)?scripts\/|vestibule \S|npm |curl |grpcurl |docker |dpkg|systemctl )/mu;

export const blocks: readonly Block[] = files.flatMap((file) => {
  const text = readFileSync(join(checkoutRoot, file), 'utf8');
  return [...text.matchAll(/^( *)```(\w*) *(.*)\n([^]*?)^ *```$/gmu)].flatMap((match) => {
    const [, margin = '', language = '', word = '', inner = ''] = match;
    const own = inner.replaceAll(new RegExp(`^${margin}`, 'gmu'), '');
    const line = text.slice(0, match.index).split('\n').length;
    if (/^(?:sh|console)$/u.test(language)) return [{ file, line, word, text: own }];
    const isUnmarked = /^(?:|text|bash|shell)$/u.test(language) && LIKE_COMMANDS.test(own);
    return isUnmarked ? [{ file, line, word: 'unmarked', text: own }] : [];
  });
});

export const nameOf = ({ file, line }: Block): string => `${file}:${String(line)}`;

/** The lines that are typed: all, or those behind a prompt where answers are shown too. */
export const typed = ({ text }: Block): readonly string[] =>
  text.startsWith('$ ')
    ? [...text.matchAll(/^\$ (.+)$/gmu)].map(([, line = '']) => line)
    : text.split('\n').filter((line) => line.trim() !== '');

/** The words of a line as the shell has them, without a comment at its end. */
export const wordsOf = (line: string): readonly string[] =>
  [...line.replace(/(?:^|\s)#.*$/u, '').matchAll(/"([^"]*)"|'([^']*)'|(\S+)/gu)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );

/** The arguments of a line that begins with `vestibule`, in whatever folder it is. @throws if it does not */
export function argumentsOf(line: string): readonly string[] {
  const words = wordsOf(line);
  const at = words.findIndex((word) => /^(?:(?:\.\/)?scripts\/)?vestibule$/u.test(word));
  if (at < 0) throw new Error(`no command of ours: ${line}`);
  return words.slice(at + 1);
}

/** Pages are named by their path; those of the guide by their name alone, too. */
const isPage = (file: string, page: string): boolean => [page, `docs/guide/${page}`].includes(file);

/**
 * The lines of the block of a page of the guide that has `what` in it, for the test that runs them.
 * @throws if there is not one such block, or it is not marked as run by another test
 */
export function guideBlock(page: string, what: string): readonly string[] {
  const found = blocks.filter(
    ({ file, word, text }) => isPage(file, page) && word === ELSEWHERE && text.includes(what),
  );
  const [block] = found;
  if (block === undefined || found.length > 1) {
    throw new Error(`${page} has ${String(found.length)} blocks with ${what} that a test runs`);
  }
  return typed(block);
}

/** Where tests ask for blocks of the guide by `guideBlock`, by the name of the block. */
export function askedFor(): ReadonlyMap<string, readonly string[]> {
  const asked = new Map<string, string[]>();
  const tests = readdirSync(join(checkoutRoot, 'test'), { recursive: true, encoding: 'utf8' });
  for (const test of tests.filter((name) => name.endsWith('.ts') && name !== 'guide.ts')) {
    const text = readFileSync(join(checkoutRoot, 'test', test), 'utf8');
    for (const [, page = '', what = ''] of text.matchAll(
      /\bguideBlock\(\s*'([^']+)',\s*'([^']+)',?\s*\)/gu,
    )) {
      const block = blocks.find(
        (one) => isPage(one.file, page) && one.word === ELSEWHERE && one.text.includes(what),
      );
      if (block === undefined) continue;
      asked.set(nameOf(block), [...(asked.get(nameOf(block)) ?? []), `test/${test}`]);
    }
  }
  return asked;
}
