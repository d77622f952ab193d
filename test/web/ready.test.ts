import t from 'tap';
import { Browser, dashboard } from './house.js';

void t.test('/ready tells how many trunks are lost, and names none', async (t) => {
  let lost = 0;
  const { server } = await dashboard(
    t,
    [],
    {},
    {
      ready: () => lost < 2,
      trunks: () => ({ up: 2 - lost, lost }),
    },
  );
  const asked = async () => {
    const answer = await new Browser(server).ask('GET', '/ready');
    return [answer.statusCode, answer.json<object>()];
  };
  t.same(await asked(), [200, { ready: true, trunks: { up: 2, lost: 0 } }]);
  lost = 1;
  t.same(await asked(), [200, { ready: true, trunks: { up: 1, lost: 1 } }], 'calls still come');
  lost = 2;
  t.same(await asked(), [503, { ready: false, trunks: { up: 0, lost: 2 } }]);
});

void t.test('without the store /ready answers, and nobody comes in', async (t) => {
  const { server, records } = await dashboard(t);
  await records.stop();
  await server.start();
  const browser = new Browser(server);
  t.equal((await browser.ask('GET', '/ready')).statusCode, 200);
  const { statusCode } = await browser.login('anna', 'whatever it may be');
  t.ok(statusCode >= 400, String(statusCode));
});
