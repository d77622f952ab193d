import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

t.test('the manual page names every command', (t) => {
  const file = execFileSync(join(checkoutRoot, 'scripts', 'man-page'), { encoding: 'utf8' }).trim();
  const page = readFileSync(join(checkoutRoot, file), 'utf8').replaceAll('\\-', '-');
  t.match(page, /^\.TH "VESTIBULE" "1"/mu);
  for (const command of describedProgram().commands) {
    t.ok(
      page.includes(`vestibule ${command.name()}`) || command.name() === 'complete',
      command.name(),
    );
  }
  t.end();
});
