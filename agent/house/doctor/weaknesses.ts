import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { advisories } from './advisories.js';
import { fail, ok, skipped, warn, type Check } from './check.js';

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
