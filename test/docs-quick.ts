import { runProgram } from '../agent/cli/program.js';
import { pathsOf } from '../agent/config/paths.js';
import { forCommands } from '../agent/for-commands.js';
import { argumentsOf } from './guide.js';

/** What a command said. */
export interface Said {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The arguments of a line that is one command of ours and needs no shell; undefined if it is not. */
export function plainCommand(line: string): readonly string[] | undefined {
  const words = line.replace(/\s#.*$/u, '');
  return /^(?:(?:\.\/)?scripts\/)?vestibule /u.test(words) && !/[$`|<>;&\\*\n]/u.test(words)
    ? argumentsOf(words)
    : undefined;
}

/**
 * Runs a command line in this process, which spares the second that a new one takes to load; in the folder
 * `cwd`, with the environment `env`, and with nothing on standard input.
 */
export async function inThisProcess(
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<Said> {
  const [out, err]: [string[], string[]] = [[], []];
  const { stdout, stderr } = process;
  const real = [stdout.write.bind(stdout), stderr.write.bind(stderr)] as const;
  const into = (lines: string[]) => (text: unknown) => {
    lines.push(String(text));
    return true;
  };
  const before = process.cwd();
  process.chdir(cwd);
  Object.assign(stdout, { write: into(out) });
  Object.assign(stderr, { write: into(err) });
  try {
    const lent = forCommands(pathsOf(env), env, '0', 'error');
    const status = await runProgram(
      args,
      '0',
      () => lent.house(),
      (options) => lent.examine(options),
      () => lent.bare,
    );
    return { status, stdout: out.join(''), stderr: err.join('') };
  } finally {
    Object.assign(stdout, { write: real[0] });
    Object.assign(stderr, { write: real[1] });
    process.chdir(before);
  }
}
