import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import t from 'tap';
import { renderPbx } from '../../../agent/telephony/pbx/render.js';
import { pbxSettings } from '../../../agent/telephony/pbx/settings.js';
import { asterisk, freePort, lacking, until } from './booted.js';
import { bareTree, folderOf, sectionsOf, templates } from './tree.js';

const RTP = { from: 23_000, to: 23_200 };

/** Whether both protocols of a port of loopback are free. */
async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const socket = createSocket('udp4');
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    socket.bind(port, '127.0.0.1');
    await once(socket, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
    socket.close();
  }
}

void t.test('SIGTERM ends it by itself, and its ports are free', { skip: lacking }, async (t) => {
  const [sipPort, ariPort] = await Promise.all([freePort(), freePort()]);
  const settings = pbxSettings.parse({
    ...{ sip: { port: sipPort }, ari: { port: ariPort } },
    rtp: RTP,
  });
  const paths = { templates, tree: asterisk, state: folderOf(t) };
  const { call, ariUrl, secrets } = renderPbx(settings, paths);
  const child = spawn(call.command, call.args, {
    env: { ...process.env, ...call.env },
    stdio: 'ignore',
  });
  t.teardown(() => child.kill('SIGKILL'));
  const over = once(child, 'exit');
  const authorization = `Basic ${Buffer.from(`vestibule:${secrets.ari}`).toString('base64')}`;
  await until(async () => {
    try {
      return (await fetch(`${ariUrl}/ari/asterisk/ping`, { headers: { authorization } })).ok;
    } catch {
      return false;
    }
  }, 'Asterisk answers');
  t.strictSame([await isFree(sipPort), await isFree(ariPort)], [false, false]);
  child.kill('SIGTERM');
  t.strictSame(await over, [0, null]);
  t.strictSame([await isFree(sipPort), await isFree(ariPort)], [true, true]);
});

void t.test('the RTP range and the certificate stand where Asterisk looks for them', (t) => {
  const paths = { templates, tree: bareTree(t), state: folderOf(t) };
  const tls = { port: 15_061, certificate: '/etc/office/cert.pem', key: '/etc/office/key.pem' };
  renderPbx(pbxSettings.parse({ rtp: RTP, sip: { tls } }), paths);
  const linesOf = (file: string, section: string): readonly string[] =>
    sectionsOf(readFileSync(join(paths.state, 'etc', file), 'utf8')).find(
      ([name]) => name === section,
    )?.[1] ?? [];
  const rtp = linesOf('rtp.conf', 'general');
  t.ok(rtp.includes('rtpstart = 23000') && rtp.includes('rtpend = 23200'), rtp.join());
  const lines = linesOf('pjsip.conf', 'transport-tls');
  for (const line of [
    'protocol = tls',
    'bind = 127.0.0.1:15061',
    'cert_file = /etc/office/cert.pem',
    'priv_key_file = /etc/office/key.pem',
  ]) {
    t.ok(lines.includes(line), line);
  }
  t.end();
});

void t.test('all faults of a configuration are named at once', (t) => {
  const { error } = pbxSettings.safeParse({
    sip: { port: 70_000, bind: 'two words' },
    rtp: { from: 1_000, to: 1_001 },
    ari: { user: 'Anna' },
    mostSeconds: 5,
    extensions: [{ number: '1', name: '' }],
  });
  t.strictSame(error?.issues.map(({ path }) => path.join('.')).sort(), [
    ...['ari.user', 'extensions.0.name', 'extensions.0.number', 'fallbackRing.0', 'mostSeconds'],
    ...['rtp', 'sip.bind', 'sip.port'],
  ]);
  t.end();
});
