import { existsSync, readFileSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, skipped, warn, type Check } from './check.js';

/**
 * Security advisories of the Asterisk project, by the version of branch 22 that mended them. Source: the
 * "Security Advisories Resolved" of each release's change log.
 */
const ADVISORIES: readonly (readonly [fixedIn: string, ids: readonly string[]])[] = [
  [
    '22.10.1',
    [
      // ARI over WebSocket lets a read-only user load modules; ARI writes files; a stack overflow in NOTIFY.
      ...['GHSA-wcvv-g26m-wx5c', 'GHSA-vrfp-mg3q-3959', 'GHSA-589g-qgf8-m6mx'],
      ...['GHSA-g8q2-p36q-94f6', 'GHSA-8jw3-ccr9-xrmf', 'GHSA-j2mm-57pq-jh94'],
      ...['GHSA-vfhr-r9x9-c687', 'GHSA-3g56-cgrh-95p5', 'GHSA-3rhj-hhw7-m6fw'],
      ...['GHSA-4pgv-j3mr-3rcp', 'GHSA-746q-794h-cc7f', 'GHSA-8jhw-m2hg-vp3h'],
      ...['GHSA-h5hv-jmgj-92q2', 'GHSA-mxgm-8c6f-5p8f', 'GHSA-ph27-3m5q-mj5m'],
      ...['GHSA-q9fr-m7g8-6ph5', 'GHSA-qf8j-jp7h-c5hx', 'GHSA-r6c2-hwc2-j4mp'],
      ...['GHSA-x348-j6c9-77f3', 'GHSA-xgj6-2gc5-5x9c'],
    ],
  ],
  [
    '22.8.2',
    [
      ...['GHSA-85x7-54wr-vh42', 'GHSA-rvch-3jmx-3jf3'],
      ...['GHSA-v6hp-wh3r-cwxh', 'GHSA-xpc6-x892-v83c'],
    ],
  ],
  ['22.5.2', ['GHSA-64qc-9x89-rx5j']],
];

const partsOf = (version: string): readonly number[] => version.split('.').map(Number);

function isBefore(version: string, other: string): boolean {
  const [mine, theirs] = [partsOf(version), partsOf(other)];
  for (let at = 0; at < 3; at += 1) {
    const difference = (mine[at] ?? 0) - (theirs[at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** Advisories that were mended only after `version`, a version of branch 22. */
export const openAdvisories = (version: string): readonly string[] =>
  ADVISORIES.flatMap(([fixedIn, ids]) => (isBefore(version, fixedIn) ? ids : []));

const advisories: Check = {
  id: 'asterisk.advisories',
  title: 'known weaknesses of this Asterisk',
  why: 'whoever reads the advisories knows how to crash it, or how to get in',
  needs: 'nothing',
  run({ asterisk }) {
    if (!existsSync(join(asterisk, 'usr/sbin/asterisk'))) return skipped('no Asterisk');
    const version = lockedVersion(asterisk);
    if (version === undefined) return skipped('it was not installed by scripts/install-asterisk');
    if (!version.startsWith('22.')) {
      return skipped(`of version ${version} none are listed here; only those of branch 22 are`);
    }
    const open = openAdvisories(version);
    const [first] = open;
    if (first === undefined) return ok(`none that is known here, in version ${version}`);
    const more = open.length > 3 ? ` and ${String(open.length - 3)} more` : '';
    return fail(
      `version ${version} has ${open.slice(0, 3).join(', ')}${more}`,
      'Run vestibule asterisk update --apply',
    );
  },
};

/** The upstream version in asterisk.lock: `asterisk=1:22.10.1+dfsg-1 SHA256`. */
function lockedVersion(asterisk: string): string | undefined {
  const lock = join(realpathSync(asterisk), 'asterisk.lock');
  if (!existsSync(lock)) return undefined;
  return /^asterisk=(?:\d+:)?(\d+\.\d+\.\d+)/mu.exec(readFileSync(lock, 'utf8'))?.[1];
}

/** What documentation and samples show, and nobody may keep. */
const SAMPLES: readonly (readonly [file: RegExp, line: RegExp, what: string])[] = [
  [/^http\.conf$/u, /^\s*bindaddr\s*=\s*(?:0\.0\.0\.0|::)\s*$/mu, 'ARI listens on every address'],
  [
    /^(?:ari|pjsip|manager)\.conf$/u,
    /^\s*(?:password|secret)\s*=\s*(?:asterisk|secret|password|changeme|mysecret|unsecurepassword|1234\d*)\s*$/imu,
    'a password of the documentation',
  ],
  [/^ari\.conf$/u, /^\s*password_format\s*=\s*plain\s*$/mu, 'the password of ARI stands in clear'],
  [/^manager\.conf$/u, /^\s*enabled\s*=\s*yes\s*$/mu, 'AMI is on, which nothing here needs'],
  [/^asterisk\.conf$/u, /^\s*live_dangerously\s*=\s*yes\s*$/mu, 'dialplans may run programs'],
];

const samples: Check = {
  id: 'asterisk.samples',
  title: 'no sample is in use',
  why: 'addresses and passwords of the documentation are the first that scanners try',
  needs: 'nothing',
  run({ paths }) {
    const etc = join(paths.asterisk, 'etc');
    if (!existsSync(etc)) return skipped('not rendered yet; scripts/start does it');
    const found = readdirSync(etc).flatMap((name) =>
      SAMPLES.filter(([file]) => file.test(name))
        .filter(([, line]) => line.test(readFileSync(join(etc, name), 'utf8')))
        .map(([, , what]) => `${what} (${name})`),
    );
    return found.length === 0
      ? ok('none')
      : fail(found.join(', '), 'Run vestibule asterisk render, and edit no file it wrote');
  },
};

const reachable: Check = {
  id: 'sip.reachable',
  title: 'whom SIP is open to',
  why: 'what a network can reach, it tries',
  needs: 'configuration',
  run({ settings }) {
    const { sip, guard } = settings.pbx;
    const outside = !/^(?:127\.|::1$)/u.test(sip.bind);
    if (!outside) return ok('to this machine only');
    if (!guard.enabled && sip.allow.length === 0) {
      return warn(
        `to whoever reaches ${sip.bind}, and nobody who guesses is shut out`,
        'Set pbx.guard.enabled to true, or name your networks in pbx.sip.allow',
      );
    }
    return ok(
      sip.allow.length === 0
        ? `to whoever reaches ${sip.bind}; who guesses is shut out`
        : `to ${sip.allow.join(', ')}`,
    );
  },
};

export const weaknessChecks: readonly Check[] = [advisories, samples, reachable];
