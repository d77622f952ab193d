import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { advisories } from './advisories.js';
import { fail, ok, skipped, warn, type Check } from './check.js';

/** A line of Asterisk's files that gives `name` a `value`, however it is written: `=`, `=>`, a comment behind it. */
const line = (name: string, value: string): RegExp =>
  new RegExp(String.raw`^\s*(?:${name})\s*=>?\s*(?:${value})\s*(?:;.*)?$`, 'imu');

/** Passwords of Asterisk's own samples, of its documentation and of those who copied them. */
const PASSWORDS = 'asterisk|secret|password|changeme|mysecret|unsecurepassword|1234\\d*';
/** What Asterisk takes for yes. */
const YES = 'yes|true|on|y|t|1';

/** What documentation and samples show, and nobody may keep. */
const SAMPLES: readonly (readonly [file: RegExp, line: RegExp, what: string])[] = [
  [
    /^http\.conf$/u,
    line('(?:tls)?bindaddr', String.raw`(?:0\.0\.0\.0|\[?::\]?)(?::\d+)?`),
    'ARI listens on every address',
  ],
  [
    /^(?:ari|pjsip|manager)\.conf$/u,
    line('password|secret', PASSWORDS),
    'a password of the documentation',
  ],
  [/^ari\.conf$/u, line('password_format', 'plain'), 'the password of ARI stands in clear'],
  [/^ari\.conf$/u, line('allowed_origins', String.raw`\*`), 'pages of anybody may ask ARI'],
  [/^manager\.conf$/u, line('enabled', YES), 'AMI is on, which nothing here needs'],
  [/^asterisk\.conf$/u, line('live_dangerously', YES), 'dialplans may run programs'],
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
