import { join } from 'node:path';
import t from 'tap';
import { createServer } from 'vite';
import { checkoutRoot } from '../../agent/wire/checkout.js';

type Fits = (
  contact: { readonly names: readonly string[]; readonly numbers: readonly string[] },
  typed: string,
) => boolean;

await t.test('who is meant by what is typed above the contacts', async (t) => {
  const vite = await createServer({
    ...{ root: join(checkoutRoot, 'agent', 'web', 'ui'), configFile: false, logLevel: 'error' },
    ...{ appType: 'custom', optimizeDeps: { noDiscovery: true } },
    server: { middlewareMode: true, ws: false, watch: null },
  });
  t.teardown(() => vite.close());
  const { fitsContact } = (await vite.ssrLoadModule('/parts/contact-search.ts')) as {
    fitsContact: Fits;
  };
  const okafor = { names: ['Margaret Okafor'], numbers: ['+442079460142'] };
  const nameless = { names: [], numbers: ['205'] };
  const typed = (text: string) => [okafor, nameless].map((one) => fitsContact(one, text));
  t.strictSame(typed(''), [true, true], 'nothing typed: everybody, also who has no name');
  t.strictSame(typed('okafor'), [true, false]);
  t.strictSame(typed('whitfield'), [false, false], 'a name that nobody has');
  t.strictSame(typed('+44 20 7946'), [true, false]);
  t.strictSame(typed('020 7946 0142'), [true, false], 'as it is dialled at home');
  t.strictSame(typed('0142'), [true, false], 'the end of it');
  t.strictSame(typed('205'), [false, true], 'an extension');
  t.strictSame(typed('0'), [true, true], 'one digit is looked for as it is');
  t.strictSame(typed('-'), [false, false], 'no digit at all');
});
