import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Command } from 'commander';
import { programOf } from '../agent/cli/program.js';
import { checkoutRoot } from '../agent/wire/checkout.js';

/** The commands without anything behind them: enough to describe them. */
export const describedProgram = (): Command => {
  const nothing = (): never => {
    throw new Error('commands are only described here');
  };
  return programOf('', nothing, nothing, nothing, () => undefined);
};

/** docs/guide/commands.md, of the same words as --help; `npm run docs:commands`. */
export function commandsPage(program: Command): string {
  const parts = program.commands
    .filter((one) => !isHidden(one))
    .sort((a, b) => (a.name() < b.name() ? -1 : 1))
    .flatMap((command) => sections(command, program.name(), 2));
  return `# Every command

The program is \`scripts/vestibule\` in a checkout, \`vestibule\` where the package is installed. It ends with 0
when all is well, 1 when a fault was found, 2 for wrong usage or a wrong configuration; errors are one
line. \`vestibule completion bash\` (or \`zsh\`, \`fish\`) prints what your shell needs to complete commands.
This page has the words of \`--help\`; \`npm run docs:commands\` writes it.

${parts.join('\n')}`;
}

function sections(command: Command, path: string, level: number): readonly string[] {
  const name = `${path} ${command.name()}`;
  const usage = `${name} ${command.usage()}`.trim();
  const children = command.commands.filter((one) => !isHidden(one) && one.name() !== 'help');
  const rows = [
    ...command.registeredArguments.map((one) => [
      `\`<${one.name()}>\``,
      one.description === '' ? '' : one.description,
    ]),
    ...command.options
      .filter(({ hidden }) => !hidden)
      .map((one) => [`\`${one.flags}\``, `${one.description}${defaultOf(one.defaultValue)}`]),
  ];
  return [
    `${'#'.repeat(Math.min(level, 4))} ${name}`,
    '',
    `${capital(command.description())}.`,
    '',
    ...(children.length === 0 ? ['```sh', usage, '```', ''] : []),
    ...rows
      .filter(([, told]) => told !== '')
      .map(([flag, told]) => `- ${flag ?? ''}: ${told ?? ''}`),
    ...(rows.some(([, told]) => told !== '') ? [''] : []),
    ...children.flatMap((child) => sections(child, name, level + 1)),
  ];
}

const isHidden = (command: Command): boolean =>
  (command as unknown as { _hidden?: boolean })._hidden === true;
/** What holds without an option; places of this checkout as any checkout has them. */
function defaultOf(value: unknown): string {
  if (value === undefined || value === false || (Array.isArray(value) && value.length === 0)) {
    return '';
  }
  if (value === checkoutRoot) return ' (this one without it)';
  return ` (${JSON.stringify(value).replace(`${checkoutRoot}/`, '')} without it)`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const COMMANDS_PAGE = join(checkoutRoot, 'docs', 'guide', 'commands.md');

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(COMMANDS_PAGE, commandsPage(describedProgram()));
}
