import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { describedProgram } from '../../scripts/commands-docs.js';

const vestibule = (args: readonly string[], home: string) =>
  spawnSync(process.execPath, [join(checkoutRoot, 'build/agent/main.js'), ...args], {
    env: { ...process.env, VESTIBULE_HOME: home },
    encoding: 'utf8',
  });

const example = readFileSync(join(checkoutRoot, 'agent/config/example-office.yaml'), 'utf8');

t.test('exit codes: 0 fine, 1 a fault was found, 2 wrong usage or configuration', (t) => {
  const home = join(t.testdir({ home: { 'vestibule.yaml': example } }), 'home');
  t.match(vestibule(['check'], home), { status: 0, stdout: /in order/u });
  const { status, stdout } = vestibule(['--help'], home);
  t.match({ status, stdout }, { status: 0, stdout: /rehearse[\s\S]*Exit codes: 0 all is well/u });
  const examples = [...stdout.matchAll(/^ {2}vestibule ((?:[a-z-]+ )+) /gmu)];
  t.ok(examples.length > 5, 'the help ends with examples');
  const known = describedProgram();
  for (const [, words = ''] of examples) {
    const [command = '', ...more] = words.trim().split(' ');
    const found = known.commands.find((one) => one.name() === command);
    const within = found?.commands.some((one) => one.name() === more[0]) ?? false;
    const taken = within || (found?.registeredArguments.length ?? 0) >= more.length;
    t.ok(found !== undefined && taken, `vestibule ${words.trim()}`);
  }
  t.match(vestibule(['chekc'], home), { status: 2, stderr: /unknown command/u });
  t.match(vestibule(['calls', 'list', '--nonsense'], home), { status: 2 });
  t.match(vestibule(['calls', 'show', 'nobody'], home), { status: 1, stderr: /_NO_CALL/u });
  writeFileSync(join(home, 'vestibule.yaml'), `${example}\nnonsense: 1\n`);
  const faulty = vestibule(['check'], home);
  t.match(faulty, { status: 2, stderr: /CONFIG_INVALID.*nonsense/u });
  t.equal(faulty.stderr.trim().split('\n').length, 1, 'an error is one line');
  t.match(vestibule(['check'], join(home, 'elsewhere')), { status: 2, stderr: /CONFIG_MISSING/u });
  t.end();
});

t.test('a slip in an option of a rehearsal is told before anything is called', (t) => {
  const home = join(t.testdir({ home: { 'vestibule.yaml': example } }), 'home');
  for (const [option, value, told] of [
    ['--voice', 'flit', /Allowed choices are piper, espeak-ng, flite/u],
    ['--sip', '127.0.0.1:many', /write a host and a port/u],
    ['--loss', 'much', /write a number/u],
  ] as const) {
    t.match(vestibule(['rehearse', 'none.yaml', option, value], home), { status: 2, stderr: told });
  }
  t.end();
});

t.test('too few digits to find a call by are told, and are not no calls', (t) => {
  const home = join(t.testdir({ home: { 'vestibule.yaml': example } }), 'home');
  t.match(vestibule(['search', '--number', '12'], home), {
    status: 2,
    stderr: /write 4 digits or more/u,
  });
  t.end();
});

t.test('who is let in again is named as it was shut out', (t) => {
  const home = join(t.testdir({ home: { 'vestibule.yaml': example } }), 'home');
  t.match(vestibule(['asterisk', 'pardon', '192.0.2.300'], home), {
    status: 2,
    stderr: /write an IP address/u,
  });
  t.match(vestibule(['asterisk', 'pardon', '192.0.2.30'], home), {
    status: 0,
    stdout: /192\.0\.2\.30 is not shut out/u,
  });
  t.end();
});

t.test('calls list in JSON is one line', (t) => {
  const home = join(t.testdir({ home: { 'vestibule.yaml': example } }), 'home');
  const { status, stdout } = vestibule(['calls', 'list', '--json'], home);
  t.equal(status, 0);
  t.strictSame(JSON.parse(stdout), []);
  t.match(vestibule(['calls', 'list'], home), { status: 0, stdout: 'no calls\n' });
  t.end();
});
