import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { Command, InvalidArgumentError } from 'commander';
import type { House } from '../house.js';
import { print, printJson } from '../output.js';
import { iso } from './records-output.js';

const hours = (text: string): number => {
  const value = Number(text);
  if (value >= 0.1 && value <= 24) return value;
  throw new InvalidArgumentError('give hours, 0.1 to 24');
};

/** One line each time; at a terminal it is asked for, and what may not be seen is not shown. */
class Prompter {
  readonly #lines: AsyncIterator<string>;
  readonly #close: () => void;
  #muted = false;

  constructor() {
    const terminal = process.stdin.isTTY;
    // What is typed is shown on standard error: standard output is for `eval`.
    const output = new Writable({
      write: (chunk: Buffer, _, done) => {
        if (!this.#muted) process.stderr.write(chunk);
        done();
      },
    });
    const input = createInterface({ input: process.stdin, output, terminal, crlfDelay: Infinity });
    this.#lines = input[Symbol.asyncIterator]();
    this.#close = () => {
      input.close();
    };
  }

  async ask(what: string, secret: boolean): Promise<string> {
    if (process.stdin.isTTY) process.stderr.write(`${what}: `);
    this.#muted = secret;
    const line = await this.#lines.next();
    this.#muted = false;
    if (secret && process.stdin.isTTY) process.stderr.write('\n');
    return line.done === true ? '' : line.value;
  }

  close(): void {
    this.#close();
  }
}

export const loginCommand = (house: () => House): Command =>
  new Command('login')
    .description('log in for the commands that show or change what callers said')
    .argument('<name>', 'an account of the dashboard, with an authenticator')
    .option('--hours <hours>', 'how long it is good for', hours, 8)
    .option('--json', 'print one line of JSON')
    .addHelpText(
      'after',
      `
Needed where the root key comes from a passphrase or a credential (records.keySource). Asks for the
password and the six digits of the authenticator, or reads one line each from standard input, and
prints what puts a token into this shell:

  eval "$(vestibule login NAME)"

Programs use a token of the dashboard instead: VESTIBULE_TOKEN. Every command then runs with the role
of the account, and the audit log names user and account. vestibule logout ends it.`,
    )
    .action(async (name: string, options: { hours: number; json?: true }) => {
      const prompter = new Prompter();
      try {
        const wish = { name, hours: options.hours };
        const password = await prompter.ask(`password of ${name}`, true);
        const login = await house().rooms(async (rooms) => {
          const first = await rooms.ask('login.begin', { ...wish, password });
          if (first.state === 'in') return first;
          const code = await prompter.ask('six digits of the authenticator', false);
          return rooms.ask('login.begin', { ...wish, password, code: code.trim() });
        });
        if (login.state !== 'in') return;
        if (options.json === true) {
          printJson(login);
          return;
        }
        print(`export VESTIBULE_TOKEN=${login.token}`);
        process.stderr.write(`${login.name} (${login.role}) until ${iso(login.until)}\n`);
      } finally {
        prompter.close();
      }
    });

export const logoutCommand = (house: () => House): Command =>
  new Command('logout')
    .description('end the login of VESTIBULE_TOKEN; eval its output to forget it in this shell')
    .action(async () => {
      const token = process.env.VESTIBULE_TOKEN ?? '';
      // First: one that is over already is forgotten too.
      print('unset VESTIBULE_TOKEN');
      if (token !== '') await house().rooms((rooms) => rooms.ask('login.end', { token }));
    });
