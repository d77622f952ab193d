import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { guideBlock } from '../guide.js';
import { lacking } from './office.js';
import { noOwnCheckout, OwnCheckout } from './own-checkout.js';

const skip = lacking === false ? noOwnCheckout() : lacking;
const without = (line: string): string => line.replace(/ +#.*$/u, '');
const page = (path: string): string => readFileSync(join(checkoutRoot, path), 'utf8');

// What a newcomer types first, as the pages have it.

t.test('README, quick start, CONTRIBUTING', { skip }, async (t) => {
  const checkout = new OwnCheckout();
  t.teardown(() => {
    checkout.close();
  });
  const works = async (line: string): Promise<string> => {
    const { status, all } = await checkout.types(line);
    t.equal(status, 0, `${line}: ${status === 0 ? 'done' : all}`);
    return all;
  };
  const [demo = '', start = '', whole = ''] = guideBlock('README.md', '--demo').map(without);
  t.same(guideBlock('quick-start.md', '--demo'), [demo]);
  t.same(guideBlock('quick-start.md', 'until Ctrl-C').map(without), [start]);
  t.match(page('.ci/run'), new RegExp(`^exec ${whole}$`, 'mu'), 'what CI runs is the third line');

  const shown = await works(demo);
  t.match(shown, /^passed: demo \(/mu, 'a call was answered');
  t.match(shown, /^ +name +Mary Johnson\b/mu, 'and what was stored is shown');
  t.match(shown, /^ +number +02079460142\b/mu);
  t.match(shown, /^── next: scripts\/vestibule setup/mu);

  const { status, all } = await checkout.types(start, (said) => /^ready$/mu.test(said));
  t.equal(status, 0, 'answers until Ctrl-C');
  t.match(all, /^extension 201: password \S+$/mu);
  t.match(all, /https?:\/\/\S+/u, 'the dashboard’s address');

  const [setUp = '', some = ''] = guideBlock('CONTRIBUTING.md', '--setup-only').map(without);
  t.match(await works(setUp), /^── set up$/mu);
  t.match(await works(some), /^ok 1 - build\/test\/audio\/wav\.test\.js/mu);
});

t.test('the packages that the quick start names are those that the first start installs', (t) => {
  const [, named = ''] =
    /installs the Debian packages `([^`]+)`/u.exec(page('docs/guide/quick-start.md')) ?? [];
  const [, packages = ''] = /^debian_packages=\((.*)\)$/mu.exec(page('scripts/lib.sh')) ?? [];
  t.not(named, '');
  t.equal(named, packages);
  t.end();
});
