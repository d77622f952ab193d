import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { checkConfiguration } from '../../agent/config/load.js';
import { restartsOf } from '../../agent/config/restarts.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';

const text = readFileSync(join(checkoutRoot, 'agent', 'config', 'example-office.yaml'), 'utf8');
const example = checkConfiguration(text, 'x', {});

t.test('what a running daemon takes, and what it was started with', (t) => {
  t.strictSame(restartsOf(example, checkConfiguration(text, 'x', {})), []);
  const answers = { ...example.understanding, faq: [] };
  const quick = { ...example.reception, silenceMs: 4000, mostCalls: 3 };
  t.strictSame(restartsOf(example, { ...example, understanding: answers, reception: quick }), []);
  const moved = {
    ...example,
    pbx: { ...example.pbx, ringSeconds: 33 },
    understanding: { ...example.understanding, timeZone: 'Europe/Berlin' },
  };
  t.strictSame(restartsOf(example, moved), ['pbx', 'understanding.timeZone']);
  t.end();
});
