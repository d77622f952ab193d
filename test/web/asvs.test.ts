import { connect as connectPlain } from 'node:net';
import { connect, type ConnectionOptions } from 'node:tls';
import t from 'tap';
import { silentLog, type Log } from '../../agent/log.js';
import { Browser, dashboard, loggedIn, PASSWORD } from './house.js';

// What OWASP ASVS 5.0 asks for and no other test shows; scripts/asvs-table.ts names them.

const HOST = { host: 'localhost' };

await t.test(
  '5 encryption in transit and at rest: TLS 1.2 or later and nothing else is spoken',
  async (t) => {
    const { server } = await dashboard(t);
    const { port } = new URL(await server.start());
    const speaks = (more: ConnectionOptions): Promise<string> =>
      new Promise((resolve) => {
        const socket = connect({
          ...{ host: '127.0.0.1', port: Number(port), rejectUnauthorized: false },
          // Old versions have to be allowed to our own side first.
          ...{ ciphers: 'ALL:@SECLEVEL=0', minVersion: 'TLSv1', ...more },
        });
        socket.once('secureConnect', () => {
          resolve(socket.getProtocol() ?? 'none');
          socket.destroy();
        });
        socket.once('error', () => {
          resolve('refused');
        });
      });
    t.equal(await speaks({ maxVersion: 'TLSv1' }), 'refused');
    t.equal(await speaks({ maxVersion: 'TLSv1.1' }), 'refused');
    t.equal(await speaks({ maxVersion: 'TLSv1.2', ciphers: 'DEFAULT' }), 'TLSv1.2');
    t.equal(await speaks({ ciphers: 'DEFAULT' }), 'TLSv1.3', 'the latest is preferred');
    t.equal(
      await speaks({ maxVersion: 'TLSv1.2', ciphers: 'RC4:3DES:NULL:@SECLEVEL=0' }),
      'refused',
    );
    const plain = await new Promise<string>((resolve) => {
      const socket = connectPlain(Number(port), '127.0.0.1', () => {
        socket.write('GET /live HTTP/1.1\r\nhost: localhost\r\n\r\n');
      });
      let heard = '';
      socket.on('data', (bytes: Buffer) => {
        heard += bytes.toString('latin1');
      });
      socket.on('error', () => undefined);
      socket.on('close', () => {
        resolve(heard);
      });
    });
    t.notMatch(plain, /HTTP\/1\.1 (?:2|3)/u, 'no answer and no redirect without TLS');
  },
);

await t.test('every answer has the headers that browsers need, errors too', async (t) => {
  const house = await dashboard(t);
  const { browser } = await loggedIn(house, 'reception');
  for (const url of ['/live', '/api/messages', '/api/none', '/api/accounts', '/', '/trust']) {
    const { headers } = await browser.ask('GET', url);
    t.match(
      headers,
      {
        'strict-transport-security': /max-age=31536000/u,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'content-security-policy': /frame-ancestors 'none'/u,
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'permissions-policy': /geolocation=\(\)/u,
        'content-type': /charset=utf-8$/iu,
      },
      url,
    );
    t.notOk(headers['x-powered-by'] ?? headers.server, `${url}: nothing of what serves it`);
    const policy = String(headers['content-security-policy']);
    t.notMatch(
      policy,
      /unsafe-eval|script-src[^;]*unsafe-inline/u,
      `${url}: no script from within`,
    );
  }
});

await t.test('TLS is asked for a year, below the dashboard’s own name too', async (t) => {
  const names = ['reception.clinic.lan', 'clinic.lan', 'localhost', '192.168.1.10', '::1'];
  const { server } = await dashboard(t, [], { names });
  const told = async (host: string): Promise<unknown> =>
    (await server.app.inject({ method: 'GET', url: '/live', headers: { host } })).headers[
      'strict-transport-security'
    ];
  const year = 'max-age=31536000';
  t.equal(await told('reception.clinic.lan'), `${year}; includeSubDomains`);
  t.equal(await told('reception.clinic.lan:8443'), `${year}; includeSubDomains`);
  for (const host of ['clinic.lan', 'localhost', '192.168.1.10', '[::1]:8443']) {
    t.equal(await told(host), year, `${host} speaks for itself alone`);
  }
  const strange = await server.app.inject({
    method: 'GET',
    url: '/live',
    headers: { host: 'x.y' },
  });
  t.match(strange.headers, { 'strict-transport-security': year }, 'refusals too');
});

await t.test('no other site gets an answer that it may read', async (t) => {
  const house = await dashboard(t);
  const { browser } = await loggedIn(house, 'reception');
  const origin = { origin: 'https://evil.example' };
  for (const url of ['/live', '/api/messages', '/openapi.json']) {
    const { headers } = await browser.ask('GET', url, undefined, origin);
    for (const name of Object.keys(headers)) {
      t.notMatch(name, /^access-control-/u, `${url} allows nobody`);
    }
  }
  const preflight = await house.server.app.inject({
    ...{ method: 'OPTIONS', url: '/api/messages' },
    headers: { ...HOST, ...origin, 'access-control-request-method': 'POST' },
  });
  t.equal(preflight.statusCode, 404);
});

await t.test('only what is used is answered: methods, bodies, sizes', async (t) => {
  const house = await dashboard(t);
  const { browser } = await loggedIn(house, 'owner');
  const { app } = house.server;
  const trace = await app.inject({ method: 'TRACE' as never, url: '/live', headers: HOST });
  t.ok([404, 405, 501].includes(trace.statusCode), `TRACE: ${String(trace.statusCode)}`);
  const login = (type: string, payload: string) =>
    app.inject({
      ...{ method: 'POST', url: '/api/session', payload },
      headers: { ...HOST, 'content-type': type },
    });
  const refused = ({ statusCode, body }: { statusCode: number; body: string }, what: string) =>
    t.match([statusCode, body], [/^4(?:00|13|15)$/u, /WEB_BAD_REQUEST/u], what);
  refused(await login('application/xml', '<name>anna</name>'), 'XML');
  refused(await login('application/x-www-form-urlencoded', 'name=anna'), 'a form');
  const large = JSON.stringify({ name: 'anna', password: 'x'.repeat(300_000) });
  refused(await login('application/json', large), 'more than 256 kB');
  const polluted = await login('application/json', '{"__proto__":{"role":"owner"},"name":"a"}');
  t.equal(polluted.statusCode, 400);
  t.equal(({} as { role?: string }).role, undefined);
  const twice = await browser.ask('GET', '/api/messages?limit=1&limit=2');
  t.equal(twice.statusCode, 400, 'the same parameter twice');
  for (const url of ['/.git/config', '/assets/', '/package.json', '/../package.json']) {
    t.equal((await browser.ask('GET', url)).statusCode, 404, url);
  }
});

await t.test('an unforeseen error tells nothing of itself', async (t) => {
  const house = await dashboard(t);
  const { browser } = await loggedIn(house, 'reception');
  const inside = 'SELECT body FROM messages -- /home/vestibule/keys';
  Object.assign(house.room.messages, { list: () => Promise.reject(new Error(inside)) });
  const failed = await browser.ask('GET', '/api/messages');
  t.equal(failed.statusCode, 500);
  t.notMatch(failed.body, /SELECT|\/home\/|at .*\.js/u);
  t.match(failed.json(), { code: /^WEB_/u, mend: /\S/u });
  await house.records.stop();
  const shut = await browser.ask('GET', '/api/calls');
  t.ok(shut.statusCode >= 400, 'and without a store nobody is let in');
});

await t.test('logins are few from one address, and others are not held up', async (t) => {
  const { server } = await dashboard(t);
  const browser = new Browser(server);
  const codes: number[] = [];
  const wrong = { name: 'nobody', password: 'not this one at all' };
  for (let nth = 0; nth < 22; nth += 1) {
    codes.push((await browser.ask('POST', '/api/session', wrong, {}, '10.0.0.9')).statusCode);
  }
  t.equal(codes[0], 401);
  t.equal(codes.at(-1), 429);
  // Who sends it says where it comes from; that is not believed.
  const forged = { 'x-forwarded-for': '10.0.0.77', 'x-real-ip': '10.0.0.78' };
  t.equal((await browser.ask('POST', '/api/session', wrong, forged, '10.0.0.9')).statusCode, 429);
  t.equal((await browser.ask('POST', '/api/session', wrong, {}, '10.0.0.10')).statusCode, 401);
});

await t.test('a failed login tells not whether there is such an account', async (t) => {
  const house = await dashboard(t);
  await house.room.accounts.add('anna', 'reception', 'test');
  const browser = new Browser(house.server);
  const answer = async (name: string) => {
    const { statusCode, body } = await browser.ask('POST', '/api/session', {
      ...{ name, password: 'not this one at all' },
    });
    return { statusCode, body };
  };
  t.strictSame(await answer('anna'), await answer('nobody-here'));
});

await t.test('a login begins a session of its own, and logging out ends it for good', async (t) => {
  const house = await dashboard(t);
  const { browser } = await loggedIn(house, 'reception');
  const planted = await house.server.app.inject({
    ...{ method: 'POST', url: '/api/session' },
    headers: { ...HOST, cookie: '__Host-vestibule=chosen-by-somebody-else' },
    payload: { name: 'reception', password: PASSWORD },
  });
  t.notMatch(planted.headers['set-cookie'] ?? '', /chosen/u, 'what was planted is not taken');
  const cookie = browser.cookie;
  const [, token = ''] = cookie.split('=');
  t.ok(Buffer.from(token, 'base64url').length >= 32, '256 bits');
  t.ok((await browser.ask('DELETE', '/api/session')).statusCode < 300);
  const again = await house.server.app.inject({
    ...{ method: 'GET', url: '/api/messages', headers: { ...HOST, cookie } },
  });
  t.equal(again.statusCode, 401, 'the old cookie opens nothing');
});

await t.test('a first password waits three days and no longer', async (t) => {
  const house = await dashboard(t);
  const { accounts } = house.records.reading;
  const { account, password } = await house.room.accounts.add('anna', 'reception', 'test');
  const stored = await accounts.find('id', account.id);
  if (stored === undefined) throw new Error('no account');
  const left = (stored.oneTimeUntil ?? 0) - Date.now();
  t.ok(left > 71 * 3_600_000 && left <= 72 * 3_600_000);
  await accounts.put({ ...stored, oneTimeUntil: Date.now() - 1 });
  const late = await new Browser(house.server).login('anna', password);
  t.match([late.statusCode, late.json()], [403, { code: 'PRIVACY_FIRST_PASSWORD_OLD' }]);
});

await t.test('an account that is removed is out at once', async (t) => {
  const house = await dashboard(t);
  const { browser } = await loggedIn(house, 'reception');
  t.equal((await browser.ask('GET', '/api/messages')).statusCode, 200);
  await house.room.accounts.remove('reception', 'test');
  t.equal((await browser.ask('GET', '/api/messages')).statusCode, 401);
});

await t.test('the API tells of itself only to whoever is logged in', async (t) => {
  const house = await dashboard(t);
  t.equal((await new Browser(house.server).ask('GET', '/openapi.json')).statusCode, 401);
  const { browser } = await loggedIn(house, 'reception');
  const told = (await browser.ask('GET', '/openapi.json')).json<{ paths: object }>();
  t.ok('/api/insights' in told.paths);
});

await t.test('what no page of ours sends is in the log, without what it held', async (t) => {
  const lines: unknown[][] = [];
  const log: Log = { ...silentLog, warn: (...line) => lines.push(line), part: () => log };
  const house = await dashboard(t, [], {}, { log });
  const { browser } = await loggedIn(house, 'reception');
  await browser.ask('GET', '/api/calls?limit=Margaret');
  await browser.ask('GET', '/api/audit?limit=20');
  browser.forgetCsrf();
  await browser.ask('POST', '/api/messages/call-1-1/assign', { to: 'Margaret' });
  t.match(
    lines.map(([, facts]) => facts),
    [
      { code: 'WEB_BAD_REQUEST', event: 'GET /api/calls' },
      { code: 'WEB_FORBIDDEN', event: 'GET /api/audit' },
      { code: 'WEB_CROSS_SITE', event: 'POST /api/messages/:id/assign' },
    ],
  );
  t.notMatch(JSON.stringify(lines), /Margaret/u);
});

await t.test(
  'passwords that are tried first, or that tell of the place, are refused',
  async (t) => {
    const house = await dashboard(t);
    const { password } = await house.room.accounts.add('anna', 'reception', 'test');
    const browser = new Browser(house.server);
    await browser.login('anna', password);
    const set = (fresh: string) =>
      browser.ask('POST', '/api/me/password', { old: password, fresh });
    for (const fresh of [
      ...['qwertyuiop123', '1q2w3e4r5t6y', 'passwordpassword', 'Sunshine2026!!!', 'iloveyou12345'],
      ...['my Riverside garden gate', 'the vestibule of a house', 'clinic on the hill here'],
    ]) {
      t.match((await set(fresh)).json(), { code: 'PRIVACY_WEAK_PASSWORD' }, fresh);
    }
    t.equal((await set('seven brass kettles in a row')).statusCode, 200);
  },
);

await t.test('passwords: long ones of any kind, whole and unchanged', async (t) => {
  const house = await dashboard(t);
  const { browser } = await loggedIn(house, 'reception');
  const change = (old: string, fresh: string) =>
    browser.ask('POST', '/api/me/password', { old, fresh });
  const long = `${'lower case words only and spaces '.repeat(3)}end`;
  t.equal((await change('not the old one', long)).statusCode, 401, 'the old one is asked for');
  t.equal((await change(PASSWORD, long)).statusCode, 200, `${String(long.length)} characters`);
  t.equal((await change(`${long} `, PASSWORD)).statusCode, 401, 'not trimmed');
  t.equal((await change(long.slice(0, 72), PASSWORD)).statusCode, 401, 'not cut');
  t.equal((await change(long.toUpperCase(), PASSWORD)).statusCode, 401, 'not folded');
  t.equal((await change(long, '비밀번호는 이렇게 깁니다')).statusCode, 200, 'any letters');
  const [stored] = await house.records.reading.accounts.list();
  t.match(stored?.password, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/u);
});

await t.test('no secret goes in an address', async (t) => {
  const house = await dashboard(t);
  const { browser } = await loggedIn(house, 'reception');
  const [, token = ''] = browser.cookie.split('=');
  for (const query of [`token=${token}`, `access_token=${token}`, `session=${token}`]) {
    const answer = await house.server.app.inject({
      ...{ method: 'GET', url: `/api/messages?${query}`, headers: HOST },
    });
    t.equal(answer.statusCode, 401, query.split('=')[0] ?? '');
  }
  const { paths } = (await browser.ask('GET', '/openapi.json')).json<{ paths: object }>();
  t.notMatch(JSON.stringify(Object.keys(paths)), /\{(?:password|secret|token|code)\}/u);
});
