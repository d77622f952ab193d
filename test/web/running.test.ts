import { once } from 'node:events';
import t from 'tap';
import type { Test } from 'tap';
import WebSocket from 'ws';
import { aMorning } from '../browser/office.js';
import { dashboard, loggedIn, type Browser } from './house.js';

type House = Awaited<ReturnType<typeof dashboard>>;

/** A page's socket: what came over it, and the way to wait for more. */
async function socketOf(
  t: Test,
  { server }: House,
  browser: Browser,
  origin = 'https://localhost',
) {
  if (!server.app.server.listening) await server.start();
  const { port } = server.app.server.address() as { port: number };
  const got: Record<string, unknown>[] = [];
  const sounds: Buffer[] = [];
  const socket = new WebSocket(`wss://localhost:${String(port)}/api/live`, {
    headers: { cookie: browser.cookie, origin },
    rejectUnauthorized: false,
  });
  socket.on('message', (data: Buffer, binary: boolean) => {
    if (binary) sounds.push(data);
    else got.push(JSON.parse(data.toString('utf8')) as Record<string, unknown>);
  });
  t.teardown(() => {
    socket.terminate();
  });
  await once(socket, 'open');
  const until = async (
    kind: string,
    fits: (told: Record<string, unknown>) => boolean = () => true,
  ) => {
    for (let waited = 0; waited < 400; waited += 1) {
      const at = got.findIndex((told) => told.kind === kind && fits(told));
      if (at >= 0) return got.splice(at, 1)[0] ?? {};
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(`no ${kind} among ${JSON.stringify(got)}`);
  };
  const ask = (wish: object): void => {
    socket.send(JSON.stringify(wish));
  };
  return { socket, got, sounds, until, ask };
}

const auditOf = async ({ records }: House, what: string): Promise<number> =>
  (await records.reading.audit.list({ limit: 200 })).filter((row) => row.what === what).length;

t.test(
  'whoever may read transcripts watches calls that run, and each look is written down',
  async (t) => {
    const house = await dashboard(t);
    const { browser } = await loggedIn(house, 'reception');
    const call = house.live.begin('running-1');
    call.talk.said({ party: 'agent', atMs: 0, text: 'How can I help?', whole: true });
    const { ask, until, got } = await socketOf(t, house, browser);
    await until('hello');
    t.notOk(
      got.some(({ kind }) => kind === 'live'),
      'nothing before it is asked for',
    );
    ask({ do: 'watch' });
    const first = await until('live');
    t.match(first, { from: 0, lines: [{ text: 'How can I help?' }], call: { id: 'running-1' } });
    t.match(first.call, { callerNumber: '+442079460142', state: 'talking', consented: true });
    call.talk.hears('I would like');
    t.match(await until('live'), { from: 1, lines: [], call: { partial: 'I would like' } });
    call.talk.said({ party: 'caller', atMs: 900, text: 'I would like to book', whole: true });
    const said = await until('live');
    t.match(said, { from: 1, lines: [{ text: 'I would like to book' }], call: { partial: '' } });
    call.talk.cut(0);
    t.match(
      await until('live'),
      { from: 0, lines: [{ whole: false }, {}] },
      'what changed is sent anew',
    );
    t.equal(await auditOf(house, 'live.watch'), 1, 'one look, one entry');
    house.live.over(call);
    t.match(await until('live-over'), { id: 'running-1' });
    ask({ do: 'unwatch' });
    house.live.begin('running-2');
    await until('call', ({ id }) => id === 'running-2');
    await new Promise((resolve) => setTimeout(resolve, 120));
    t.notOk(
      got.some(({ kind }) => kind === 'live'),
      'nothing after it was given up',
    );
  },
);

t.test(
  'listening in: by right, where the office allows it, once the caller was told',
  async (t) => {
    const house = await dashboard(t);
    const call = house.live.begin('running-1');
    const rita = await loggedIn(house, 'reception');
    const deaf = await socketOf(t, house, rita.browser);
    deaf.ask({ do: 'listen', call: 'running-1' });
    t.match(await deaf.until('refused'), { code: 'WEB_FORBIDDEN' });

    const { browser } = await loggedIn(house, 'clinician');
    const page = await socketOf(t, house, browser);
    const refused = async (code: string): Promise<void> => {
      page.ask({ do: 'listen', call: 'running-1' });
      t.match(await page.until('refused'), { code });
    };
    house.live.allows.listen = false;
    await refused('RECEPTION_NO_LISTENING');
    house.live.allows.listen = true;
    call.consented = false;
    await refused('RECEPTION_NOT_TOLD');
    call.consented = true;
    call.state = 'with-person';
    await refused('RECEPTION_NOT_WITH_US');
    call.told = true;
    page.ask({ do: 'listen', call: 'running-1' });
    await page.until('listening');
    page.ask({ do: 'hush' });
    t.match(await page.until('listening-over'), { why: 'hush' }, 'people who were told are heard');
    call.state = 'talking';
    t.equal(await auditOf(house, 'live.listen'), 1);

    page.ask({ do: 'listen', call: 'running-1' });
    await page.until('listening');
    t.equal(await auditOf(house, 'live.listen'), 2);
    call.sound('caller', Int16Array.of(1, -2, 3), 1234);
    call.sound('agent', Int16Array.of(4), 1240);
    for (let waited = 0; page.sounds.length < 2 && waited < 100; waited += 1) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const [caller, agent] = page.sounds;
    t.equal(caller?.readUInt8(0), 0);
    t.equal(caller?.readUInt32LE(4), 1234);
    t.strictSame(
      [0, 2, 4].map((at) => caller?.readInt16LE(8 + at)),
      [1, -2, 3],
    );
    t.equal(agent?.readUInt8(0), 1);
    page.ask({ do: 'hush' });
    t.match(await page.until('listening-over'), { why: 'hush' });
    t.equal(call.listeners, 0);
    page.ask({ do: 'listen', call: 'running-1' });
    await page.until('listening');
    call.sendAway('objected');
    t.match(await page.until('listening-over'), { why: 'objected' });
    page.ask({ do: 'listen', call: 'running-1' });
    await page.until('listening');
    page.socket.terminate();
    await once(page.socket, 'close');
    for (let waited = 0; call.listeners > 0 && waited < 100; waited += 1) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    t.equal(call.listeners, 0, 'a page that is gone hears nothing');
  },
);

t.test('no message over the socket makes the server fail', async (t) => {
  const house = await dashboard(t);
  const { browser } = await loggedIn(house, 'owner');
  const page = await socketOf(t, house, browser);
  const nasty = [
    '',
    'null',
    '[]',
    '{"do":"listen"}',
    '{"do":"listen","call":"../x"}',
    '{"do":1}',
    '💥',
  ];
  for (const text of nasty) page.socket.send(text);
  page.socket.send(Buffer.from([0, 255, 3]));
  for (const text of nasty) t.match(await page.until('refused'), { code: 'WEB_BAD_REQUEST' }, text);
  page.ask({ do: 'listen', call: 'no-such-one' });
  t.match(await page.until('refused'), { code: 'RECEPTION_CALL_OVER' });
  page.ask({ do: 'watch' });
  await page.until('watching');
});

t.test('a page of another site hears nothing', async (t) => {
  const house = await dashboard(t);
  const { browser } = await loggedIn(house, 'owner');
  const { socket } = await socketOf(t, house, browser, 'https://elsewhere.example');
  const [code] = (await once(socket, 'close')) as [number];
  t.equal(code, 4403);
});

t.test('taking over and ending: by right, at one’s own telephone, written down', async (t) => {
  const house = await dashboard(t);
  const call = house.live.begin('running-1');
  const { browser } = await loggedIn(house, 'reception');
  const take = () => browser.ask('POST', '/api/live/calls/running-1/take-over', {});
  t.match((await take()).json(), { code: 'RECEPTION_NO_TELEPHONE' });
  const choose = (extension: string | null) =>
    browser.ask('POST', '/api/me/telephone', { extension });
  t.equal((await choose('999')).statusCode, 400, 'none of the office');
  t.match((await choose('203')).json(), { extension: '203', callsOut: true });
  t.equal((await take()).statusCode, 200);
  t.strictSame(call.done, ['taken-over 203']);
  t.equal(await auditOf(house, 'live.take-over'), 2);
  await browser.ask('POST', '/api/live/calls/running-1/end', {});
  t.equal(call.done.at(-1), 'ended-by-staff');
  call.state = 'with-person';
  call.handing = true;
  t.match((await take()).json(), { code: 'RECEPTION_NOT_WITH_PERSON' }, 'nobody has taken it yet');
  call.told = true;
  t.equal((await take()).statusCode, 200, 'from a colleague who talks through us');
  t.equal(call.done.at(-1), 'from talk 203');
  call.handing = false;
  t.equal((await take()).statusCode, 200, 'from one whom the telephone system put through');
  t.equal(call.done.at(-1), 'back for 203');
  t.strictSame(house.live.cutOff, ['with-channel-running-1']);
  await browser.ask('POST', '/api/live/calls/running-1/end', {});
  t.equal(call.done.at(-1), 'ended');
  const doctor = await loggedIn(house, 'clinician');
  const whisper = await doctor.browser.ask('POST', '/api/live/calls/running-1/whisper', {});
  t.match(whisper.json(), { code: 'RECEPTION_NO_LISTENING' }, 'not allowed as delivered');
  const listed = (await browser.ask('GET', '/api/live/calls')).json<{ calls: object[] }>();
  t.strictSame(
    Object.keys(listed.calls[0] ?? {}).sort(),
    ['audible', 'begunAt', 'consented', 'id', 'state', 'urgency'],
    'neither who nor what',
  );
});

t.test(
  'calling back: the number comes from the message, the telephone from the account',
  async (t) => {
    const house = await dashboard(t);
    await aMorning(house.records, Date.now() - 3_600_000);
    const { browser } = await loggedIn(house, 'reception');
    const back = (id: string) => browser.ask('POST', `/api/messages/${id}/call-back`, {});
    t.match((await back('call-1-1')).json(), { code: 'RECEPTION_NO_TELEPHONE' });
    await browser.ask('POST', '/api/me/telephone', { extension: '203' });
    t.equal((await back('call-1-1')).statusCode, 200);
    t.strictSame(house.live.called, [
      { extension: '203', number: '020 7946 0142', callId: 'call-1' },
    ]);
    t.equal(await auditOf(house, 'messages.call-back'), 2);
  },
);
