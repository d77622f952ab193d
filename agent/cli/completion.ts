import type { Command } from 'commander';
import { print } from './output.js';

/**
 * Bash asks its package bash-completion for the words of the line; a server seldom has it. Without it the words
 * are those that bash itself parts.
 */
const WITHOUT_PACKAGE = `if ! declare -F _get_comp_words_by_ref >/dev/null; then
  _get_comp_words_by_ref() {
    words=("\${COMP_WORDS[@]}") cword=$COMP_CWORD cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]}
  }
fi`;
/** Where we have no word to offer, names of files are. */
const WITH_FILES = `__vestibule_or_files() {
  __vestibule_complete
  [ \${#COMPREPLY[@]} -gt 0 ] || compopt -o default
}
complete -F __vestibule_or_files vestibule`;

/** Has `completion bash` print a script that works in a bash as it comes. */
export function completeInBash(completion: Command | undefined): void {
  const isBash = (command: Command): boolean => command.args[0] === 'bash';
  completion?.hook('preAction', (command) => {
    if (isBash(command)) print(WITHOUT_PACKAGE);
  });
  completion?.hook('postAction', (command) => {
    if (isBash(command)) print(WITH_FILES);
  });
}
