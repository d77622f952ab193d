import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import t from 'tap';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { COMMANDS_PAGE, commandsPage, describedProgram } from '../../scripts/commands-docs.js';

const words = (page: string): string => page.replaceAll(/[\s*_\\|-]+/gu, ' ');

t.test('docs/guide/commands.md has the words of --help; npm run docs:commands', (t) => {
  const page = commandsPage(describedProgram());
  t.equal(words(readFileSync(COMMANDS_PAGE, 'utf8')), words(page));
  for (const command of describedProgram().commands) {
    if (command.name() === 'complete') continue;
    t.not(command.description(), '', `${command.name()} says what it does`);
  }
  t.end();
});

t.test('a shell completes commands and their options', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-shell-'));
  t.teardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const main = join(checkoutRoot, 'build/agent/main.js');
  writeFileSync(join(folder, 'vestibule'), `#!/bin/sh\nexec node ${main} "$@"\n`, { mode: 0o755 });
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH ?? ''}` };
  const bash = (line: string): string =>
    execFileSync('bash', ['--norc', '-c', line], { env, encoding: 'utf8' });
  const asked = (...typed: readonly string[]): string => {
    const all = ['vestibule', ...typed].map((word) => `'${word}'`).join(' ');
    return bash(
      `_get_comp_words_by_ref() { cur="\${COMP_WORDS[COMP_CWORD]}"; words=("\${COMP_WORDS[@]}"); cword=$COMP_CWORD; };
       source <(vestibule completion bash)
       COMP_WORDS=(${all}); COMP_CWORD=${String(typed.length)}; COMP_LINE="\${COMP_WORDS[*]}"; COMP_POINT=\${#COMP_LINE}
       $(complete -p vestibule | sed -E 's/.*-F ([^ ]+).*/\\1/'); printf '%s\\n' "\${COMPREPLY[@]}"`,
    );
  };
  t.match(asked('ca'), /^calls\b/mu);
  t.match(asked('calls', ''), /^export\b/mu);
  t.match(asked('calls', 'list', '--'), /^--limit\b/mu);
  t.end();
});

interface Known {
  readonly path: readonly string[];
  readonly commands: readonly string[];
  /** Long names, such as `--json`. */
  readonly options: readonly string[];
}

/** Every command with what leads to it, and what it takes that its help tells. */
function everyCommand(of: Command, path: readonly string[] = []): readonly Known[] {
  const help = of.createHelp();
  const commands = help.visibleCommands(of).filter((one) => one.name() !== 'help');
  const options = help.visibleOptions(of).flatMap(({ long }) => (long === undefined ? [] : [long]));
  return [
    { path, commands: commands.map((one) => one.name()), options },
    ...commands.flatMap((one) => everyCommand(one, [...path, one.name()])),
  ];
}

t.test('what may stand anywhere in a line is offered there', async (t) => {
  const program = describedProgram();
  const offered = async (...typed: readonly string[]): Promise<readonly string[]> => {
    const said = t.capture(console, 'log');
    await program.parseAsync(['complete', '--', ...typed], { from: 'user' });
    said.restore();
    const lines = said.args().flatMap(([line]) => String(line).split('\n'));
    return lines.map((line) => line.split('\t')[0] ?? '');
  };
  const known = everyCommand(describedProgram());
  t.ok(known.length > 120, 'the commands are found');
  for (const { path, commands, options } of known) {
    const told = [
      ...(commands.length === 0 ? [] : await offered(...path, '')),
      ...(await offered(...path, '--')),
    ];
    const lacking = [...commands, ...options].filter((one) => !told.includes(one));
    t.strictSame(lacking, [], `vestibule ${path.join(' ')}`);
  }
});

t.test('the manual page has every command, and every option where its command is', (t) => {
  const file = execFileSync(join(checkoutRoot, 'scripts', 'man-page'), { encoding: 'utf8' }).trim();
  const page = readFileSync(join(checkoutRoot, file), 'utf8').replaceAll('\\-', '-');
  t.match(page, /^\.TH "VESTIBULE" "1"/mu);
  const parts = new Map(
    page.split(/^\.S[HS] /mu).map((part) => {
      const [head = '', ...rest] = part.split('\n');
      return [head.trim(), rest.join('\n')];
    }),
  );
  for (const { path, options } of everyCommand(describedProgram())) {
    if (path.length === 0) continue;
    const part = parts.get(['vestibule', ...path].join(' '));
    if (part === undefined) t.fail(`no part of vestibule ${path.join(' ')}`);
    const lacking = options.filter((one) => one !== '--help' && !part?.includes(`\\fB${one}`));
    t.strictSame(lacking, [], `vestibule ${path.join(' ')}`);
  }
  t.end();
});
