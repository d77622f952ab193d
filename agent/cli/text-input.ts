import { createInterface } from 'node:readline';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { DateTime } from 'luxon';

/** Parts of the configuration that a command in text may replace. */
export interface Instead {
  readonly language?: string;
  readonly country?: string;
  readonly profile?: string;
}

/** Adds the options that every command in text takes. */
export const withInstead = (command: Command): Command =>
  command
    .option('--language <language>', 'instead of the configured one')
    .option(
      '--country <country>',
      'instead of the configured one: two letters, such as gb',
      country,
    )
    .option('--profile <profile>', 'instead of the configured one');

/** The time from which "tomorrow" is counted. */
export const nowOption = (): Option =>
  new Option(
    '--now <time>',
    'ISO time to count from; without an offset by the office’s clock',
  ).argParser((text) => {
    if (DateTime.fromISO(text).isValid) return text;
    throw new InvalidArgumentError('Write an ISO time such as 2026-11-24T09:00.');
  });

function country(text: string): string {
  if (!/^[a-z]{2}$/iu.test(text)) throw new InvalidArgumentError('Write two letters, such as gb.');
  return text.toLowerCase();
}

/** The text of the command line, or else the lines of standard input, each as soon as it is there. */
export async function* textsOf(words: readonly string[]): AsyncGenerator<string> {
  if (words.length > 0) {
    yield words.join(' ');
    return;
  }
  yield* createInterface({ input: process.stdin, terminal: false, crlfDelay: Infinity });
}
