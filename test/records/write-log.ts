import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** One thing that a program did to its files, in seconds of the machine's clock. */
export type DiskAct = { readonly began: number; readonly ended: number } & (
  | { readonly does: 'open'; readonly fd: number; readonly path: string; readonly flags: string }
  | { readonly does: 'close'; readonly fd: number }
  | { readonly does: 'sync'; readonly fd: number }
  /** Without `at` it goes where the file ends, or where the last write to it ended. */
  | { readonly does: 'write'; readonly fd: number; readonly bytes: Buffer; readonly at?: number }
  | { readonly does: 'size'; readonly fd: number; readonly size: number }
  | { readonly does: 'folder'; readonly path: string }
  | { readonly does: 'remove'; readonly path: string }
  | { readonly does: 'rename'; readonly path: string; readonly to: string }
  | { readonly does: 'link'; readonly path: string; readonly to: string }
);

/** Arguments for strace(1) that write what `readWriteLog` reads, one file a thread beginning with `to`. */
export const straceArguments = (to: string): readonly string[] => [
  ...['-ff', '-qq', '-ttt', '-T', '-xx', '-s', '16777216', '-o', to, '-e'],
  'trace=openat,close,write,pwrite64,writev,pwritev,ftruncate,fsync,fdatasync,unlink,rename,link,mkdir,rmdir',
];

const LINE = /^(\d+\.\d+) (\w+)\((.*)\) += (-?\d+).*<(\d+\.\d+)>$/u;
/** An argument: a string, or anything up to the next comma. */
const ARGUMENT = /"((?:\\x[0-9a-f]{2})*)"|[^,"\s][^,"]*/gu;

/** What a traced program did, in the order in which it was done. @throws for what it cannot read */
export function readWriteLog(prefix: string): readonly DiskAct[] {
  const files = readdirSync(dirname(prefix)).filter((name) => name.startsWith(basename(prefix)));
  const acts = files.flatMap((name) =>
    readFileSync(join(dirname(prefix), name), 'latin1')
      .split('\n')
      .flatMap((line) => actOf(line) ?? []),
  );
  // A descriptor may be given out anew as soon as it is closed.
  const when = ({ does, began, ended }: DiskAct): number => (does === 'close' ? began : ended);
  return acts.sort((one, other) => when(one) - when(other));
}

function actOf(line: string): DiskAct | undefined {
  const [, start = '', call = '', given = '', result = '', took = ''] = LINE.exec(line) ?? [];
  // What failed changed nothing; a thread's last line may be cut off.
  if (call === '' || result.startsWith('-')) return undefined;
  const began = Number(start);
  const time = { began, ended: began + Number(took) };
  const parts = [...given.matchAll(ARGUMENT)].map(([whole, hex]) => hex ?? whole.trim());
  const bytes = (index: number): Buffer =>
    Buffer.from((parts[index] ?? '').replaceAll('\\x', ''), 'hex');
  const path = (index: number): string => bytes(index).toString('utf8');
  const fd = Number(parts[0]);
  switch (call) {
    case 'openat':
      return { ...time, does: 'open', fd: Number(result), path: path(1), flags: parts[2] ?? '' };
    case 'close':
      return { ...time, does: 'close', fd };
    case 'fsync':
    case 'fdatasync':
      return { ...time, does: 'sync', fd };
    case 'write':
      return { ...time, does: 'write', fd, bytes: whole(bytes(1), result, line) };
    case 'pwrite64': {
      const at = Number(parts[3]);
      return { ...time, does: 'write', fd, bytes: whole(bytes(1), result, line), at };
    }
    case 'ftruncate':
      return { ...time, does: 'size', fd, size: Number(parts[1]) };
    case 'mkdir':
      return { ...time, does: 'folder', path: path(0) };
    case 'unlink':
    case 'rmdir':
      return { ...time, does: 'remove', path: path(0) };
    case 'rename':
      return { ...time, does: 'rename', path: path(0), to: path(1) };
    case 'link':
      return { ...time, does: 'link', path: path(0), to: path(1) };
    default:
      throw new Error(`no reader for ${call}`);
  }
}

function whole(bytes: Buffer, written: string, line: string): Buffer {
  if (bytes.length < Number(written)) throw new Error(`cut short: ${line.slice(0, 120)}`);
  return bytes.subarray(0, Number(written));
}
