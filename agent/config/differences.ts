import { isDeepStrictEqual } from 'node:util';
import { createPatch, structuredPatch } from 'diff';
import { parseDocument } from 'yaml';
import type { DifferentLine, Difference } from '../privacy/configuration-desk.js';
import { nameOf } from './edit.js';

/** Lines that are shown around each change. */
const AROUND = 3;

/** The usual form of a difference, which `patch` understands. */
export const unified = (from: string, to: string, names: readonly [string, string]): string =>
  createPatch('vestibule.yaml', from, to, ...names, { context: AROUND });

/** The same line by line; a line without numbers stands between two changes that are far apart. */
export function differentLines(from: string, to: string): readonly DifferentLine[] {
  const { hunks } = structuredPatch('a', 'b', from, to, '', '', { context: AROUND });
  return hunks.flatMap(({ oldStart, newStart, lines }, index) => {
    let [old, fresh] = [oldStart, newStart];
    const shown = lines
      .filter((line) => !line.startsWith('\\'))
      .map((line): DifferentLine => {
        const text = line.slice(1);
        if (line.startsWith('-')) return { what: 'removed', old: old++, text };
        if (line.startsWith('+')) return { what: 'added', fresh: fresh++, text };
        return { what: 'same', old: old++, fresh: fresh++, text };
      });
    return index === 0 ? shown : [{ what: 'gap', text: '' } as const, ...shown];
  });
}

/** What two texts set differently, setting by setting; nothing for a text that is no YAML. */
export function differences(from: string, to: string): readonly Difference[] {
  const [was, is] = [from, to].map((text) => {
    const document = parseDocument(text);
    return document.errors.length > 0 ? undefined : (document.toJS() as unknown);
  });
  return was === undefined || is === undefined ? [] : below('', was, is);
}

function below(path: string, was: unknown, is: unknown): readonly Difference[] {
  if (isDeepStrictEqual(was, is)) return [];
  if (isRecord(was) && isRecord(is)) {
    const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])];
    return keys.flatMap((key) => below(path === '' ? key : `${path}.${key}`, was[key], is[key]));
  }
  if (Array.isArray(was) && Array.isArray(is)) return belowList(path, was, is);
  if (was === undefined) return [{ path, is: plain(is) }];
  if (is === undefined) return [{ path, was: plain(was) }];
  return [{ path, was: plain(was), is: plain(is) }];
}

/** Items that have a name are compared by it; of others it is told which came and went. */
function belowList(
  path: string,
  was: readonly unknown[],
  is: readonly unknown[],
): readonly Difference[] {
  const all = [...was, ...is];
  const names = all.map(nameOf);
  if (all.length > 0 && names.every((name) => name !== undefined)) {
    const of = (list: readonly unknown[], name: string): unknown =>
      list.find((item) => nameOf(item) === name);
    const found = [...new Set(names)].flatMap((name) =>
      below(`${path}[${name}]`, of(was, name), of(is, name)),
    );
    return found.length > 0 ? found : [{ path, was: plain(was), is: plain(is) }];
  }
  if (was.length <= 3 && is.length <= 3) return [{ path, was: plain(was), is: plain(is) }];
  const missing = (list: readonly unknown[], other: readonly unknown[]): readonly unknown[] =>
    list.filter((item) => !other.some((one) => isDeepStrictEqual(one, item)));
  const [gone, come] = [missing(was, is), missing(is, was)];
  if (gone.length + come.length === 0) return [{ path, was: plain(was), is: plain(is) }];
  return [
    ...gone.map((item) => ({ path: `${path}[]`, was: plain(item) })),
    ...come.map((item) => ({ path: `${path}[]`, is: plain(item) })),
  ];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value as people read it, on one line. */
function plain(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.map(plain).join(', ');
  if (!isRecord(value)) return String(value);
  return Object.entries(value)
    .map(([key, one]) => `${key}: ${plain(one)}`)
    .join('; ');
}
