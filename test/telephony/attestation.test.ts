import t from 'tap';
import { attestationIn, attestationOf } from '../../agent/telephony/attestation.js';

const passport = (payload: object): string =>
  [
    Buffer.from('{"alg":"ES256","ppt":"shaken"}').toString('base64url'),
    Buffer.from(JSON.stringify(payload)).toString('base64url'),
    'c2ln;info=<https://cert.example/a.pem>;alg=ES256;ppt=shaken',
  ].join('.');

void t.test('what carriers write is read, and nothing else', (t) => {
  const of = (headers: Readonly<Record<string, string>>) =>
    attestationIn((name) => headers[name] ?? '');
  const number = (verstat: string, after = ''): string =>
    `"A, B; \\"C\\"" <sip:+12155550112;user=phone;verstat=${verstat}${after}@carrier.example>`;
  t.same(of({ 'P-Asserted-Identity': number('TN-Validation-Passed') }), { verdict: 'passed' });
  t.same(of({ 'P-Asserted-Identity': number('TN-Validation-Passed-A', ';cpc=x') }), {
    ...{ verdict: 'passed', level: 'A' },
  });
  t.same(of({ From: number('TN-Validation-Failed'), 'X-Asterisk-Attestation': 'c' }), {
    ...{ verdict: 'failed', level: 'C' },
  });
  t.same(of({ 'P-Asserted-Identity': number('No-TN-Validation') }), { verdict: 'unverified' });
  t.same(
    of({
      'P-Asserted-Identity': number('TN-Validation-Passed'),
      From: number('TN-Validation-Failed'),
    }),
    { verdict: 'passed' },
    'the carrier’s own header before the caller’s',
  );
  const identity = passport({ attest: 'B', dest: { tn: ['1'] }, orig: { tn: '2' } });
  t.same(
    of({ Identity: identity }),
    { verdict: 'unverified', level: 'B' },
    'signed is not verified',
  );
  for (const nothing of [
    {},
    { Identity: 'a.b.c' },
    { Identity: passport({ attest: 7 }) },
    { Identity: passport({ attest: 'Z' }) },
    { Identity: 'x'.repeat(100_000) },
    { From: '<sip:1@h>;x-verstatus=TN-Validation-Passed' },
    { 'P-Attestation-Indicator': 'ABC' },
  ]) {
    t.equal(of(nothing), undefined, JSON.stringify(nothing).slice(0, 60));
  }
  t.end();
});

void t.test('only trunks are asked, and a header that did not come is nothing', async (t) => {
  const asked: string[] = [];
  const ari = {
    variable: (_: string, name: string) => {
      asked.push(name);
      return name.includes('Asserted')
        ? Promise.resolve('<sip:1;verstat=TN-Validation-Failed@h>')
        : Promise.reject(new Error('404'));
    },
  };
  t.equal(await attestationOf(ari, { id: '1', name: 'PJSIP/anonymous-00000001' }), undefined);
  t.same(asked, []);
  t.same(await attestationOf(ari, { id: '1', name: 'PJSIP/trunk-carrier-00000001' }), {
    verdict: 'failed',
  });
});
