import { isDeepStrictEqual } from 'node:util';
import {
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  parseDocument,
  type Document,
  type Node,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { configErrors } from './errors.js';
import { mergedText } from './merged-text.js';

/** By what an item of a list is known again when something else of it has changed. */
const NAMES = ['id', 'date', 'number', 'service', 'user', 'url', 'name'] as const;
/** No line is folded anew, and nothing is padded that was not. */
const AS_IT_STANDS = { lineWidth: 0, flowCollectionPadding: false } as const;

/**
 * The configuration `text` with each of `values`, named by its path (`understanding.hours`), in place of
 * what was there; `null` takes a setting out. Comments stay, and lines that do not change stay to the
 * byte. @throws CONFIG_UNEDITABLE for a text whose parts are not what they seem (anchors)
 */
export function edited(text: string, values: Readonly<Record<string, unknown>>): string {
  const place = Object.keys(values).join(', ');
  const document = parseDocument(text);
  const wanted = structuredClone(document.toJS() ?? {}) as Record<string, unknown>;
  try {
    for (const [path, value] of Object.entries(values)) {
      const steps = path.split('.');
      put(wanted, steps, value);
      if (value === null) document.deleteIn(steps);
      else document.setIn(steps, merged(document, document.getIn(steps, true), value));
    }
  } catch (cause) {
    // What lies on the way is no map.
    throw configErrors.make('UNEDITABLE', { place, cause });
  }
  const fresh = document.toString(AS_IT_STANDS);
  const whole = mergedText(text, parseDocument(text).toString(AS_IT_STANDS), fresh);
  for (const result of [whole, fresh]) {
    const read = parseDocument(result);
    if (read.errors.length === 0 && isDeepStrictEqual(read.toJS(), wanted)) return result;
  }
  throw configErrors.make('UNEDITABLE', { place });
}

/** Sets or, by `null`, takes out what stands at `steps` of a plain value. */
function put(root: Record<string, unknown>, steps: readonly string[], value: unknown): void {
  const [step = '', ...rest] = steps;
  if (rest.length === 0) {
    if (value === null) Reflect.deleteProperty(root, step);
    else root[step] = value;
    return;
  }
  if (!isRecord(root[step])) {
    if (value === null) return;
    root[step] = {};
  }
  put(root[step] as Record<string, unknown>, rest, value);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `node`, made to say `value`, with as much of it kept as says the same. */
function merged(document: Document, node: unknown, value: unknown): Node {
  if (isMap(node) && isRecord(value)) return mergedMap(document, node, value);
  if (isSeq(node) && Array.isArray(value)) return mergedList(document, node, value);
  if (isScalar(node) && (typeof value !== 'object' || value === null)) {
    if (node.value !== value) {
      node.value = value;
      delete node.source;
    }
    return node;
  }
  const fresh = document.createNode(value);
  if (isNode(node)) {
    fresh.comment = node.comment ?? null;
    fresh.commentBefore = node.commentBefore ?? null;
  }
  return fresh;
}

function mergedMap(document: Document, map: YAMLMap, value: Record<string, unknown>): Node {
  const keys = map.items.map(({ key }) => (isScalar(key) ? String(key.value) : ''));
  for (const key of keys) if (!(key in value)) map.delete(key);
  for (const [key, one] of Object.entries(value)) {
    map.set(key, merged(document, map.get(key, true), one));
  }
  return map;
}

function mergedList(document: Document, list: YAMLSeq, value: readonly unknown[]): Node {
  const old = [...list.items] as Node[];
  const flow = old.some((item) => isCollection(item) && item.flow === true);
  const take = (fits: (item: unknown) => boolean): Node | undefined => {
    const at = old.findIndex((item) => fits(item.toJS(document)));
    return at < 0 ? undefined : old.splice(at, 1)[0];
  };
  // Those that stay as they are first, so that none of them is taken for another one's sake.
  const found = value.map((one) => take((item) => isDeepStrictEqual(item, one)));
  list.items = value.map((one, at) => {
    const node =
      found[at] ?? take((item) => nameOf(item) !== undefined && nameOf(item) === nameOf(one));
    if (node !== undefined) return merged(document, node, one);
    const fresh = document.createNode(one);
    if (flow && isCollection(fresh)) fresh.flow = true;
    return fresh;
  });
  return list;
}

/** The name of a list's item, such as `id parking`. */
export function nameOf(item: unknown): string | undefined {
  if (!isRecord(item)) return undefined;
  const key = NAMES.find((name) => typeof item[name] === 'string');
  return key === undefined ? undefined : String(item[key]);
}
