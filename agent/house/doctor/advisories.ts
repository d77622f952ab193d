import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { versionOf } from './asterisk-version.js';
import { fail, ok, skipped, type Check } from './check.js';

/**
 * Security advisories of the Asterisk project, by the versions that mended them, one of each branch; the
 * latest first, and of these what can be done from afar first. Source: "Security Advisories Resolved" of each
 * release's change log, up to 20.20.1, 22.10.1 and 23.4.1. Those of branch 20 begin with 20.8.1.
 */
const ADVISORIES: readonly (readonly [fixedIn: readonly string[], ids: readonly string[]])[] = [
  [
    ['20.20.1', '22.10.1', '23.4.1'],
    [
      // ARI over WebSocket lets a read-only user load modules; ARI writes files; a stack overflow in NOTIFY.
      ...['GHSA-wcvv-g26m-wx5c', 'GHSA-vrfp-mg3q-3959', 'GHSA-589g-qgf8-m6mx'],
      ...['GHSA-g8q2-p36q-94f6', 'GHSA-8jw3-ccr9-xrmf', 'GHSA-j2mm-57pq-jh94'],
      ...['GHSA-vfhr-r9x9-c687', 'GHSA-3g56-cgrh-95p5', 'GHSA-3rhj-hhw7-m6fw'],
      ...['GHSA-4pgv-j3mr-3rcp', 'GHSA-746q-794h-cc7f', 'GHSA-8jhw-m2hg-vp3h'],
      ...['GHSA-mxgm-8c6f-5p8f', 'GHSA-ph27-3m5q-mj5m', 'GHSA-q9fr-m7g8-6ph5'],
      ...['GHSA-qf8j-jp7h-c5hx', 'GHSA-r6c2-hwc2-j4mp', 'GHSA-x348-j6c9-77f3'],
      'GHSA-xgj6-2gc5-5x9c',
    ],
  ],
  [['22.10.1', '23.4.1'], ['GHSA-h5hv-jmgj-92q2']],
  [
    ['20.18.2', '22.8.2', '23.2.2'],
    [
      ...['GHSA-85x7-54wr-vh42', 'GHSA-rvch-3jmx-3jf3'],
      ...['GHSA-v6hp-wh3r-cwxh', 'GHSA-xpc6-x892-v83c'],
    ],
  ],
  [['20.15.2', '22.5.2', '23.0.0'], ['GHSA-64qc-9x89-rx5j']],
  [
    ['20.15.1', '22.5.1'],
    ['GHSA-mrq5-74j5-f5cr', 'GHSA-v9q8-9j8m-5xwp'],
  ],
  [
    ['20.14.1', '22.4.1'],
    ['GHSA-2grh-7mhv-fcfw', 'GHSA-c7p6-7mvq-8jq2'],
  ],
  [['20.11.1', '22.1.1'], ['GHSA-33x6-fj46-6rfh']],
  [['20.9.3'], ['GHSA-v428-g3cw-7hv9']],
  [['20.9.2'], ['GHSA-c4cg-9275-6w44']],
  [['20.8.1'], ['GHSA-qqxj-v78h-hrf9']],
];

/** Branches whose advisories are listed. */
const BRANCHES = ['20', '22', '23'];

const partsOf = (version: string): readonly number[] => version.split('.').map(Number);

function isBefore(version: string, other: string): boolean {
  const [mine, theirs] = [partsOf(version), partsOf(other)];
  for (let at = 0; at < 3; at += 1) {
    const difference = (mine[at] ?? 0) - (theirs[at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

const branchOf = (version: string): string => version.split('.')[0] ?? '';

/** The version of the same branch that mended an advisory last. */
const fixOf = (version: string, fixedIn: readonly string[]): string | undefined =>
  fixedIn.find((one) => branchOf(one) === branchOf(version));

/** Advisories that were mended only after `version`, in a version of its branch. */
export const openAdvisories = (version: string): readonly string[] =>
  ADVISORIES.flatMap(([fixedIn, ids]) => {
    const fix = fixOf(version, fixedIn);
    return fix !== undefined && isBefore(version, fix) ? ids : [];
  });

export const advisories: Check = {
  id: 'asterisk.advisories',
  title: 'known weaknesses of this Asterisk',
  why: 'whoever reads the advisories knows how to crash it, or how to get in',
  needs: 'nothing',
  async run({ asterisk }) {
    if (!existsSync(join(asterisk, 'usr/sbin/asterisk'))) return skipped('no Asterisk');
    const locked = lockedVersion(asterisk);
    // One that is not of scripts/install-asterisk tells it itself; one that does not start is another check's.
    const version = locked ?? (await versionOf(asterisk).catch(() => undefined));
    if (version === undefined) return skipped('it does not tell its version');
    if (!BRANCHES.includes(branchOf(version))) {
      return skipped(`of version ${version} none are listed here; only those of 20, 22 and 23 are`);
    }
    const open = openAdvisories(version);
    const fix = fixOf(version, ADVISORIES[0]?.[0] ?? []) ?? '';
    if (open.length === 0) return ok(`none that is known here, in version ${version}`);
    const more = open.length > 3 ? ` and ${String(open.length - 3)} more` : '';
    return fail(
      `version ${version} has ${open.slice(0, 3).join(', ')}${more}, mended in ${fix}`,
      locked === undefined
        ? 'Update this Asterisk as it was installed; github.com/asterisk/asterisk/security/advisories tells of each'
        : 'Run vestibule asterisk update --apply; github.com/asterisk/asterisk/security/advisories tells of each',
    );
  },
};

/** The upstream version in asterisk.lock: `asterisk=1:22.10.1+dfsg-1 SHA256`. */
function lockedVersion(asterisk: string): string | undefined {
  const lock = join(realpathSync(asterisk), 'asterisk.lock');
  if (!existsSync(lock)) return undefined;
  return /^asterisk=(?:\d+:)?(\d+\.\d+\.\d+)/mu.exec(readFileSync(lock, 'utf8'))?.[1];
}
