import t from 'tap';
import { identityIn } from '../../../agent/house/doctor/machines-elsewhere.js';
import { makeCertificate } from '../../../agent/wire/certificates.js';

t.test('a certificate is told of a month before it ends', async (t) => {
  const folder = t.testdir();
  for (const [host, days, ending] of [
    ['soon.example', 10, /^the certificate ends in (?:9|10) days$/u],
    ['late.example', 31, undefined],
  ] as const) {
    const { files } = await makeCertificate(folder, [host], days);
    const found = identityIn(files);
    if (ending === undefined) t.equal(found.ending, undefined, host);
    else t.match(found.ending, ending, host);
  }
});
