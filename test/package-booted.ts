import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { checkoutRoot } from '../agent/wire/checkout.js';
import { Booted, cannotBoot } from './cli/service/booted.js';
import { guideBlock } from './guide.js';
import { PROVIDED } from './package-system.js';

/** Why the package cannot be run by systemd here; false if it can. */
export const cannotRun = (): string | false =>
  existsSync(join(checkoutRoot, '.vestibule/asterisk/current'))
    ? (cannotBoot() ?? false)
    : 'no Asterisk here; scripts/test sets it up';

const HOME = '/var/lib/vestibule/home';
const STATE = ['systemctl', 'show', 'vestibule', '-p', 'ActiveState,SubState,NRestarts'];
const OURS = ['ps', '-u', 'vestibule', '-o', 'args'];

/** Installed on a machine on which systemd is process 1: enabled, started, taken away while it runs. */
export async function onBooted(t: Test, deb: string): Promise<void> {
  const machine = new Booted(t);
  await machine.running();
  const works = (...command: readonly string[]): string => {
    const { status, all } = machine.on(...command);
    t.equal(status, 0, `${command.join(' ')}: ${status === 0 ? 'done' : all}`);
    return all;
  };
  works('dpkg', '--force-unsafe-io', '--force-depends', '--install', deb);
  works('sh', '-c', PROVIDED, 'sh', '/checkout');
  const example = '/usr/lib/vestibule/agent/config/example-office.yaml';
  works('runuser', '-u', 'vestibule', '--', 'cp', example, `${HOME}/vestibule.yaml`);
  works('vestibule', 'intents', 'train');
  works('vestibule', 'asterisk', 'render');
  const start = guideBlock('service.md', 'vestibule-provision').at(-1) ?? '';
  works('sh', '-c', start.replace('sudo ', ''));
  const children = await machine.until(
    /--worker voice[^]*main\.js run|main\.js run[^]*--worker voice/u,
    ...OURS,
  );
  t.match(children, /\/usr\/lib\/vestibule\/build\/agent\/supervisor\//u, 'what was packed runs');
  t.match(children, /asterisk\.conf/u);
  await machine.until(/Asterisk Ready/u, 'cat', `${HOME}/run/asterisk.log`);
  await machine.until(/vad\.sock/u, 'ls', `${HOME}/run`);
  t.match(
    machine.on(...STATE).all,
    /ActiveState=active[^]*NRestarts=0|NRestarts=0[^]*ActiveState=active/u,
  );
  t.match(machine.on('systemctl', 'is-enabled', 'vestibule').all, /^enabled$/mu);

  works('dpkg', '--remove', 'vestibule');
  t.notMatch(machine.on(...OURS).all, /asterisk\.conf|main\.js/u, 'taken away, nothing of it runs');
  t.notMatch(machine.on('systemctl', 'list-unit-files').all, /^vestibule\.service/mu);
  works('test', '-s', `${HOME}/vestibule.yaml`);
}
