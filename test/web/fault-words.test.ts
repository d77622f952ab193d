import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import ts from 'typescript';
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

/** Where sentences about settings are written: the slices of the configuration, and what pages send besides. */
const SLICES =
  /(?:^|[/-])settings\.ts$|^config\/(?:numbers|schema|intent-names)\.ts$|^privacy\/(?:jurisdictions|set-up-answers)\.ts$|^privacy\/rooms\/messages\.ts$|^web\/routes\/(?:handling|set-up)\.ts$/u;
/** Calls whose texts are such sentences. */
const SAYS = /(?:^|\.)(?:regex|refine|url|email|startsWith|min|max|fault|faultAt|taken|refuse)$/u;
/** A fault of a file beside the configuration names place and line; whoever writes that file reads English. */
const OF_A_FILE = "`${path.map(String).join('.')}: ${message}${where}`";

/** Every sentence about a setting that stands in a source, with `x` where something is filled in. */
function sentencesIn(name: string, source: string): readonly string[] {
  const found: string[] = [];
  const textOf = (node: ts.Node): string | undefined => {
    if (ts.isStringLiteralLike(node)) return node.text;
    if (ts.isTemplateExpression(node)) {
      return [node.head.text, ...node.templateSpans.map(({ literal }) => `x${literal.text}`)].join(
        '',
      );
    }
    if (ts.isBinaryExpression(node)) {
      const [left, right] = [textOf(node.left), textOf(node.right)];
      return left === undefined || right === undefined ? undefined : left + right;
    }
    return undefined;
  };
  const isMessage = (node: ts.Node): boolean =>
    (ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node)) &&
    node.name.getText() === 'message';
  const visit = (node: ts.Node, said: boolean): void => {
    const text = textOf(node);
    if (text !== undefined) {
      if (said && text.includes(' ') && node.getText() !== OF_A_FILE) found.push(text);
      return;
    }
    const says = ts.isCallExpression(node) && SAYS.test(node.expression.getText());
    const arrow = ts.isArrowFunction(node) || ts.isFunctionExpression(node);
    ts.forEachChild(node, (child) => {
      visit(child, isMessage(node) || (!arrow && (says || (said && !ts.isCallExpression(node)))));
    });
  };
  visit(ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true), false);
  return found;
}

await t.test('every sentence about a setting has words of the page, in every language', (t) => {
  const folder = join(checkoutRoot, 'agent');
  const names = readdirSync(folder, { encoding: 'utf8', recursive: true }).filter((name) =>
    SLICES.test(name),
  );
  const said = names.flatMap((name) => sentencesIn(name, readFileSync(join(folder, name), 'utf8')));
  t.ok(new Set(said).size > 80, `${String(new Set(said).size)} sentences are found`);
  t.strictSame([...new Set(said.filter((text) => faultText(text) === undefined))], []);
  t.strictSame(
    sentencesIn('a-settings.ts', "z.string().regex(/a/u, 'nobody translated this')"),
    ['nobody translated this'],
    'a new one would be found',
  );
  t.end();
});

await t.test('what the server says is said so by the server', (t) => {
  const folder = join(checkoutRoot, 'agent');
  const sources = readdirSync(folder, { encoding: 'utf8', recursive: true })
    .filter((name) => name.endsWith('.ts') && !name.startsWith(join('web', 'ui')))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
  for (const [key, text] of Object.entries(faultsEn.fault.said)) {
    t.ok(sources.includes(`'${text.replaceAll('\\', '\\\\')}'`), text);
    t.equal(faultText(text)?.key, `fault.said.${key}`);
  }
  t.end();
});
