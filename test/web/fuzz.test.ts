import t from 'tap';
import { seeded } from '../../agent/audio/seeded.js';
import { aMorning } from '../browser/office.js';
import { dashboard, loggedIn } from './house.js';

const ROUNDS = process.env.VESTIBULE_FULL === '1' ? 400 : 25;

/** Values that break careless programs. */
const NASTY: readonly unknown[] = [
  ...[null, true, 0, -1, 1e308, 0.1, '', ' ', 'a'.repeat(5_000), '\u0000', '\ud800', '💥', [], {}],
  ...["'; DROP TABLE message; --", '../../etc/passwd', '%00', '<script>', '{{nonce}}', '__proto__'],
  ...[[null], [[]], { length: -1 }, ['messages.read', 'nothing'], Number.MAX_SAFE_INTEGER],
];
/** Names that the API itself uses, so that guesses come far. */
const FIELDS = [
  ...['name', 'password', 'code', 'old', 'fresh', 'label', 'answer', 'challenge', 'scopes', 'days'],
  ...['done', 'to', 'text', 'into', 'role', 'kind', 'number', 'email', 'note', 'query', 'also'],
  ...['proof', 'request', 'identity', 'how', 'why', 'state', 'outcome', 'limit', 'from', 'leads'],
  ...['ids', 'undo', 'turn', 'extension', 'words', 'recorded', 'urgency', 'intent', 'download'],
  ...['values', 'entries', 'question', 'caller', 'called', 'way', 'target', 'until', 'restart'],
];

t.test('no request makes the server fail', async (t) => {
  const house = await dashboard(t);
  await aMorning(house.records, Date.now() - 3_600_000);
  const { browser } = await loggedIn(house, 'owner');
  await loggedIn(house, 'reception', 'rita');
  const random = seeded(20_261_128);
  const any = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  const ids = ['call-1', 'call-1-1', 'rita', '1', '0', '%2e%2e', 'x'.repeat(200), '💥', 'a b'];
  const routes = house.server.routes.filter(
    ({ method, url }) =>
      // The one that would log us out, and the one that is a socket.
      ['GET', 'POST', 'DELETE'].includes(method) &&
      url !== '/api/live' &&
      !(method === 'DELETE' && url === '/api/session'),
  );
  let asked = 0;
  for (const { method, url } of routes) {
    for (let round = 0; round < ROUNDS; round += 1) {
      const place = url.replace(/:\w+|\*/gu, () => encodeURIComponent(any(ids)));
      const query =
        random() < 0.4
          ? `?${any(FIELDS)}=${encodeURIComponent(Buffer.from(String(any(NASTY))).toString())}`
          : '';
      const body =
        random() < 0.2
          ? any(NASTY)
          : Object.fromEntries(
              Array.from({ length: Math.floor(random() * 5) }, () => [any(FIELDS), any(NASTY)]),
            );
      const { statusCode } = await browser.ask(
        method as 'GET',
        `${place}${query}`,
        method === 'POST' ? (body as object) : undefined,
        // Each from elsewhere: what is limited is how much comes from one place.
        {},
        `127.0.${String((asked >> 8) & 255)}.${String(asked & 255)}`,
      );
      asked += 1;
      if (statusCode >= 500) {
        t.fail(
          `${method} ${place}${query} ${JSON.stringify(body).slice(0, 300)}: ${String(statusCode)}`,
        );
      }
    }
  }
  t.ok(asked >= routes.length * ROUNDS, `${String(asked)} requests`);
  t.equal((await browser.ask('GET', '/api/session')).statusCode, 200, 'and it still serves');
});
