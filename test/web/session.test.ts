import t from 'tap';
import { openBeside } from '../records/beside.js';
import { Browser, codeOf, dashboard, loggedIn, PASSWORD } from './house.js';

await t.test(
  'the first login owes a password and a second factor, and nothing else goes before',
  async (t) => {
    const house = await dashboard(t);
    const { password } = await house.room.accounts.add('anna', 'reception', 'test');
    const browser = new Browser(house.server);
    const first = await browser.login('anna', password);
    t.match(first.json(), { state: 'in', account: { owes: ['password', 'second factor'] } });
    t.match((await browser.ask('GET', '/api/messages')).json(), { code: 'WEB_UNFINISHED' });
    const weak = await browser.ask('POST', '/api/me/password', {
      old: password,
      fresh: 'anna1234567890',
    });
    t.match([weak.statusCode, weak.json()], [422, { code: 'PRIVACY_WEAK_PASSWORD' }]);
    const changed = await browser.ask('POST', '/api/me/password', {
      old: password,
      fresh: PASSWORD,
    });
    t.match(changed.json(), { account: { owes: ['second factor'] } });
    const { secret, uri } = (await browser.ask('POST', '/api/me/totp/offer')).json<{
      secret: string;
      uri: string;
    }>();
    t.match(uri, /^otpauth:\/\/totp\/Vestibule:anna\?/u);
    const wrong = await browser.ask('POST', '/api/me/totp', { code: '000000' });
    t.equal(wrong.statusCode, 401);
    const enrolled = await browser.ask('POST', '/api/me/totp', { code: codeOf(secret) });
    t.strictSame(enrolled.json<{ account: { owes: string[] } }>().account.owes, []);
    t.equal((await browser.ask('GET', '/api/messages')).statusCode, 200);
  },
);

await t.test(
  '5 secrecy of credentials: the password alone is not enough, and a code works once',
  async (t) => {
    const house = await dashboard(t);
    const { secret } = await loggedIn(house, 'clinician');
    const browser = new Browser(house.server);
    t.strictSame((await browser.login('clinician', PASSWORD)).json(), { state: 'code' });
    // The code of now was used up when the authenticator was enrolled; the next step's is still to come.
    const again = await browser.login('clinician', PASSWORD, codeOf(secret));
    t.match([again.statusCode, again.json()], [401, { code: 'PRIVACY_LOGIN_REFUSED' }]);
    const next = await browser.login('clinician', PASSWORD, codeOf(secret, Date.now() + 30_000));
    t.match(next.json(), { state: 'in', account: { name: 'clinician' } });
  },
);

await t.test('wrong passwords lock the account, for whoever asks', async (t) => {
  const house = await dashboard(t);
  await loggedIn(house, 'reception');
  const browser = new Browser(house.server);
  for (let tries = 0; tries < 5; tries += 1) {
    t.equal((await browser.login('reception', 'not this one')).statusCode, 401);
  }
  const locked = await browser.login('reception', PASSWORD);
  t.match([locked.statusCode, locked.json()], [429, { code: 'PRIVACY_LOGIN_LOCKED' }]);
  t.equal(
    (await browser.login('nobody', 'not this one')).statusCode,
    401,
    'strangers look the same',
  );
});

await t.test(
  '2.4 cookies: one for this host alone, which does nothing without the page',
  async (t) => {
    const house = await dashboard(t);
    const { browser } = await loggedIn(house, 'reception');
    const fresh = new Browser(house.server);
    const { password } = await house.room.accounts.add('ben', 'reception', 'test');
    const answer = await fresh.login('ben', password);
    t.match(
      answer.headers['set-cookie'],
      /^__Host-vestibule=\S{43}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Strict$/u,
    );
    browser.forgetCsrf();
    const forged = await browser.ask('POST', '/api/me/totp/offer');
    t.match([forged.statusCode, forged.json()], [403, { code: 'WEB_CROSS_SITE' }]);
    t.equal((await browser.ask('GET', '/api/messages')).statusCode, 200, 'reading needs no token');
  },
);

await t.test('a new password logs out every other browser', async (t) => {
  const house = await dashboard(t);
  const { browser, secret } = await loggedIn(house, 'reception');
  const other = new Browser(house.server);
  await other.login('reception', PASSWORD, codeOf(secret, Date.now() + 30_000));
  t.equal((await other.ask('GET', '/api/session')).statusCode, 200);
  await browser.ask('POST', '/api/me/password', {
    old: PASSWORD,
    fresh: 'nine brass kettles sing',
  });
  t.equal((await other.ask('GET', '/api/session')).statusCode, 401);
  t.equal((await browser.ask('GET', '/api/session')).statusCode, 200);
});

await t.test(
  '3 customer support: a token does what it was made for, until it ends, and is on record',
  async (t) => {
    const house = await dashboard(t);
    const { browser } = await loggedIn(house, 'reception');
    const made = await browser.ask('POST', '/api/me/tokens', {
      ...{ name: 'the wall display', days: 7 },
      scopes: ['messages.read', 'audit.read'],
    });
    const { token, stored } = made.json<{
      token: string;
      stored: { id: string; scopes: string[] };
    }>();
    t.strictSame(stored.scopes, ['messages.read'], 'no more than the account itself may do');
    const program = new Browser(house.server);
    const auth = { authorization: `Bearer ${token}` };
    t.equal((await program.ask('GET', '/api/messages', undefined, auth)).statusCode, 200);
    t.equal((await program.ask('GET', '/api/calls', undefined, auth)).statusCode, 403);
    const keys = await program.ask(
      'POST',
      '/api/me/tokens',
      { name: 'x', scopes: ['messages.read'] },
      auth,
    );
    t.equal(keys.statusCode, 403, 'a token makes no tokens');
    const [row] = await house.records.reading.audit.list({ limit: 1, subject: stored.id });
    t.match(row, { who: 'web:reception', what: 'tokens.make' });
    const { database } = house.records.rights;
    const setEnd = (at: number) =>
      database.write('main', {
        sql: 'UPDATE api_token SET expires_at = ? WHERE id = ?',
        values: [at, stored.id],
      });
    const [kept] = await house.records.reading.accounts.tokens(
      (await house.room.accounts.named('reception')).id,
    );
    const week = 7 * 24 * 3_600_000;
    t.ok(Math.abs((kept?.expiresAt ?? 0) - Date.now() - week) < 60_000, 'it was asked for a week');
    await setEnd(Date.now() - 1);
    const late = await program.ask('GET', '/api/messages', undefined, auth);
    t.equal(late.statusCode, 401, 'its time is over');
    await setEnd(Date.now() + week);
    t.equal((await program.ask('GET', '/api/messages', undefined, auth)).statusCode, 200);
    await browser.ask('DELETE', `/api/me/tokens/${stored.id}`);
    t.equal((await program.ask('GET', '/api/messages', undefined, auth)).statusCode, 401);
  },
);

await t.test('another host name, another address, a request that does not fit', async (t) => {
  const { server } = await dashboard(t);
  const strange = await server.app.inject({ url: '/', headers: { host: 'evil.example' } });
  t.match([strange.statusCode, strange.json()], [421, { code: 'WEB_STRANGE_HOST' }]);
  const browser = new Browser(server);
  t.match((await browser.ask('GET', '/api/nothing')).json(), { code: 'WEB_NOT_FOUND' });
  const bad = await browser.ask('POST', '/api/session', { name: 3 });
  t.match([bad.statusCode, bad.json()], [400, { code: 'WEB_BAD_REQUEST', message: /body\/name/u }]);
  const { headers } = await browser.ask('GET', '/live');
  t.match(headers, {
    'cache-control': 'no-store',
    'content-security-policy': /default-src 'none'/u,
    'strict-transport-security': /max-age=31536000/u,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
});

await t.test('a restart logs nobody out, and whoever was sent away stays away', async (t) => {
  const house = await dashboard(t);
  const { browser } = await loggedIn(house, 'reception');
  const ben = await loggedIn(house, 'reception', 'ben');
  await house.room.accounts.reset('ben', 'test');
  t.equal((await ben.browser.ask('GET', '/api/session')).statusCode, 401, 'a new first password');
  browser.goTo(await house.restarted());
  t.equal((await browser.ask('GET', '/api/messages')).statusCode, 200);
  const change = await browser.ask('POST', '/api/me/telephone', { extension: '203' });
  t.equal(change.statusCode, 200, 'what the page sends with a change still holds');
  await browser.ask('DELETE', '/api/session');
  browser.goTo(await house.restarted());
  t.equal((await browser.ask('GET', '/api/session')).statusCode, 401);
});

await t.test('a start forgets the logins that were over before', async (t) => {
  const house = await dashboard(t);
  await loggedIn(house, 'reception');
  await loggedIn(house, 'it');
  const [{ account } = { account: '' }] = await house.records.reading.accounts.logins.of(
    (await house.room.accounts.named('it')).id,
  );
  const beside = openBeside(house.home, 'main');
  beside
    .prepare('UPDATE login SET last_at = last_at - ? WHERE account_id <> ?')
    .run(31 * 60_000, account);
  const again = await house.restarted();
  await again.start();
  t.strictSame(beside.prepare('SELECT account_id FROM login').pluck().all(), [account]);
  beside.close();
});

await t.test('where one is logged in is seen, and ended there', async (t) => {
  const house = await dashboard(t);
  const { browser, secret } = await loggedIn(house, 'reception');
  const other = new Browser(house.server);
  await other.login('reception', PASSWORD, codeOf(secret, Date.now() + 30_000));
  const list = async () =>
    (await browser.ask('GET', '/api/me/logins')).json<{ logins: { id: string; here: boolean }[] }>()
      .logins;
  const found = await list();
  t.strictSame(found.map(({ here }) => here).sort(), [false, true]);
  const there = found.find(({ here }) => !here)?.id ?? '';
  t.equal((await browser.ask('DELETE', `/api/me/logins/${there}`)).statusCode, 200);
  t.equal((await other.ask('GET', '/api/session')).statusCode, 401);
  t.equal((await list()).length, 1);
  t.equal((await browser.ask('DELETE', '/api/me/logins/0123456789abcdef')).statusCode, 404);
});

await t.test('keys change after a fresh proof only', async (t) => {
  const house = await dashboard(t);
  const { browser } = await loggedIn(house, 'reception');
  const beside = openBeside(house.home, 'main');
  beside.prepare('UPDATE login SET begun_at = begun_at - ?').run(11 * 60_000);
  beside.close();
  browser.goTo(await house.restarted());
  const token = { name: 'x', scopes: ['messages.read'] };
  for (const [method, url, body] of [
    ['POST', '/api/me/totp/offer', undefined],
    ['POST', '/api/me/passkeys/offer', undefined],
    ['DELETE', '/api/me/passkeys/some', undefined],
    ['POST', '/api/me/tokens', token],
  ] as const) {
    t.match((await browser.ask(method, url, body)).json(), { code: 'WEB_PROVE' }, url);
  }
  const prove = (password: string) => browser.ask('POST', '/api/me/prove', { password });
  t.equal((await prove('not this one')).statusCode, 401);
  t.equal((await browser.ask('POST', '/api/me/totp/offer')).statusCode, 403);
  t.equal((await prove(PASSWORD)).statusCode, 200);
  t.equal((await browser.ask('POST', '/api/me/totp/offer')).statusCode, 200);
  for (let tries = 0; tries < 5; tries += 1) await prove('not this one');
  t.equal((await prove(PASSWORD)).statusCode, 429, 'guessing is no easier here');
});

await t.test('each login is in the log with what it was by', async (t) => {
  const house = await dashboard(t);
  const { secret } = await loggedIn(house, 'reception');
  await new Browser(house.server).login('reception', PASSWORD, codeOf(secret, Date.now() + 30_000));
  const rows = await house.records.reading.audit.list({ limit: 50 });
  t.strictSame(
    rows.filter(({ what }) => what === 'login.password').map(({ why }) => why),
    ['password and authenticator', 'password'],
  );
});

await t.test('the numbers for Prometheus, for those who may see how the house is', async (t) => {
  const house = await dashboard(t);
  const { browser } = await loggedIn(house, 'it');
  await house.records.handling.counts.add('blocked', '2026-11-24');
  await house.records.handling.counts.add('blocked', '2026-11-25');
  const answer = await browser.ask('GET', '/metrics');
  t.match(answer.headers['content-type'], /^text\/plain; version=0\.0\.4/u);
  for (const line of [
    'vestibule_ready 1',
    'vestibule_calls_running 2',
    'vestibule_calls_most 16',
    'vestibule_gate_events\\{what="blocked"\\} 2',
  ]) {
    t.match(answer.body, new RegExp(`^${line}$`, 'mu'));
  }
  t.equal((await new Browser(house.server).ask('GET', '/metrics')).statusCode, 401);
});
