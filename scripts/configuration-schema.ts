import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { configuration } from '../agent/config/schema.js';
import { checkoutRoot } from '../agent/wire/checkout.js';

interface Node {
  description?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly additionalProperties?: Node | boolean;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
}

/**
 * JSON Schema (2020-12) of `vestibule.yaml`, by which editors complete and check it: the shape is the
 * configuration's own, what each setting is comes from the guide's tables.
 */
export function configurationSchema(): object {
  const schema = z.toJSONSchema(configuration, { io: 'input', target: 'draft-2020-12' });
  describe(schema as Node, '', told());
  return { ...schema, title: 'Vestibule: the configuration of an office' };
}

/** What docs/guide/configuration.md says of each setting, and of each part of the file. */
function told(): ReadonlyMap<string, string> {
  const guide = readFileSync(join(checkoutRoot, 'docs', 'guide', 'configuration.md'), 'utf8');
  const plain = (text: string): string =>
    text.replace(/\[([^\]]+)\]\([^)]*\)/gu, '$1').replaceAll('`', '');
  return new Map([
    ...[...guide.matchAll(/^## ([a-z][A-Za-z]*): (.+)$/gmu)].map(
      ([, part = '', what = '']): [string, string] => [part, plain(what)],
    ),
    ...[...guide.matchAll(/^\| `([a-z][^`]*)`\s*\|[^|]*\| (.*?)\s*\|$/gmu)].map(
      ([, setting = '', what = '']): [string, string] => [setting, plain(what)],
    ),
  ]);
}

function describe(node: Node, path: string, words: ReadonlyMap<string, string>): void {
  const what = words.get(path);
  if (what !== undefined) node.description = what;
  for (const [name, one] of Object.entries(node.properties ?? {})) {
    describe(one, path === '' ? name : `${path}.${name}`, words);
  }
  if (node.items !== undefined) describe(node.items, `${path}[]`, words);
  for (const one of [...(node.anyOf ?? []), ...(node.oneOf ?? [])]) describeBelow(one, path, words);
}

/** One of several shapes of the same setting: it is described where the setting is. */
function describeBelow(node: Node, path: string, words: ReadonlyMap<string, string>): void {
  const named = new Map(words);
  named.delete(path);
  describe(node, path, named);
}
