import { join } from 'node:path';
import t from 'tap';
import { loadExamples, parseExamples } from '../../agent/understanding/intents.js';
import { plain } from '../../agent/understanding/text.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';

const eight = (start: string): string =>
  Array.from({ length: 8 }, (_, index) => `    - ${start} ${String(index)}`).join('\n');
const fileOf = (...intents: readonly string[]): string =>
  ['profile: shop', 'language: en', 'intents:', ...intents].join('\n');

void t.test('the shipped clinic profile', (t) => {
  const path = join(checkoutRoot, 'models', 'intents', 'clinic.en.yaml');
  const examples = loadExamples(path);
  t.equal(examples.intents.size, 27);
  for (const [intent, texts] of examples.intents) {
    t.ok(texts.length >= (intent === 'oos' ? 80 : 40), intent);
  }
  t.equal(examples.profile, 'clinic');
  t.end();
});

void t.test('the other profiles have intents of their own', (t) => {
  const own = { law: 'case.status', trade: 'complaint.report', restaurant: 'order.takeaway' };
  for (const [profile, intent] of Object.entries(own)) {
    const path = join(checkoutRoot, 'models', 'intents', `${profile}.en.yaml`);
    const examples = loadExamples(path);
    t.equal(examples.profile, profile);
    t.ok(examples.intents.has(intent), intent);
    for (const [name, texts] of examples.intents) t.ok(texts.length >= 25, `${profile} ${name}`);
  }
  t.end();
});

void t.test('faults are named with their path', (t) => {
  const few = fileOf('  a.b:\n    - one', '  c: [two]', `  oos:\n${eight('o')}`);
  t.throws(() => parseExamples(few, 'x.yaml'), {
    code: 'UNDERSTANDING_EXAMPLES_FEW',
    message: /x\.yaml.*intents\.a\.b has 1 \(line \d+\); intents\.c has 1 \(line \d+\)/u,
  });
  const twice = fileOf(`  a:\n${eight('o')}`, `  oos:\n${eight('x')}\n    - O, 3!`);
  t.throws(() => parseExamples(twice, 'x.yaml'), {
    code: 'UNDERSTANDING_EXAMPLES_DUPLICATE',
    message: /intents\.oos\[8\] \(line \d+\) repeats intents\.a\[3\] \(line \d+\)/u,
  });
  t.throws(() => parseExamples(fileOf(`  a:\n${eight('o')}`), 'x'), {
    code: 'UNDERSTANDING_EXAMPLES_FEW',
    message: /intents\.oos has 0/u,
  });
  t.throws(() => parseExamples('profile: 1\nextra: 2', 'x'), {
    code: 'UNDERSTANDING_EXAMPLES_MALFORMED',
    message: /profile:.*language:.*intents:/u,
  });
  t.throws(() => parseExamples('a: [', 'x'), { code: 'UNDERSTANDING_EXAMPLES_MALFORMED' });
  t.throws(() => loadExamples('/nowhere/at.yaml'), {
    code: 'UNDERSTANDING_EXAMPLES_UNREADABLE',
    place: '/nowhere/at.yaml',
  });
  t.end();
});

void t.test('the hash is of the examples, not of the file', (t) => {
  const base = fileOf(`  a:\n${eight('o')}`, `  oos:\n${eight('x')}`);
  const hash = (source: string): string => parseExamples(source, 'x').hash;
  t.equal(hash(`# a comment\n${base}`), hash(base));
  t.not(hash(base.replace('o 3', 'o three')), hash(base));
  t.end();
});

void t.test('plain text', (t) => {
  t.equal(plain("  Well — I’d like 2 'tickets', please! "), "well i'd like 2 tickets please");
  t.equal(plain('At 10:30.'), 'at 10 30');
  t.equal(plain('안녕하세요?'), '안녕하세요');
  t.equal(plain('...'), '');
  t.end();
});
