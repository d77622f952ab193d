import type { Json, Values } from '../../settings-api';

/** What stands at a path such as `understanding.hours` or `numbers.0.id`. */
export const at = (root: Json | undefined, path: string): Json | undefined =>
  path.split('.').reduce<Json | undefined>((node, key) => {
    if (typeof node !== 'object' || node === null) return undefined;
    return (node as Values)[key];
  }, root);

/** A record without one of its keys. */
export const without = <V>(
  record: Readonly<Record<string, V>>,
  key: string,
): Readonly<Record<string, V>> =>
  Object.fromEntries(Object.entries(record).filter(([one]) => one !== key));

/** The same with `value` at a path; undefined takes it out, and with it what holds nothing else. */
export function putAt(root: Json | undefined, path: string, value: Json | undefined): Json {
  return placed(root, path.split('.'), value) ?? {};
}

function placed(
  node: Json | undefined,
  [key, ...rest]: readonly string[],
  value: Json | undefined,
): Json | undefined {
  if (key === undefined) return value;
  if (Array.isArray(node)) {
    const list = node as readonly Json[];
    return list.map((one, index) =>
      String(index) === key ? (placed(one, rest, value) ?? {}) : one,
    );
  }
  const record = typeof node === 'object' && node !== null ? (node as Values) : {};
  const fresh = placed(record[key], rest, value);
  if (fresh !== undefined) return { ...record, [key]: fresh };
  const left = without(record, key);
  return Object.keys(left).length === 0 ? undefined : left;
}

/** `below` as it is called from `path`: `host` of `notify.mail.host` from `notify.mail`. */
export const rest = (path: string, below: string): string | undefined =>
  below.startsWith(`${path}.`) ? below.slice(path.length + 1) : undefined;
