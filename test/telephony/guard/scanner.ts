// What svmap, svwar and svcrack do, for the tests: scanner.js HOST PORT FROM TO VICTIM. Sends OPTIONS,
// then REGISTER, INVITE and OPTIONS as each extension FROM..TO, then guesses passwords of VICTIM. Prints
// one line of JSON: how each was answered, and when it was first shut out.
import { createHash, randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';

const [, , host = '', port = '', from = '', to = '', victim = ''] = process.argv;
const WAIT_MS = 400;
const socket = createSocket('udp4');
const waiting = new Map<string, (answer: string) => void>();

socket.on('message', (data) => {
  const text = data.toString('latin1');
  const id = /^Call-ID: *(\S+)/imu.exec(text)?.[1] ?? '';
  if (text.startsWith('SIP/2.0 1')) return;
  waiting.get(id)?.(text);
});

/** Sends one request as `user` and resolves with the whole final answer; empty if none came. */
function ask(method: string, user: string, target: string, header = ''): Promise<string> {
  const id = randomBytes(8).toString('hex');
  const { address, port: own } = socket.address();
  const request = [
    `${method} sip:${target}${host} SIP/2.0`,
    `Via: SIP/2.0/UDP ${address}:${String(own)};branch=z9hG4bK${id};rport`,
    `From: "${user}" <sip:${user}@${host}>;tag=${id}`,
    `To: <sip:${target}${host}>`,
    `Contact: <sip:${user}@${address}:${String(own)}>`,
    `Call-ID: ${id}`,
    `CSeq: 1 ${method}`,
    'Max-Forwards: 70',
    'User-Agent: friendly-scanner',
    ...(header === '' ? [] : [header]),
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
  return new Promise((resolve) => {
    const done = (answer: string): void => {
      clearTimeout(timer);
      waiting.delete(id);
      resolve(answer);
    };
    const timer = setTimeout(() => {
      done('');
    }, WAIT_MS);
    waiting.set(id, done);
    socket.send(request, Number(port), host);
  });
}

const statusOf = (answer: string): number => Number(/^SIP\/2\.0 (\d+)/u.exec(answer)?.[1] ?? 0);
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

async function crack(user: string, password: string): Promise<number> {
  const challenge = await ask('REGISTER', user, '');
  if (statusOf(challenge) !== 401) return statusOf(challenge);
  const value = (name: string): string =>
    new RegExp(`${name}="([^"]*)"`, 'u').exec(challenge)?.[1] ?? '';
  const [realm, nonce, opaque] = [value('realm'), value('nonce'), value('opaque')];
  const uri = `sip:${host}`;
  const ha1 = md5(`${user}:${realm}:${password}`);
  const response = md5(`${ha1}:${nonce}:00000001:abcd:auth:${md5(`REGISTER:${uri}`)}`);
  return statusOf(
    await ask(
      'REGISTER',
      user,
      '',
      `Authorization: Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="${uri}", ` +
        `response="${response}", algorithm=MD5, cnonce="abcd", opaque="${opaque}", qop=auth, nc=00000001`,
    ),
  );
}

const began = performance.now();
let shutOutMs: number | undefined;
const note = (status: number): number => {
  if (status === 403) shutOutMs ??= Math.round(performance.now() - began);
  return status;
};

socket.bind(0, () => {
  void (async () => {
    const map = note(statusOf(await ask('OPTIONS', 'svmap', '')));
    const answers: Record<string, number[]> = {};
    for (let extension = Number(from); extension <= Number(to); extension += 1) {
      const name = String(extension);
      const seen: number[] = [];
      for (const [method, target] of [
        ['REGISTER', ''],
        ['INVITE', `${name}@`],
        ['INVITE', 'reception@'],
        ['OPTIONS', `${name}@`],
      ] as const) {
        // The receptionist may let it ring: only whether names differ is of interest.
        if (target === 'reception@' && shutOutMs !== undefined) continue;
        const status = statusOf(await ask(method, name, target));
        seen.push(target === 'reception@' ? status : note(status));
      }
      answers[name] = seen;
      if (shutOutMs !== undefined) break;
    }
    const cracked: number[] = [];
    for (const password of ['1234', victim, `${victim}${victim}`, 'asterisk', 'password']) {
      cracked.push(note(await crack(victim, password)));
    }
    const last = note(statusOf(await ask('OPTIONS', 'caller', '')));
    process.stdout.write(`${JSON.stringify({ map, answers, cracked, last, shutOutMs })}\n`);
    socket.close();
  })();
});
