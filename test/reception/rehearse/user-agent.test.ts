import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import t, { type Test } from 'tap';
import { systemClock } from '../../../agent/clock.js';
import type { CallOutcome } from '../../../agent/reception/rehearse/sip-call.js';
import { parseSip, type SipMessage } from '../../../agent/reception/rehearse/sip-message.js';
import { UserAgent } from '../../../agent/reception/rehearse/user-agent.js';

/** A SIP peer by hand: the test decides what it answers and what it ignores. */
class Peer {
  readonly #socket: Socket;
  readonly received: SipMessage[] = [];
  #heard: () => void = () => undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('message', (datagram) => {
      this.received.push(parseSip(datagram)!);
      this.#heard();
    });
  }

  get port(): number {
    return this.#socket.address().port;
  }

  /** The nth message (from 0). */
  async message(n: number): Promise<SipMessage> {
    while (this.received.length <= n) {
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
      });
    }
    return this.received[n]!;
  }

  send(text: string, port: number): void {
    this.#socket.send(text, port, '127.0.0.1');
  }

  respond(to: SipMessage, status: string, port: number, extra: string[] = []): void {
    const copied = ['via', 'from', 'call-id', 'cseq'].map(
      (name) => `${name}: ${to.headers.get(name) ?? ''}`,
    );
    const own = `To: ${to.headers.get('to') ?? ''};tag=peer`;
    this.send([`SIP/2.0 ${status}`, ...copied, own, ...extra, '', ''].join('\r\n'), port);
  }
}

async function setUp(t: Test): Promise<{ peer: Peer; agent: UserAgent; port: number }> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const agent = new UserAgent({
    clock: systemClock(),
    local: { host: '127.0.0.1', port: 0 },
    user: 'caller',
    credentials: { user: 'caller', password: 'secret' },
  });
  await agent.start();
  await agent.start();
  t.teardown(async () => {
    await agent.stop();
    await agent.stop();
    socket.close();
  });
  return { peer: new Peer(socket), agent, port: agent.address.port };
}

const request = (method: string, headers: string[], body = ''): string =>
  [
    `${method} sip:caller@127.0.0.1 SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK${method}${headers.join('').length};rport`,
    ...headers,
    '',
    body,
  ].join('\r\n');

void t.test('a call over a network that loses and repeats', async (t) => {
  const { peer, agent, port } = await setUp(t);
  const seen: string[] = [];
  const call = agent.call(`sip:office@127.0.0.1:${peer.port}`);
  call.listen({
    ringing: (status) => seen.push(`ringing ${status}`),
    answered: () => seen.push('answered'),
    renegotiate: (offer) => {
      seen.push(`renegotiate ${offer}`);
      return 'new answer';
    },
    ended: ({ by }) => seen.push(`ended by ${by}`),
  });
  call.invite('offer');
  const first = await peer.message(0);
  const again = await peer.message(1);
  t.equal(first.headers.get('via'), again.headers.get('via'), 'the INVITE is repeated');

  peer.respond(first, '401 Unauthorized', port, ['WWW-Authenticate: Digest realm="r", nonce="n"']);
  const ack = await peer.message(2);
  t.equal(ack.method, 'ACK');
  t.equal(ack.headers.get('via'), first.headers.get('via'), 'the refusal is acknowledged');
  const second = await peer.message(3);
  t.equal(second.headers.get('cseq'), '2 INVITE');
  t.match(second.headers.get('authorization'), /username="caller"/u);

  peer.respond(second, '180 Ringing', port);
  const contact = `Contact: <sip:office@127.0.0.1:${peer.port};x=y>`;
  peer.respond(second, '200 OK', port, [contact]);
  const accepted = await peer.message(4);
  t.equal(accepted.method, 'ACK');
  t.equal(accepted.uri, `sip:office@127.0.0.1:${peer.port};x=y`, 'sent to the contact');
  peer.respond(second, '200 OK', port, [contact]);
  t.equal((await peer.message(5)).method, 'ACK', 'a repeated 200 is acknowledged again');
  t.strictSame(seen, ['ringing 180', 'answered']);

  const from = `From: ${accepted.headers.get('to') ?? ''}`;
  const dialog = [
    from,
    `To: ${accepted.headers.get('from') ?? ''}`,
    `Call-ID: ${call.dialog.callId}`,
  ];
  peer.send(request('INVITE', [...dialog, 'CSeq: 5 INVITE'], 'hold'), port);
  const answer = await peer.message(6);
  t.strictSame([answer.status, answer.body], [200, 'new answer']);
  t.equal((await peer.message(7)).status, 200, 'repeated until acknowledged');
  peer.send(request('ACK', [...dialog, 'CSeq: 5 ACK', 'X: y']), port);
  peer.send(request('INFO', [...dialog, 'CSeq: 6 INFO']), port);
  t.equal((await peer.message(8)).status, 405);
  const bye = request('BYE', [...dialog, 'CSeq: 7 BYE']);
  peer.send(bye, port);
  t.equal((await peer.message(9)).status, 200);
  peer.send(bye, port);
  t.equal((await peer.message(10)).status, 200, 'a repeated BYE is answered from memory');
  t.equal(seen.at(-1), 'ended by them');
  t.equal(seen.filter((entry) => entry.startsWith('renegotiate')).length, 1);
  call.hangUp();
  t.equal(call.state, 'ended');
  t.throws(() => {
    call.answer('x');
  }, /may not go from ended/u);
});

void t.test('an answer that crosses our CANCEL is ended by BYE', async (t) => {
  const { peer, agent, port } = await setUp(t);
  const call = agent.call(`sip:office@127.0.0.1:${peer.port}`);
  const ended = new Promise<CallOutcome>((resolve) => {
    call.listen({
      ringing: () => undefined,
      answered: () => {
        t.fail('the caller has hung up');
      },
      renegotiate: () => '',
      ended: resolve,
    });
  });
  call.invite('offer');
  const invite = await peer.message(0);
  call.hangUp();
  peer.respond(invite, '100 Trying', port);
  const cancel = await peer.message(1);
  t.equal(cancel.method, 'CANCEL');
  t.equal(cancel.headers.get('via'), invite.headers.get('via'));
  t.equal(cancel.headers.get('cseq'), '1 CANCEL');
  peer.respond(cancel, '200 OK', port);
  peer.respond(invite, '200 OK', port);
  t.equal((await peer.message(2)).method, 'ACK');
  const bye = await peer.message(3);
  t.equal(bye.method, 'BYE');
  peer.respond(bye, '200 OK', port);
  t.strictSame(await ended, { by: 'us', status: 200 });
});

void t.test('what comes from outside without a call', async (t) => {
  const { peer, port } = await setUp(t);
  const head = (tag: string): string[] => ['From: <sip:x@y>;tag=1', `To: <sip:c@d>${tag}`];
  const sent = [
    ['OPTIONS', '', 200],
    ['MESSAGE', '', 405],
    ['INVITE', '', 486],
    ['BYE', ';tag=2', 481],
    ['CANCEL', '', 481],
  ] as const;
  for (const [i, [method, tag, status]] of sent.entries()) {
    peer.send(request(method, [...head(tag), `Call-ID: ${i}`, `CSeq: 1 ${method}`]), port);
    const response = await peer.message(i);
    t.equal(response.status, status, method);
    t.match(response.headers.get('via'), /;rport=\d+;received=127\.0\.0\.1/u);
    if (method === 'INVITE') {
      const to = response.headers.get('to') ?? '';
      const ack = [head('')[0]!, `To: ${to}`, `Call-ID: ${i}`, 'CSeq: 1 ACK'];
      const length = [...head(tag), `Call-ID: ${i}`, `CSeq: 1 ${method}`].join('').length;
      // The ACK of a refusal has the branch of its INVITE.
      peer.send(request('ACK', ack).replace(/z9hG4bK\w+/u, `z9hG4bKINVITE${length}`), port);
    }
  }
  peer.send('\r\n\r\n', port);
  peer.send('rubbish', port);
  t.end();
});

void t.test('registration, challenged and refused', async (t) => {
  const { peer, agent, port } = await setUp(t);
  const registrar = { host: '127.0.0.1', port: peer.port };
  const fine = agent.register(registrar, 60);
  peer.respond(await peer.message(0), '401 Unauthorized', port, [
    'WWW-Authenticate: Digest realm="r", nonce="n", qop="auth"',
  ]);
  const second = await peer.message(1);
  t.match(second.headers.get('authorization'), /qop=auth/u);
  t.equal(second.headers.get('expires'), '60');
  t.equal(second.headers.get('to'), '<sip:caller@127.0.0.1>');
  peer.respond(second, '200 OK', port);
  await fine;
  const refused = agent.register(registrar, 60);
  peer.respond(await peer.message(2), '403 Forbidden', port);
  await t.rejects(refused, { code: 'REHEARSE_REGISTRATION_REFUSED' });
});
