import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { createLog } from '../agent/log.js';
import { checkoutRoot } from '../agent/wire/checkout.js';

const agent = join(checkoutRoot, 'agent');
const sources = readdirSync(agent, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);

/** Names under which callers' words, names and numbers travel through the code. */
const PERSONAL =
  /\b(?:text|heard|said|transcript|callerNumber|caller\.number|phrases|utterance)\b/u;

t.test('log lines are literals and carry no personal facts', (t) => {
  let found = 0;
  for (const file of sources) {
    const source = readFileSync(join(agent, file), 'utf8');
    const call = /\blog\s*\.\s*(?:debug|info|warn|error)\(\s*([\s\S]*?)\);\n/gu;
    for (const [, args = ''] of source.matchAll(call)) {
      found += 1;
      t.match(args, /^'[^']*'|^"[^"]*"/u, `${file}: ${args.slice(0, 60)}`);
      const facts = args.replace(/^'[^']*'|^"[^"]*"/u, '');
      t.notMatch(facts, PERSONAL, `${file}: facts of ${args.slice(0, 60)}`);
    }
  }
  t.ok(found > 20, `${found} log lines were looked at`);
  t.end();
});

t.test('error places and details carry no personal facts', (t) => {
  let found = 0;
  for (const file of sources.filter((name) => !name.startsWith('reception/rehearse/'))) {
    const source = readFileSync(join(agent, file), 'utf8');
    const made = /Errors\.make\(\s*'\w+',?\s*(\{[\s\S]*?\})?\s*\)/gu;
    for (const [, context = ''] of source.matchAll(made)) {
      found += 1;
      t.notMatch(context, /\b(?:callerNumber|transcript|phrases|utterance)\b/u, file);
    }
  }
  t.ok(found > 20, `${found} errors were looked at`);
  t.end();
});

t.test('2.3 device information: a fact that no key stands for does not reach the log', (t) => {
  const lines: string[] = [];
  const log = createLog('debug', { write: (line: string) => lines.push(line) });
  log.part('visit').info('call taken', { call: 'c-1', ms: 3 });
  const [line = '{}'] = lines;
  t.match(JSON.parse(line), { msg: 'call taken', part: 'visit', call: 'c-1', ms: 3 });
  // As it goes where a whole call is spread into the facts: the compiler lets it pass.
  const call = { id: 'c-1', callerNumber: '+442079460142', name: 'Nora Whitlock', call: 'c-1' };
  for (const level of ['debug', 'info', 'warn', 'error'] as const) {
    lines.length = 0;
    log.part('visit')[level]('call taken', { ...call });
    t.match(JSON.parse(lines.join('')), { msg: 'call taken', call: 'c-1' }, level);
    t.notMatch(lines.join(''), /7946|Whitlock|callerNumber/u, level);
  }
  t.end();
});
