import t from 'tap';
import { answerChallenge } from '../../../agent/reception/rehearse/sip-digest.js';
import {
  cseqOf,
  formatSip,
  parameterOf,
  parseSip,
  parseUri,
  uriOf,
} from '../../../agent/reception/rehearse/sip-message.js';

const bytes = (...lines: string[]): Buffer => Buffer.from(lines.join('\r\n'));

void t.test('a request with compact, folded and repeated headers', (t) => {
  const message = parseSip(
    bytes(
      'INVITE sip:reception@127.0.0.1 SIP/2.0',
      'v: SIP/2.0/UDP a:1;branch=z9hG4bKx, SIP/2.0/UDP b;branch=z9hG4bKy',
      'f: "Smith, Ann" <sip:ann@a>;tag=1',
      't: <sip:reception@127.0.0.1>',
      'i: id',
      'CSeq: 7  INVITE',
      'Record-Route: <sip:p1;lr>,',
      ' <sip:p2;lr>',
      'm: <sip:ann@a:5070;transport=udp>;expires=60',
      '',
      'body',
    ),
  )!;
  t.equal(message.method, 'INVITE');
  t.equal(message.headers.all('via').length, 2);
  t.strictSame(message.headers.all('Record-Route'), ['<sip:p1;lr>', '<sip:p2;lr>']);
  t.strictSame(cseqOf(message), { number: 7, method: 'INVITE' });
  t.equal(parameterOf(message.headers.get('from')!, 'tag'), '1');
  t.equal(parameterOf(message.headers.get('contact')!, 'transport'), undefined);
  t.strictSame(parseUri(uriOf(message.headers.get('contact')!)), {
    user: 'ann',
    host: 'a',
    port: 5070,
  });
  t.equal(message.body, 'body');
  t.end();
});

void t.test('noise is no SIP', (t) => {
  for (const noise of [
    bytes(''),
    bytes('\r\n\r\n'),
    bytes('GET / HTTP/1.1', 'Host: x', '', ''),
    bytes('SIP/2.0 200 OK', 'Via: x', '', ''),
    bytes('INVITE sip:a SIP/2.0', 'no colon', '', ''),
    Buffer.alloc(70_000, 65),
  ]) {
    t.equal(parseSip(noise), undefined);
  }
  t.equal(parseUri('tel:1'), undefined);
  t.end();
});

void t.test('what is written is read again', (t) => {
  const message = parseSip(
    formatSip({
      method: undefined,
      uri: '',
      status: 200,
      reason: 'OK',
      headers: [
        ['Via', 'SIP/2.0/UDP a;branch=b'],
        ['From', '<sip:a@b>;tag=1'],
        ['To', '<sip:c@d>;tag=2'],
        ['Call-ID', 'x'],
        ['CSeq', '1 INVITE'],
      ],
      body: 'v=0 ü',
    }),
  )!;
  t.equal(message.status, 200);
  t.equal(message.headers.get('content-length'), '6');
  t.equal(message.body, 'v=0 ü');
  t.end();
});

void t.test('digest answers', (t) => {
  const challenge = (value: string) => ({
    ...parseSip(
      bytes(
        'SIP/2.0 401 Unauthorized',
        'Via: v',
        'From: f',
        'To: t',
        'Call-ID: c',
        'CSeq: 1 REGISTER',
        `WWW-Authenticate: ${value}`,
        '',
        '',
      ),
    )!,
  });
  const credentials = { user: 'bob', password: 'zanzibar' };
  // Without qop the proof can be computed by hand: md5 of "bob:biloxi.com:zanzibar" and so on.
  const plain = answerChallenge(
    challenge('Digest realm="biloxi.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"'),
    'INVITE',
    'sip:bob@biloxi.com',
    credentials,
  );
  t.match(plain?.[1], /response="bf57e4e0d0bffc0fbaedce64d59add5e"/u, 'an example of SIP lore');
  const sha = answerChallenge(
    challenge('Digest realm="r", nonce="n", qop="auth,auth-int", algorithm=SHA-256, opaque="o"'),
    'REGISTER',
    'sip:r',
    credentials,
  );
  t.match(sha?.[1], /algorithm=SHA-256, opaque="o", qop=auth, nc=00000001, cnonce="[0-9a-f]{16}"/u);
  for (const strange of ['Basic realm="r"', 'Digest realm="r", nonce="n", algorithm=X', 'Digest']) {
    t.equal(answerChallenge(challenge(strange), 'REGISTER', 'sip:r', credentials), undefined);
  }
  t.end();
});
