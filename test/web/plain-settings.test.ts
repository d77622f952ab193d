import { join } from 'node:path';
import t from 'tap';
import { createServer } from 'vite';
import { z } from 'zod';
// First: the flows import one another, and only from the machine on are they whole.
import '../../agent/dialogue/machine.js';
import { configuration } from '../../agent/config/schema.js';
import type { PlainField, PlainPart } from '../../agent/web/ui/pages/settings/plain/parts.js';
import { belongsTo, SECTIONS } from '../../agent/web/routes/configuration-sections.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';

interface Leaf {
  readonly usual: unknown;
  readonly options: readonly string[] | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
}

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly additionalProperties?: Node | boolean;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly type?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Every single setting by its path; items of lists and entries of records without their places. */
function leaves(node: Node, path: string, found: Map<string, Leaf>): Map<string, Leaf> {
  const within = node.items ?? node.additionalProperties;
  const inner = node.properties ?? (typeof within === 'object' ? within.properties : undefined);
  const either = typeof within === 'object' ? within.oneOf : undefined;
  if (inner !== undefined) {
    for (const [key, one] of Object.entries(inner)) {
      leaves(one, path === '' ? key : `${path}.${key}`, found);
    }
  } else if (either !== undefined) {
    for (const one of either) leaves(one, path, found);
  } else {
    found.set(path, {
      usual: node.default,
      options: node.enum,
      ...{ min: node.minimum, max: node.maximum },
    });
  }
  return found;
}

const isEmpty = (value: unknown): boolean =>
  value === '' || (Array.isArray(value) && value.length === 0);

const known = leaves(
  z.toJSONSchema(configuration, { unrepresentable: 'any', io: 'input' }) as Node,
  '',
  new Map(),
);
/** Of discriminated kinds: each has its own constant. */
const KINDS = new Set(['calendars.kind']);

await t.test('every setting can be changed in the page, and by the section that has it', (t) => {
  t.ok(known.size > 250, `${String(known.size)} settings`);
  const orphans = [...known.keys()].filter(
    (path) => !Object.values(SECTIONS).some((section) => belongsTo(section, path)),
  );
  // The shape of the file is written by the program.
  t.strictSame(orphans, ['version']);
  t.end();
});

await t.test('tables of fields say what the schema says, in words', async (t) => {
  const vite = await createServer({
    ...{ root: join(checkoutRoot, 'agent', 'web', 'ui'), configFile: false, logLevel: 'error' },
    ...{ appType: 'custom', optimizeDeps: { noDiscovery: true } },
    server: { middlewareMode: true, ws: false, watch: null },
  });
  t.teardown(() => vite.close());
  const { PLAIN } = (await vite.ssrLoadModule('/pages/settings/plain/tables.ts')) as {
    PLAIN: Readonly<Record<keyof typeof SECTIONS, readonly PlainPart[]>>;
  };
  const { en } = (await vite.ssrLoadModule('/words/en.ts')) as { en: object };
  const word = (key: string): unknown =>
    key
      .split('.')
      .reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], en);

  const shown = new Set<string>();
  const check = (path: string, field: PlainField): void => {
    shown.add(path);
    const leaf = known.get(path);
    t.ok(leaf, `${path} is a setting`);
    if (leaf === undefined) return;
    t.type(word(`settings.of.${path}`), 'string', `${path} has a name`);
    const { usual } = leaf;
    if (field.usual !== undefined || (usual !== undefined && !isEmpty(usual))) {
      t.strictSame(field.usual, usual, `${path} is as usual`);
    }
    if (field.kind === 'number') {
      t.strictSame([field.min, field.max], [leaf.min, leaf.max], `${path} has its bounds`);
    }
    if (field.kind === 'choice' && leaf.options !== undefined) {
      t.strictSame(field.options, leaf.options, `${path} has all its choices`);
    }
    for (const option of KINDS.has(path) ? [] : (field.options ?? [])) {
      const text = word(`settings.values.${path}.${option}`) ?? word(`roles.${option}`);
      t.type(text, 'string', `${path}: ${option}`);
    }
  };
  for (const [name, parts] of Object.entries(PLAIN) as [keyof typeof SECTIONS, PlainPart[]][]) {
    for (const part of parts) {
      t.type(word(`settings.parts.${part.name}`), 'string', `${part.name} has a title`);
      for (const field of part.fields) {
        const path = part.path === undefined ? field.path : `${part.path}.${field.path}`;
        check(path, field);
        t.ok(belongsTo(SECTIONS[name], path), `${path} is saved by ${name}`);
        if (field.also !== undefined) t.ok(belongsTo(SECTIONS[name], field.also));
        if (field.also !== undefined) shown.add(field.also);
      }
    }
    const missing = [...known.keys()].filter(
      (path) => belongsTo(SECTIONS[name], path) && !shown.has(path),
    );
    t.strictSame(missing, [], `${name} shows all it has`);
  }
});
