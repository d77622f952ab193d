import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { officeOf } from '../../docs-office.js';
import { guideBlock } from '../../guide.js';
import { BootedPbx, lacking } from '../pbx/booted.js';

void t.test(
  'an Asterisk joined and left, as the guide has it typed',
  { skip: lacking },
  async (t) => {
    const pbx = await BootedPbx.boot(t);
    const etc = join(pbx.state, 'etc');
    const files = ['pjsip.conf', 'extensions.conf'].map((name) => join(etc, name));
    const texts = (): readonly string[] => files.map((file) => readFileSync(file, 'utf8'));
    const before = texts();
    const office = officeOf(t);
    // The `asterisk` that an administrator has in the path.
    const { command, args, env } = pbx.rendered.call;
    const configured = [command, ...args.slice(0, args.indexOf('-f'))];
    const program = configured.map((word) => `'${word}'`).join(' ');
    const bin = join(t.testdirName, 'asterisk-bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'asterisk'), `#!/bin/sh\nexec ${program} "$@"\n`, { mode: 0o755 });
    const types = (line: string): string => {
      const { status, stdout, stderr } = spawnSync('bash', ['-c', line], {
        cwd: office.checkout,
        env: {
          ...{ ...process.env, ...env, VESTIBULE_HOME: office.home },
          PATH: `${bin}:${process.env.PATH ?? ''}`,
        },
        encoding: 'utf8',
      });
      t.equal(status, 0, `${line}: ${status === 0 ? 'runs' : `${stdout}${stderr}`}`);
      return stdout;
    };
    const endpoint = (): string => types("asterisk -rx 'pjsip show endpoint vestibule'");
    t.match(endpoint(), /Unable to find object/u);
    for (const line of guideBlock('existing-pbx.md', 'asterisk enable')) {
      // Its folder is not the one of this machine.
      types(line.replace(/asterisk (enable|status|disable)/u, `asterisk $1 --folder '${etc}'`));
      if (line.includes('core reload')) {
        t.match(endpoint(), /Endpoint: +vestibule /u, 'Asterisk knows us');
        t.match(types("asterisk -rx 'dialplan show vestibule-in'"), /Context 'vestibule-in'/u);
      }
    }
    t.strictSame(texts(), before, 'as before, to the byte');
  },
);
