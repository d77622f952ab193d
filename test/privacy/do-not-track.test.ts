import t from 'tap';
import { dashboard, loggedIn } from '../web/house.js';

/** What differs in any two answers, besides the nonce of the page. */
const OWN = new Set(['date', 'x-request-id', 'x-ratelimit-remaining', 'x-ratelimit-reset']);

await t.test('11 Do Not Track: the same bytes with and without it', async (t) => {
  const house = await dashboard(t);
  const { browser } = await loggedIn(house, 'reception');
  const pages = ['/', '/api/session', '/api/messages', '/openapi.json', '/live', '/no-such-page'];
  for (const page of pages) {
    const answers = [];
    for (const headers of [{}, { dnt: '1' }, { dnt: '1', 'sec-gpc': '1' }]) {
      const answer = await browser.ask('GET', page, undefined, headers);
      const { 'content-security-policy': policy } = answer.headers;
      const nonce = /'nonce-([^']+)'/u.exec(String(policy))?.[1] ?? 'none';
      const plain = (text: unknown): string => String(text).replaceAll(nonce, 'NONCE');
      const kept = Object.entries(answer.headers)
        .filter(([name]) => !OWN.has(name))
        .map(([name, value]) => [name, plain(value)] as const);
      const bytes = Buffer.from(plain(answer.rawPayload.toString('latin1')), 'latin1');
      answers.push({ status: answer.statusCode, headers: kept, bytes });
    }
    const [plain, ...others] = answers;
    t.ok((plain?.bytes.length ?? 0) > 0, page);
    for (const other of others) t.strictSame(other, plain, page);
    t.notOk(
      plain?.headers.some(
        ([name]) => ['etag', 'set-cookie'].includes(name) && page.startsWith('/api'),
      ),
      'nothing to know a visitor again by',
    );
  }
});
