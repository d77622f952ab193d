import t from 'tap';
import type { LightMyRequestResponse } from 'fastify';
import { aMorning } from '../browser/office.js';
import { answerCheck, routesTold } from './answer-check.js';
import { dashboard, loggedIn } from './house.js';

const house = await dashboard(t);
const { server } = house;
await server.app.ready();

await t.test('every route of /openapi.json says what it answers', (t) => {
  const routes = routesTold(server);
  t.ok(routes.length > 100, `${String(routes.length)} routes`);
  for (const { method, path, answers } of routes) {
    const [good] = Object.entries(answers).filter(([status]) => /^(?:2\d\d|101)$/u.test(status));
    t.ok(good?.[1].content, `${method} ${path} has an answer`);
    t.ok(answers['4XX']?.content, `${method} ${path} tells of refusals`);
    for (const { schema } of Object.values(good?.[1].content ?? {})) {
      t.ok(schema, `${method} ${path} has its shape`);
    }
  }
  t.end();
});

await t.test('everything that can be read is as it says', async (t) => {
  await aMorning(house.records, Date.now() - 3_600_000);
  const { browser } = await loggedIn(house, 'owner');
  const [message] = await house.room.messages.list({ limit: 1, states: [] }, 'test');
  const ids: Readonly<Record<string, string>> = {
    ...{ messages: message?.id ?? '', calls: message?.call ?? '' },
    contacts: message?.contact ?? '',
  };
  const seen: string[] = [];
  for (const { method, path } of routesTold(house.server)) {
    const [, , area = ''] = path.split('/');
    const place = path
      .replace('{id}', ids[area] ?? '1')
      .replace('{kind}', 'hold')
      .replace('{number}', '1');
    if (method !== 'GET' || place.includes('{')) continue;
    // Holds the answer to what is said of it.
    const { statusCode } = await browser.ask('GET', place);
    if (statusCode === 200) seen.push(path);
  }
  for (const path of [
    'messages',
    'messages/{id}',
    'calls',
    'calls/{id}',
    'contacts/{id}',
    'audit',
  ]) {
    t.ok(seen.includes(`/api/${path}`), path);
  }
  t.ok(seen.length > 30, `${String(seen.length)} answers`);
});

await t.test('an answer that says more, or less, than it should is found', (t) => {
  const check = answerCheck(server);
  const told = (body: object): LightMyRequestResponse =>
    ({
      ...{ statusCode: 200, headers: { 'content-type': 'application/json; charset=utf-8' } },
      json: () => body,
    }) as unknown as LightMyRequestResponse;
  const whole = { open: 1, partial: 0, done: 0, urgent: 0, unread: 0 };
  t.doesNotThrow(() => {
    check('GET', '/api/messages?limit=1', told({ messages: [], counts: whole }));
  });
  for (const counts of [{ ...whole, secret: 'of somebody' }, { open: 1 }]) {
    t.throws(() => {
      check('GET', '/api/messages', told({ messages: [], counts }));
    }, /is not as .openapi.json says/u);
  }
  t.end();
});
