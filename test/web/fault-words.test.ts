import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { createServer } from 'vite';
import { z } from 'zod';
import { checkoutRoot } from '../../agent/wire/checkout.js';

interface Faults {
  readonly faultText: (message: string) => { key: string; values: object } | undefined;
}

const vite = await createServer({
  ...{ root: join(checkoutRoot, 'agent', 'web', 'ui'), configFile: false, logLevel: 'error' },
  ...{ appType: 'custom', optimizeDeps: { noDiscovery: true } },
  server: { middlewareMode: true, ws: false, watch: null },
});
t.teardown(() => vite.close());
const { faultText } = (await vite.ssrLoadModule('/fault-words.ts')) as unknown as Faults;
const { faultsEn } = (await vite.ssrLoadModule('/words/faults-en.ts')) as {
  faultsEn: { fault: { said: Record<string, string> } };
};

await t.test('what zod says by itself has words of the page', (t) => {
  for (const [schema, value, key, values] of [
    [z.string(), undefined, 'missing', {}],
    [z.string(), 4, 'kind', {}],
    [z.int(), 1.5, 'kind', {}],
    [z.array(z.string()), 'a', 'kind', {}],
    [z.literal('a'), 'b', 'one', { options: '"a"' }],
    [z.enum(['a', 'b']), 'c', 'one', { options: '"a", "b"' }],
    [z.string().min(1), '', 'empty', {}],
    [z.string().min(3), 'ab', 'shortest', { n: '3' }],
    [z.string().max(2), 'abc', 'longest', { n: '2' }],
    [z.array(z.string()).min(1), [], 'empty', {}],
    [z.array(z.string()).min(2), ['a'], 'fewest', { n: '2' }],
    [z.array(z.string()).max(1), ['a', 'b'], 'most', { n: '1' }],
    [z.number().min(5), 4, 'lowest', { n: '5' }],
    [z.number().max(65_535), 70_000, 'highest', { n: '65535' }],
    [z.number().gt(0), 0, 'above', { n: '0' }],
    [z.number().lt(1), 1, 'below', { n: '1' }],
    [z.number().multipleOf(10), 7, 'step', { n: '10' }],
    [z.string().regex(/^a$/u), 'b', 'pattern', {}],
    [z.string().startsWith('/'), 'b', 'pattern', {}],
    [z.email(), 'b', 'format', { what: 'email address' }],
    [z.url(), 'b', 'format', { what: 'URL' }],
    [z.strictObject({}), { a: 1, b: 2 }, 'unknown', { names: '"a", "b"' }],
    [z.union([z.string(), z.number()]), true, 'other', {}],
    [z.record(z.string().regex(/^a$/u), z.string()), { b: 'c' }, 'other', {}],
    [
      z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') })]),
      { kind: 'b' },
      'other',
      {},
    ],
  ] as const) {
    const issue = schema.safeParse(value).error?.issues[0];
    const said = issue?.message ?? '';
    t.match(faultText(said), { key: `fault.${key}`, values }, said);
  }
  t.equal(faultText('something that nobody says'), undefined);
  t.end();
});

await t.test('what the server says is said so by the server', (t) => {
  const folder = join(checkoutRoot, 'agent');
  const sources = readdirSync(folder, { encoding: 'utf8', recursive: true })
    .filter((name) => name.endsWith('.ts') && !name.startsWith(join('web', 'ui')))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
  for (const [key, text] of Object.entries(faultsEn.fault.said)) {
    t.ok(sources.includes(`'${text}'`), text);
    t.equal(faultText(text)?.key, `fault.said.${key}`);
  }
  t.end();
});
