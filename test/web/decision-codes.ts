import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { checkoutRoot } from '../../agent/wire/checkout.js';

/** Functions whose parameter `reason` is a code of a decision: its place, by their name. */
function reasonPlaces(files: readonly ts.SourceFile[]): ReadonlyMap<string, ReadonlySet<number>> {
  const found = new Map<string, Set<number>>();
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionDeclaration(node) || ts.isArrowFunction(node)) {
      const at = node.parameters.findIndex((one) => one.name.getText() === 'reason');
      const named = ts.isFunctionDeclaration(node) ? node : node.parent;
      const name = ts.isVariableDeclaration(named) || ts.isFunctionDeclaration(named);
      const text = name ? (named.name?.getText() ?? '') : '';
      if (at >= 0 && text !== '') found.set(text, (found.get(text) ?? new Set()).add(at));
    }
    ts.forEachChild(node, visit);
  };
  files.forEach(visit);
  return found;
}

/** Every code that a decision of the dialogue is written down by; those that are put together are left out. */
export function decisionCodes(): readonly string[] {
  const folder = join(checkoutRoot, 'agent', 'dialogue');
  const names = readdirSync(folder, { encoding: 'utf8', recursive: true })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('prompts'))
    .map((name) => join(folder, name));
  const files = names.map((name) =>
    ts.createSourceFile(name, readFileSync(name, 'utf8'), ts.ScriptTarget.Latest, true),
  );
  const places = reasonPlaces(files);
  const codes = new Set<string>();
  const collect = (node: ts.Node | undefined): void => {
    if (node === undefined) return;
    if (ts.isStringLiteral(node)) codes.add(node.text);
    if (!ts.isConditionalExpression(node)) return;
    for (const branch of [node.whenTrue, node.whenFalse]) collect(branch);
  };
  const visit = (node: ts.Node): void => {
    const named = ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node);
    if (named && node.name.getText() === 'reason') collect(node.initializer);
    if (ts.isCallExpression(node)) {
      for (const at of places.get(node.expression.getText()) ?? []) collect(node.arguments[at]);
    }
    ts.forEachChild(node, visit);
  };
  files.forEach(visit);
  return [...codes].filter((code) => /^[a-z]+(?:\.[a-z0-9-]+)?$/u.test(code)).sort();
}
