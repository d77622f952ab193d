import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { disableCommand, enableCommand } from '../../agent/cli/commands/asterisk-join.js';
import type { House } from '../../agent/cli/house.js';
import { install } from '../../agent/telephony/join/installer.js';
import { snippetsOf } from '../../agent/telephony/join/snippets.js';

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

t.test('asterisk disable: whatever it was taken for, and wherever we are reached', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'join-'));
  t.teardown(() => {
    rmSync(folder, { recursive: true });
  });
  for (const name of ['extensions.conf', 'pjsip.conf'])
    writeFileSync(join(folder, name), '; yours\n');
  install(folder, snippetsOf('asterisk', { host: '192.0.2.7', port: 5060, extension: '300' }));
  // It has become a FreePBX since.
  writeFileSync(join(folder, 'extensions_additional.conf'), '');
  const written = t.capture(process.stdout, 'write', () => true);
  await disableCommand().parseAsync(['--folder', folder], { from: 'user' });
  written.restore();
  t.same(
    readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')),
    ['; yours\n', '', '; yours\n'],
  );
});
