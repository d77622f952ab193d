import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DiskAct } from './write-log.js';

/** What was written since the last sync, in order; a `size` cuts off or adds zeros. */
type Change = { readonly ended: number } & (
  { readonly at: number; readonly bytes: Buffer } | { readonly size: number }
);

/** The content of a file: what was synced, and what came since. */
interface Content {
  synced: Buffer;
  since: Change[];
  /** Where a program that names no place writes next. */
  next: number;
}

/** A name that came or went. Once its folder is synced it cannot be lost. */
interface NameChange {
  readonly ended: number;
  readonly path: string;
  readonly content: Content | 'folder' | undefined;
  safe: boolean;
}

/** What of the unsynced is on the disk: the part of it, from 0 to 1, and a draw for each change. */
export interface Luck {
  readonly keeps: (change: 'name' | 'write') => boolean;
  /** Bytes of a kept write of `length` bytes that are on the disk: it may have been torn. */
  readonly torn: (length: number) => number;
}

/** Nothing that was not synced is on the disk. */
export const NOTHING_KEPT: Luck = { keeps: () => false, torn: () => 0 };
/** As if the program alone had been killed. */
export const ALL_KEPT: Luck = { keeps: () => true, torn: (length) => length };

/** Luck of numbers that come again with the same seed; writes are torn at sectors of 512 bytes. */
export function chance(seed: number): Luck {
  let state = seed >>> 0 || 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  return {
    keeps: () => next() < 0.5,
    torn: (length) => (next() < 0.8 ? length : Math.floor((next() * length) / 512) * 512),
  };
}

/**
 * A disk below `root` as the strictest reading of POSIX has it: a write is lost unless its file was
 * synced since, a name unless its folder was. Names are lost from the latest on, as a journal loses
 * them; writes in any choice.
 */
export class TracedDisk {
  readonly #root: string;
  readonly #open = new Map<number, { content: Content; appends: boolean } | { folder: string }>();
  readonly #live = new Map<string, Content>();
  readonly #names: NameChange[] = [];

  constructor(root: string) {
    this.#root = root;
  }

  do(act: DiskAct): void {
    switch (act.does) {
      case 'open':
        this.#opened(act);
        break;
      case 'close':
        this.#open.delete(act.fd);
        break;
      case 'write':
      case 'size':
        this.#written(act);
        break;
      case 'sync':
        this.#synced(act);
        break;
      case 'folder':
        this.#name(act.ended, act.path, 'folder');
        break;
      case 'remove':
        this.#live.delete(act.path);
        this.#name(act.ended, act.path, undefined);
        break;
      case 'link': {
        const content = this.#live.get(act.path);
        if (content === undefined) return;
        this.#live.set(act.to, content);
        this.#name(act.ended, act.to, content);
        break;
      }
      case 'rename': {
        const content = this.#live.get(act.path);
        if (content === undefined) return;
        this.#live.delete(act.path);
        this.#live.set(act.to, content);
        this.#name(act.ended, act.to, content);
        this.#name(act.ended, act.path, undefined);
        break;
      }
    }
  }

  /** Writes to `to` what is found when the power is back. */
  find(to: string, luck: Luck): void {
    const found = new Map<string, Content | 'folder'>();
    let lost = false;
    for (const { path, content, safe } of this.#names) {
      lost ||= !safe && !luck.keeps('name');
      if (lost && !safe) continue;
      if (content === undefined) found.delete(path);
      else found.set(path, content);
    }
    mkdirSync(to, { recursive: true });
    for (const [path, content] of [...found].sort(([one], [other]) => (one < other ? -1 : 1))) {
      if (!this.#reachable(path, found)) continue;
      const place = join(to, path.slice(this.#root.length));
      if (content === 'folder') mkdirSync(place, { recursive: true, mode: 0o700 });
      else writeFileSync(place, contentOf(content, luck), { mode: 0o600 });
    }
  }

  #reachable(path: string, found: ReadonlyMap<string, unknown>): boolean {
    for (let folder = dirname(path); folder !== this.#root; folder = dirname(folder)) {
      if (!found.has(folder)) return false;
    }
    return true;
  }

  #opened({ fd, path, flags, ended }: Extract<DiskAct, { does: 'open' }>): void {
    this.#open.delete(fd);
    if (path !== this.#root && !path.startsWith(`${this.#root}/`)) return;
    let content = this.#live.get(path);
    if (content === undefined) {
      if (!flags.includes('O_CREAT')) {
        this.#open.set(fd, { folder: path });
        return;
      }
      content = { synced: Buffer.alloc(0), since: [], next: 0 };
      this.#live.set(path, content);
      this.#name(ended, path, content);
    }
    content.next = 0;
    if (flags.includes('O_TRUNC')) content.since.push({ ended, size: 0 });
    this.#open.set(fd, { content, appends: flags.includes('O_APPEND') });
  }

  #written(act: Extract<DiskAct, { does: 'write' }> | Extract<DiskAct, { does: 'size' }>): void {
    const file = this.#open.get(act.fd);
    if (file === undefined || !('content' in file)) return;
    const { content, appends } = file;
    if (act.does === 'size') {
      content.since.push({ ended: act.ended, size: act.size });
      return;
    }
    const at = act.at ?? (appends ? sizeOf(content) : content.next);
    if (act.at === undefined) content.next = at + act.bytes.length;
    content.since.push({ ended: act.ended, at, bytes: act.bytes });
  }

  #synced({ fd, began }: Extract<DiskAct, { does: 'sync' }>): void {
    const file = this.#open.get(fd);
    if (file === undefined) return;
    if ('folder' in file) {
      for (const name of this.#names)
        if (name.ended <= began && dirname(name.path) === file.folder) name.safe = true;
      return;
    }
    const { content } = file;
    // Of what is written while it is synced nobody knows.
    const before = content.since.filter(({ ended }) => ended <= began);
    content.synced = applied(content.synced, before);
    content.since = content.since.filter(({ ended }) => ended > began);
  }

  #name(ended: number, path: string, content: NameChange['content']): void {
    if (path.startsWith(`${this.#root}/`)) this.#names.push({ ended, path, content, safe: false });
  }
}

const sizeOf = ({ synced, since }: Content): number =>
  since.reduce(
    (size, change) =>
      'size' in change ? change.size : Math.max(size, change.at + change.bytes.length),
    synced.length,
  );

function contentOf({ synced, since }: Content, luck: Luck): Buffer {
  const kept = since.flatMap((change): Change[] => {
    if (!luck.keeps('write')) return [];
    if ('size' in change) return [change];
    return [{ ...change, bytes: change.bytes.subarray(0, luck.torn(change.bytes.length)) }];
  });
  return applied(synced, kept);
}

function applied(content: Buffer, changes: readonly Change[]): Buffer {
  const sizes = changes.map((one) => ('size' in one ? one.size : one.at + one.bytes.length));
  const room = Buffer.alloc(Math.max(content.length, ...sizes));
  content.copy(room);
  let size = content.length;
  for (const change of changes) {
    if ('size' in change) {
      if (change.size < size) room.fill(0, change.size, size);
      size = change.size;
    } else {
      change.bytes.copy(room, change.at);
      size = Math.max(size, change.at + change.bytes.length);
    }
  }
  return Buffer.from(room.subarray(0, size));
}
