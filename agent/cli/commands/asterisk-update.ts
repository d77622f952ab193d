import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { asteriskTree } from '../../telephony/pbx/program.js';
import { pbxErrors } from '../../telephony/pbx/errors.js';
import { checkoutRoot } from '../../wire/checkout.js';
import { print } from '../output.js';

const SCRIPT = join(checkoutRoot, 'scripts', 'install-asterisk');

export const asteriskUpdateCommand = (): Command =>
  new Command('update')
    .description('security updates of the private Asterisk')
    .option('--plan', 'say which version would come, and change nothing (the default)')
    .option('--apply', 'fetch it, switch to it, and go back if it lacks anything')
    .addHelpText(
      'after',
      `
The version in use stays beside the new one: scripts/install-asterisk --rollback. The new one
counts from the next start. So that no call is dropped: vestibule drain, then start again.`,
    )
    .action(({ plan, apply }: { plan?: true; apply?: true }) => {
      if (apply !== true || plan === true) {
        install('--plan');
        return;
      }
      install('--force');
      const missing = missingModules();
      if (missing.length === 0) {
        print('it has all that is needed; it counts from the next start');
        return;
      }
      // The one that lacks modules must not be what another --rollback goes to.
      install('--undo');
      throw pbxErrors.make('UPDATE_LACKS', { detail: missing.join(', ') });
    });

function install(option: string): void {
  const { status } = spawnSync(SCRIPT, [option], { stdio: 'inherit' });
  if (status !== 0) throw pbxErrors.make('UPDATE_FAILED', { place: `${SCRIPT} ${option}` });
}

/** Modules that asterisk-config/modules.conf loads and the Asterisk in use does not have. */
function missingModules(): readonly string[] {
  const store =
    process.env.VESTIBULE_ASTERISK_STORE ?? join(checkoutRoot, '.vestibule', 'asterisk');
  const { modules } = asteriskTree(join(store, 'current'));
  const wanted = readFileSync(join(checkoutRoot, 'asterisk-config', 'modules.conf'), 'utf8');
  return [...wanted.matchAll(/^(?:pre)?load = (\S+\.so)$/gmu)]
    .map(([, name = '']) => name)
    .filter((name) => !existsSync(join(modules, name)));
}
