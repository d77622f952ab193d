import { execFile, type ExecFileOptions } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { updateErrors } from './errors.js';

/**
 * Runs programs of releases, and of the system. After `lower`, a process of root works as whom the data
 * belong to, so that nothing in their folder leads it anywhere else; what needs root is raised by name.
 */
export class Commands {
  readonly #env: NodeJS.ProcessEnv;
  #owner: { readonly uid: number; readonly gid: number } | undefined;

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env;
  }

  /** From here on as the owner of `home`, unless we are no root, or it is root's. */
  lower(home: string): void {
    const { uid, gid } = statSync(home);
    if (process.getuid?.() !== 0 || uid === 0) return;
    this.#owner = { uid, gid };
    this.#work();
  }

  /** Does `work`, which must not wait for anything, with all rights that this process was started with. */
  raised<T>(work: () => T): T {
    if (this.#owner === undefined) return work();
    process.seteuid?.(0);
    process.setegid?.(0);
    try {
      return work();
    } finally {
      this.#work();
    }
  }

  /** Runs a program of the system; returns what it printed. @throws UPDATE_STEP with what it said of the cause */
  run(program: string, ...args: readonly string[]): Promise<string> {
    return this.#run(program, args, {});
  }

  /** Runs a command of the release at `root` as whom the data belong to. @throws UPDATE_STEP */
  vestibule(root: string, ...args: readonly string[]): Promise<string> {
    return this.asOwner(process.execPath, join(root, 'build', 'agent', 'main.js'), ...args);
  }

  asOwner(program: string, ...args: readonly string[]): Promise<string> {
    return this.#run(program, args, this.#owner ?? {});
  }

  #work(): void {
    if (this.#owner === undefined) return;
    process.setegid?.(this.#owner.gid);
    process.seteuid?.(this.#owner.uid);
  }

  async #run(
    program: string,
    args: readonly string[],
    owner: Pick<ExecFileOptions, 'uid' | 'gid'>,
  ): Promise<string> {
    try {
      const { stdout } = await this.raised(() =>
        promisify(execFile)(program, args, {
          ...owner,
          ...{ env: this.#env, cwd: '/', encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
        }),
      );
      return stdout;
    } catch (cause) {
      const failed = cause as { stdout?: string; stderr?: string; code?: number | string };
      const { stdout = '', stderr = '', code } = failed;
      // Commands that find a fault print what they found; whoever asks knows how to read it.
      if (code === 1 && args.includes('--json') && stdout !== '') return stdout;
      const said = causeIn(`${stdout}\n${stderr}`);
      throw updateErrors.make('STEP', {
        place: [program, ...args].join(' '),
        detail: said === '' ? `exit ${String(code)}` : said,
        cause,
      });
    }
  }
}

/** What is told of it at most, in characters. */
const MOST_TOLD = 400;

/**
 * The last line that a program printed; where it speaks of an error before, from the line before that on: dpkg
 * ends with the bare name of the package, and what its script said stands above.
 */
export function causeIn(printed: string): string {
  const lines = printed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const error = lines.findIndex((line) => /\berror\b/iu.test(line));
  const from = error === -1 ? -1 : Math.max(0, error - 1);
  return lines.slice(from).join('; ').slice(0, MOST_TOLD);
}
