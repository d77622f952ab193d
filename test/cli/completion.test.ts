import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import t from 'tap';
import { checkoutRoot } from '../../agent/wire/checkout.js';

const MAIN = join(checkoutRoot, 'build/agent/main.js');

/** What a bash as it comes, without the package bash-completion, offers for the last of `words`. */
function offered(...words: readonly string[]) {
  const { stdout, stderr } = spawnSync(
    'bash',
    [
      ...['--noprofile', '--norc', '-c'],
      // compopt is told to a shell at a terminal alone: what it is told last is shown instead.
      `vestibule() { "$NODE" "$MAIN" "$@"; }
       compopt() { last="$*"; }
       . <(vestibule completion bash)
       COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
       "$(complete -p vestibule | sed 's/.*-F \\([^ ]*\\).*/\\1/')"
       printf '%s\\n' "\${COMPREPLY[@]}"
       echo "files: $last"`,
      ...['bash', ...words],
    ],
    { encoding: 'utf8', env: { PATH: process.env.PATH, NODE: process.execPath, MAIN } },
  );
  const [, found = '', files = ''] = /^([^]*)files: (.*)\n$/u.exec(stdout) ?? [];
  return { words: found.trim().split('\n'), files: files === '-o default', stderr };
}

t.test('bash completes commands and options; elsewhere it offers files', (t) => {
  const commands = offered('vestibule', 'privacy', 're');
  t.match(commands, { stderr: '', files: false });
  t.ok(commands.words.includes('report') && commands.words.includes('restrict'));
  t.ok(commands.words.every((word) => word.startsWith('re')));
  t.ok(offered('vestibule', 'doctor', '--').words.includes('--fix'));
  t.match(offered('vestibule', 'calls', 'export', 'last', 'so'), { words: [''], files: true });
  t.end();
});
