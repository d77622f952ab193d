import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { enableCommand } from '../../agent/cli/commands/asterisk-join.js';
import type { House } from '../../agent/cli/house.js';

t.test('asterisk enable: the address at which the PBX finds us', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'join-'));
  t.teardown(() => {
    rmSync(folder, { recursive: true });
  });
  const enabled = async (host: string, ...more: readonly string[]): Promise<string> => {
    const told: string[] = [];
    const house = { sip: { host, port: 5060 } } as House;
    const command = enableCommand(() => house)
      .exitOverride()
      .configureOutput({ writeErr: (text) => told.push(text) });
    const written = t.capture(process.stdout, 'write', () => true);
    try {
      await command.parseAsync(['--folder', folder, '--kind', 'asterisk', ...more], {
        from: 'user',
      });
    } catch {
      return told.join('');
    } finally {
      told.push(...written().map(({ args }) => String(args[0])));
      written.restore();
    }
    return told.join('');
  };
  for (const everywhere of ['0.0.0.0', '::']) {
    t.match(await enabled(everywhere), /error: .*every address.*--host/u, everywhere);
    const told = await enabled(everywhere, '--host', '192.168.1.20');
    t.match(told, '192.168.1.20');
    t.notMatch(told, everywhere === '::' ? /=::/u : /0\.0\.0\.0/u);
  }
  t.match(await enabled('127.0.0.1'), /only a PBX on this machine reaches 127\.0\.0\.1/u);
  t.notMatch(await enabled('192.168.1.20'), /only a PBX/u);
  t.match(await enabled('192.168.1.20', '--extension', 'x'), /An extension has 2 to 6 digits/u);
});
