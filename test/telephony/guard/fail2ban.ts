import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutRoot } from '../../../agent/wire/checkout.js';

const FAIL2BAN = join(checkoutRoot, '.vestibule/fail2ban');
/** Why no fail2ban can be asked here, or false. */
export const noFail2ban = existsSync(join(FAIL2BAN, 'usr/bin/fail2ban-regex'))
  ? false
  : 'no fail2ban here; scripts/test unpacks it';

/** The addresses that fail2ban finds in a security log by the filter that we ship, one a line. */
export function bannedByFail2ban(log: string): readonly string[] {
  const filter = join(checkoutRoot, 'asterisk-config/fail2ban/vestibule-asterisk.filter.conf');
  const said = execFileSync(
    'python3',
    [join(FAIL2BAN, 'usr/bin/fail2ban-regex'), '-o', 'ip', log, filter],
    {
      encoding: 'utf8',
      env: { ...process.env, PYTHONPATH: join(FAIL2BAN, 'usr/lib/python3/dist-packages') },
    },
  );
  return said.split('\n').filter((line) => line !== '');
}
