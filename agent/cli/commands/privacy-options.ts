import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Proof } from '../../privacy/request-desk.js';
import type { SubjectQuery } from '../../privacy/subject-finder.js';

export interface WhomOptions {
  readonly number?: string;
  readonly email?: string;
  readonly name?: string;
  readonly contact?: string;
}

/** Whose data is meant. */
export const withWhom = (command: Command): Command =>
  command
    .option('--number <number>', 'by telephone number')
    .option('--email <address>', 'by e-mail address, also as it was spelt out')
    .option('--name <name>', 'by name')
    .option('--contact <id>', 'by contact, where number or name fit several people');

export const queryOf = ({ number, email, name, contact }: WhomOptions): SubjectQuery => ({
  ...{ number, email, name, contact },
});

export interface ProofOptions {
  readonly request?: number;
  readonly identity?: string;
}

export const wholeNumber = (text: string): number => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) {
    throw new InvalidArgumentError('write a whole number from 1 on.');
  }
  return number;
};

/** How it is known who asks. */
export const withProof = (command: Command): Command =>
  command
    .addOption(
      new Option('--request <n>', 'a request whose identity was checked').argParser(wholeNumber),
    )
    .option('--identity <how>', 'how you know that it is this person; kept in log and receipt');

export const proofOf = ({ request, identity }: ProofOptions): Proof => ({ request, identity });

/** An option that may be given several times. */
export const several = (one: string, before: readonly string[]): readonly string[] => [
  ...before,
  one,
];
