import { createHash } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { securityEventIn } from '../../../agent/telephony/guard/security-event.js';
import { BootedPbx, lacking, until } from '../pbx/booted.js';
import { bannedByFail2ban, noFail2ban } from './fail2ban.js';

/** Whom the attacker wants to have shut out: the office's carrier. */
const VICTIM = '198.51.100.7';
const REMOTE = `RemoteAddress="IPV4/UDP/${VICTIM}/5060"`;
const LOCAL = 'LocalAddress="IPV4/UDP/192.0.2.1/5060"';
const LINE =
  '[2026-11-30 09:00:00.000] SECURITY[1] res_security_log.c: SecurityEvent="InvalidPassword",' +
  `EventTV="2026-11-30T09:00:00.000+0000",Severity="Error",Service="PJSIP",EventVersion="2",` +
  `AccountID="x",SessionID="x",${LOCAL},${REMOTE}`;

const escaped = (text: string): string =>
  Buffer.from(text)
    .toString('hex')
    .replace(/../gu, (byte) => `%${byte}`);

/** Sends a request and resolves with its answer, empty if none comes. */
function ask(
  socket: Socket,
  port: number,
  { callId, user, header = '' }: { callId: string; user: string; header?: string },
): Promise<string> {
  const own = `127.0.0.1:${String(socket.address().port)}`;
  const id = Math.random().toString(36).slice(2);
  const lines = [
    `REGISTER sip:127.0.0.1:${String(port)} SIP/2.0`,
    `Via: SIP/2.0/UDP ${own};branch=z9hG4bK${id};rport`,
    `From: <sip:${user}@127.0.0.1>;tag=${id}`,
    `To: <sip:${user}@127.0.0.1>`,
    ...[`Contact: <sip:x@${own}>`, `Call-ID: ${callId}`, 'CSeq: 1 REGISTER', 'Max-Forwards: 70'],
    ...(header === '' ? [] : [header]),
    ...['Content-Length: 0', '', ''],
  ];
  return new Promise((resolve) => {
    const late = setTimeout(() => {
      resolve('');
    }, 300);
    socket.once('message', (data) => {
      clearTimeout(late);
      resolve(data.toString('latin1'));
    });
    socket.send(lines.join('\r\n'), port, '127.0.0.1');
  });
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

void t.test(
  'what a stranger writes has nobody else shut out, and hides nobody',
  { skip: lacking, timeout: 60_000 },
  async (t) => {
    const pbx = await BootedPbx.boot(t);
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    t.teardown(() => socket.close());
    const ids = [`x",${LOCAL},${REMOTE}`, `x",${LOCAL},${REMOTE},Challenge="`, `x",${REMOTE},y="`];
    const users = [`a",${REMOTE}`, `a",SessionID="x",${LOCAL},${REMOTE}\n${LINE}`, `a\n${LINE}\n`];
    let asked = 0;
    for (const callId of [...ids, 'plain']) {
      for (const user of [...users.map(escaped), '201']) {
        const said = await ask(socket, pbx.sipPort, {
          callId: `${callId}${String((asked += 1))}`,
          user,
        });
        const nonce = /nonce="([^"]*)"/u.exec(said)?.[1] ?? '';
        const uri = `sip:127.0.0.1:${String(pbx.sipPort)}`;
        for (const response of [
          md5(nonce),
          String.raw`\",${REMOTE.replaceAll('"', '\\"')}`,
          '\\',
        ]) {
          const header =
            `Authorization: Digest username="${user}", realm="asterisk", nonce="${nonce}", ` +
            `uri="${uri}", response="${response}", algorithm=MD5`;
          await ask(socket, pbx.sipPort, {
            callId: `${callId}${String((asked += 1))}`,
            user,
            header,
          });
        }
      }
    }
    const file = join(pbx.state, 'log/security');
    const lines = (): readonly string[] => readFileSync(file, 'utf8').split('\n').filter(Boolean);
    await until(() => lines().length >= asked / 2, 'it logs');
    await sleep(300);
    const events = lines().map((line) => securityEventIn(line));
    const named = new Set(events.map((event) => event?.address));
    named.delete(undefined);
    t.strictSame([...named], ['127.0.0.1'], 'only who has sent it');
    t.ok(events.filter((event) => event !== undefined).length >= asked / 2, 'and not nobody');
    await t.test('nor by fail2ban', { skip: noFail2ban }, (t) => {
      t.strictSame([...new Set(bannedByFail2ban(file))], ['127.0.0.1']);
      t.end();
    });
    t.comment(`${String(asked)} requests that name ${VICTIM}: it is shut out by none`);
  },
);
