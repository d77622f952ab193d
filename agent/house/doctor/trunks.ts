import { join } from 'node:path';
import { authoritiesIn } from '../../telephony/pbx/trust.js';
import { isLost, type TrunkStanding, type TrunkState } from '../../telephony/trunks/standing.js';
import { trunksIn } from '../../telephony/trunks/watch.js';
import { fail, ok, skipped, warn, type Check } from './check.js';

/** The daemon looks every five seconds: what is older than this is from an earlier life. */
const FRESH_MS = 60_000;

const MENDS: Readonly<Partial<Record<TrunkState, string>>> = {
  unreachable:
    'Look whether the other side runs, whether the firewall lets SIP to pbx.trunks[].host and, over TLS, whether its certificate is for that host',
  unregistered: 'It will be tried again by itself; look whether the other side takes registrations',
  refused:
    'Correct pbx.trunks[].user and passwordFile, then `vestibule asterisk render` and start again',
};

const standing: Check = {
  id: 'trunks.standing',
  title: 'trunks',
  why: 'while a trunk is lost nobody who calls by it reaches the receptionist, and no error is heard here',
  needs: 'configuration',
  run({ paths, settings, clock, running }) {
    if (settings.pbx.trunks.length === 0) return skipped('none is configured');
    if (!running.has('daemon')) return skipped('the daemon does not run');
    const noted = trunksIn(join(paths.run, 'trunks.json'));
    if (noted === undefined || clock.now() - noted.at > FRESH_MS) {
      return warn('the daemon has not looked at them', 'Ask again in a minute');
    }
    const lost = noted.trunks.filter(isLost);
    const told = (list: readonly TrunkStanding[]): string =>
      list.map(({ id, state }) => `${id} is ${state}`).join(', ');
    const [first] = lost;
    return first === undefined
      ? ok(told(noted.trunks))
      : fail(told(lost), MENDS[first.state] ?? '');
  },
};

const certificates: Check = {
  id: 'trunks.certificates',
  title: 'who the other side of a trunk over TLS is',
  why: 'whoever is not asked for a certificate may be anybody, and gets the calls',
  needs: 'configuration',
  run({ settings }) {
    const sealed = settings.pbx.trunks.filter(({ transport }) => transport === 'tls');
    if (sealed.length === 0) return skipped('no trunk goes over TLS');
    const asked = sealed.filter(({ verify }) => verify);
    const files = new Set(asked.map(({ caFile = '' }) => authoritiesIn(caFile)));
    const open = sealed.filter(({ verify }) => !verify).map(({ id }) => id);
    if (open.length === 0) return ok(`authorities in ${[...files].join(', ')}`);
    return warn(
      `nobody asks ${open.join(', ')} for a certificate`,
      'Take `verify: false` out of pbx.trunks[], and name who signs its certificate in caFile if the system does not know them',
    );
  },
};

export const trunkChecks: readonly Check[] = [standing, certificates];
