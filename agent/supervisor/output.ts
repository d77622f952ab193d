import type { ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';

/** A line that does not end is shown in pieces of so many characters. */
const LINE_MOST = 8_192;
/** A grandchild may hold the pipe open for longer than its parent lives. */
const LAST_WORDS_MS = 500;

/** The log to append to; undefined, which means our standard error, if the disk refuses it. */
export function openLog(path: string | undefined): number | undefined {
  if (path === undefined) return undefined;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return openSync(path, 'a', 0o600);
  } catch {
    return undefined;
  }
}

/**
 * Appends what `child` says on its standard error to `log`, which it owns from now on, and shows it
 * on ours, each line with the child's name: a bare line may be taken for one of our own.
 */
export function show(child: ChildProcess, said: Readable, log: number, name: string): void {
  let rest = '';
  const line = (text: string): void => {
    process.stderr.write(`${name}: ${text}\n`);
  };
  said.setEncoding('utf8');
  said.on('data', (text: string) => {
    append(log, text);
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(line);
    for (; rest.length > LINE_MOST; rest = rest.slice(LINE_MOST)) line(rest.slice(0, LINE_MOST));
  });
  said.on('error', () => undefined);
  said.on('close', () => {
    if (rest !== '') line(rest);
    closeSync(log);
  });
  child.on('exit', () => {
    setTimeout(() => said.destroy(), LAST_WORDS_MS);
  });
}

function append(log: number, text: string): void {
  try {
    writeSync(log, text);
  } catch {
    // The disk is full: the line is shown all the same.
  }
}
