import { once } from 'node:events';
import { connect as connectPlain } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'node:tls';
import t from 'tap';
import { dashboard } from './house.js';

t.test('it stops though somebody holds a connection and asks nothing', async (t) => {
  const { server } = await dashboard(t);
  const port = Number(new URL(await server.start()).port);
  const idle = connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
  await once(idle, 'secureConnect');
  const mute = connectPlain(port, '127.0.0.1');
  await once(mute, 'connect');
  for (const socket of [idle, mute]) socket.on('error', () => undefined);
  const ended = Promise.all([once(idle, 'close'), once(mute, 'close')]);
  // Without a word of ours Node waits one minute for the first and two for the second.
  const stopped = server.stop().then(() => 'stopped');
  t.equal(await Promise.race([stopped, sleep(40_000, 'still there', { ref: false })]), 'stopped');
  await ended;
});
