import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { systemClock } from '../../agent/clock.js';
import { silentLog } from '../../agent/log.js';
import { Ari } from '../../agent/telephony/ari.js';

/** An Asterisk whose HTTP answers every request with `status`. */
async function asteriskSaying(status: number) {
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    response.writeHead(status).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const ari = new Ari({ url, user: 'u', password: 'p', app: 'v' }, silentLog, systemClock());
  return { ari, asked: () => asked, close: () => server.close() };
}

void t.test('an Asterisk that is still starting is asked again and ends nobody', async (t) => {
  const { ari, asked, close } = await asteriskSaying(503);
  let thrown: unknown;
  const caught = (error: unknown): void => {
    thrown = error;
  };
  process.on('uncaughtException', caught);
  await ari.start();
  await sleep(800);
  process.off('uncaughtException', caught);
  t.equal(thrown, undefined);
  t.ok(asked() >= 2, 'more than once');
  t.equal(ari.up, false);
  await ari.stop();
  close();
});

void t.test('a refused password is told at once', async (t) => {
  const { ari, close } = await asteriskSaying(401);
  await t.rejects(ari.start(), { code: 'TELEPHONY_ARI_REFUSED' });
  close();
});
