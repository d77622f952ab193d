import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import ts from 'typescript';
import { createServer } from 'vite';
import { checkoutRoot } from '../../agent/wire/checkout.js';

const vite = await createServer({
  ...{ root: join(checkoutRoot, 'agent', 'web', 'ui'), configFile: false, logLevel: 'error' },
  ...{ appType: 'custom', optimizeDeps: { noDiscovery: true } },
  server: { middlewareMode: true, ws: false, watch: null },
});
t.teardown(() => vite.close());
const { koreanOf } = (await vite.ssrLoadModule('/doctor-words.ts')) as unknown as {
  koreanOf: (sentence: string) => string | undefined;
};
const { checksKo } = (await vite.ssrLoadModule('/words/doctor-ko.ts')) as unknown as {
  checksKo: Readonly<Record<string, readonly string[]>>;
};

/** Calls that say what was found and what to do, and names that such sentences are kept under. */
const OUTCOMES = /^(?:ok|warn|fail|skipped)$/u;
const KEPT = /^(?:found|mend|range|INSTALL)$/u;
/** What only goes on with, or only fills in, a sentence that is held by itself. */
const GOES_ON = /^`\$\{(?:found|range|INSTALL)\}|^`\$\{[^}]*\}`$/u;
/** What is filled in that is no value but a part of the sentence. */
const PARTS: Readonly<Record<string, string>> = {
  of: 'of the last x calls',
  set: 'et reception.mostCalls to about x, or add cores; see docs/guide/sizing.md',
};

/** What checks are called, and the sentences that they say, with `x` where something is filled in. */
function readCheck(name: string, source: string): { ids: string[]; sentences: string[] } {
  const ids: string[] = [];
  const sentences: string[] = [];
  const collect = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) {
      if (node.text !== '' && !ts.isElementAccessExpression(node.parent)) sentences.push(node.text);
      return;
    }
    if (ts.isTemplateExpression(node)) {
      const spans = node.templateSpans.map(({ expression, literal }) => {
        return `${PARTS[expression.getText()] ?? 'x'}${literal.text}`;
      });
      if (!GOES_ON.test(node.getText())) sentences.push([node.head.text, ...spans].join(''));
      return;
    }
    if (ts.isConditionalExpression(node)) {
      for (const branch of [node.whenTrue, node.whenFalse]) collect(branch);
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'id') {
      if (ts.isStringLiteral(node.initializer)) ids.push(node.initializer.text);
    }
    if (ts.isCallExpression(node) && OUTCOMES.test(node.expression.getText())) {
      node.arguments.forEach(collect);
    }
    const kept = ts.isVariableDeclaration(node) && KEPT.test(node.name.getText());
    if (kept && node.initializer !== undefined) collect(node.initializer);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true));
  return { ids, sentences };
}

await t.test('whatever the doctor finds is told in Korean, too', (t) => {
  const folder = join(checkoutRoot, 'agent', 'house', 'doctor');
  const checks = readdirSync(folder).map((name) =>
    readCheck(name, readFileSync(join(folder, name), 'utf8')),
  );
  const ids = checks.flatMap((one) => one.ids);
  t.ok(ids.length > 45, `${String(ids.length)} checks are found`);
  t.strictSame(
    [...ids].sort(),
    Object.keys(checksKo).sort(),
    'each has a title and why it matters',
  );
  const sentences = [...new Set(checks.flatMap((one) => one.sentences))];
  t.ok(sentences.length > 150, `${String(sentences.length)} sentences are found`);
  t.strictSame(
    sentences.filter(
      (text) => /\b[a-z]{2,} |\b[a-z]{2,}$/u.test(text) && koreanOf(text) === undefined,
    ),
    [],
    'and so is what was found, and what to do',
  );
  t.equal(koreanOf('in 3 of the last 9 calls nothing came from the caller')?.includes('9통'), true);
  t.equal(koreanOf('something that nobody says to us'), undefined);
  t.equal(koreanOf('RECORDS_KEY_MISSING: x is y (z)'), undefined, 'errors say it themselves');
  t.end();
});
