import tab from '@bomb.sh/tab/commander';
import { Command, CommanderError } from 'commander';
import { oneLine, VestibuleError } from '../errors.js';
import { accountsCommand } from './commands/accounts.js';
import { asteriskCommand } from './commands/asterisk.js';
import { auditCommand } from './commands/audit.js';
import { backupCommand, restoreCommand } from './commands/backup.js';
import { callsCommand } from './commands/calls.js';
import { checkCommand } from './commands/check.js';
import { configCommand } from './commands/config.js';
import { contactsCommand } from './commands/contacts.js';
import { converseCommand } from './commands/converse.js';
import { dashboardCommand } from './commands/dashboard.js';
import { doctorCommand } from './commands/doctor.js';
import { drainCommand, liveCommand } from './commands/drain.js';
import { explainCommand } from './commands/explain.js';
import { handlingCommand } from './commands/handling.js';
import { intentsCommand } from './commands/intents.js';
import { keysCommand } from './commands/keys.js';
import { callBackCommand } from './commands/call-back.js';
import { loginCommand, logoutCommand } from './commands/login.js';
import { messagesCommand } from './commands/messages.js';
import { modelsCommand } from './commands/models.js';
import { privacyCommand } from './commands/privacy.js';
import { profileCommand } from './commands/profile.js';
import { promptsCommand } from './commands/prompts.js';
import { reloadCommand } from './commands/reload.js';
import { rehearseCommand } from './commands/rehearse.js';
import { replayCommand } from './commands/replay.js';
import { runCommand } from './commands/run.js';
import { searchCommand } from './commands/search.js';
import { selfTestCommand } from './commands/self-test.js';
import { serviceCommand } from './commands/service.js';
import { setupCommand } from './commands/setup.js';
import { slotCommand } from './commands/slot.js';
import { speechCommand } from './commands/speech.js';
import { supportBundleCommand } from './commands/support-bundle.js';
import { talkCommand } from './commands/talk.js';
import { transcribeCommand } from './commands/transcribe.js';
import { understandCommand } from './commands/understand.js';
import { updateCommand } from './commands/update.js';
import type { Bare } from './bare.js';
import { completeInBash } from './completion.js';
import type { Examine } from './doctor-report.js';
import type { House } from './house.js';
import { EXIT } from './output.js';

/** Below the commands: where to begin, and what the exit codes mean. */
const HELP_END = `
Examples:
  vestibule setup                     make the example your office
  vestibule check                     every fault of the configuration at once
  vestibule doctor                    whether all is well, and how to mend what is not
  vestibule self-test                 have it called once while it runs
  vestibule calls list                what calls there were
  vestibule explain last              the whole story of the last one
  vestibule COMMAND --help            what a command takes

Exit codes: 0 all is well, 1 a fault was found, 2 wrong usage or a wrong configuration.`;

/** Commands that complete a line for a shell: they need the tree of commands alone. */
const COMPLETES = ['complete', 'completion'];

/**
 * The tree of all commands; nothing is opened until one of them runs. Before that `load` is called: what it
 * fetches is not needed to complete a line or to show help.
 */
export function programOf(
  version: string,
  house: () => House,
  examine: Examine,
  bare: () => Bare,
  finish: (code: number) => void,
  load: () => Promise<void> = () => Promise.resolve(),
): Command {
  const program = new Command('vestibule')
    .description('A self-hosted telephone receptionist.')
    .version(version)
    .configureHelp({ sortSubcommands: true })
    .showHelpAfterError('(vestibule --help shows every command)')
    .addHelpText('after', HELP_END);
  for (const command of [
    setupCommand(bare, house, finish),
    supportBundleCommand(bare),
    profileCommand(bare),
    runCommand(house),
    reloadCommand(house),
    drainCommand(house),
    liveCommand(house),
    checkCommand(house),
    configCommand(house),
    asteriskCommand(house),
    modelsCommand(finish),
    intentsCommand(house, finish),
    keysCommand(house),
    loginCommand(house),
    logoutCommand(house),
    callsCommand(house),
    explainCommand(house),
    auditCommand(house, finish),
    privacyCommand(house, finish),
    messagesCommand(house),
    callBackCommand(house),
    contactsCommand(house),
    handlingCommand(house),
    accountsCommand(house),
    dashboardCommand(house),
    replayCommand(house, finish),
    converseCommand(house, finish),
    rehearseCommand(house, finish),
    selfTestCommand(house, finish),
    transcribeCommand(finish),
    talkCommand(house),
    promptsCommand(house),
    doctorCommand(examine, finish),
    searchCommand(house),
    backupCommand(house, finish),
    restoreCommand(house, bare),
    serviceCommand(),
    slotCommand(house),
    speechCommand(finish),
    understandCommand(house),
    updateCommand(house, bare, finish),
  ]) {
    program.addCommand(command);
  }
  // `vestibule completion bash` prints what a shell needs to complete our commands.
  tab(program, { completionCommandName: 'completion' });
  completeInBash(program.commands.find((command) => command.name() === 'completion'));
  overrideExit(program);
  program.hook('preAction', async (_program, command) => {
    if (!COMPLETES.includes(command.name())) await load();
  });
  return program;
}

/**
 * Runs one command line and returns its exit code: 0 fine, 1 a fault was found, 2 wrong usage or
 * configuration. Errors are one line on standard error.
 */
export async function runProgram(
  argv: readonly string[],
  version: string,
  house: () => House,
  examine: Examine,
  bare: () => Bare,
  load?: () => Promise<void>,
): Promise<number> {
  let code: number = EXIT.fine;
  const finish = (exit: number): void => {
    code = exit;
  };
  const program = programOf(version, house, examine, bare, finish, load);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.wrongUsage;
    process.stderr.write(`vestibule: ${oneLine(error)}\n`);
    return error instanceof VestibuleError && error.code.startsWith('CONFIG_')
      ? EXIT.wrongUsage
      : EXIT.faultFound;
  }
}

/** Commander's exit override is not inherited by commands that are added whole. */
function overrideExit(command: Command): void {
  command.exitOverride();
  for (const child of command.commands) overrideExit(child);
}
