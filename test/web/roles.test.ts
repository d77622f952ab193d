import t from 'tap';
import { permits, ROLES } from '../../agent/privacy/roles.js';
import { Browser, dashboard, loggedIn } from './house.js';

/** Nothing has this id, so that nothing is changed by asking. */
const fill = (url: string): string => url.replace(/:\w+/gu, 'no-such-one');

await t.test(
  'every role at every route: in where its rights say so, and nowhere else',
  async (t) => {
    const house = await dashboard(t);
    // The one route that is a socket is tried in live.test.ts.
    const routes = house.server.routes.filter(
      ({ method, url }) => method !== 'HEAD' && url !== '/api/live' && url.startsWith('/api/'),
    );
    t.ok(routes.length > 25, 'the routes are found');
    const stranger = new Browser(house.server);
    for (const { method, url, access } of routes) {
      if (access === 'open') continue;
      const { statusCode } = await stranger.ask(method as 'GET', fill(url));
      t.equal(statusCode, 401, `nobody ${method} ${url}`);
    }
    for (const role of ROLES) {
      const { browser } = await loggedIn(house, role);
      for (const { method, url, access } of routes) {
        // Logging in and out is tried in session.test.ts.
        if (access === 'open' || access === 'begun' || access === 'login') continue;
        const body = method === 'POST' ? {} : undefined;
        const { statusCode } = await browser.ask(method as 'GET', fill(url), body);
        const in_ = statusCode !== 403 && statusCode !== 401;
        t.equal(in_, permits(role, access), `${role} ${method} ${url} (${String(statusCode)})`);
        t.ok(statusCode < 500, `${method} ${url} does not fail`);
      }
    }
  },
);

await t.test('IT keeps accounts but makes nobody who may read what callers said', async (t) => {
  const house = await dashboard(t);
  const { browser } = await loggedIn(house, 'it');
  await loggedIn(house, 'owner', 'olga');
  const make = (role: string) =>
    browser.ask('POST', '/api/accounts', { name: `new-${role}`, role });
  t.equal((await make('it')).statusCode, 200);
  for (const role of ['owner', 'privacy', 'clinician', 'reception']) {
    t.equal((await make(role)).statusCode, 403, role);
  }
  await loggedIn(house, 'reception', 'rita');
  for (const name of ['olga', 'rita']) {
    const taken = await browser.ask('POST', `/api/accounts/${name}/password`);
    t.equal(taken.statusCode, 403, `a new password for ${name} would be a way in`);
  }
  t.equal((await browser.ask('DELETE', '/api/accounts/olga')).statusCode, 403);
  const own = await browser.ask('POST', '/api/accounts/it/role', { role: 'owner' });
  t.equal(own.statusCode, 403, 'nor itself');
});
