import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Office } from '../../test/calls/office.js';
import { Inspector } from './inspect.js';
import { residentMb, threads } from './load-machine.js';
import { PROCESSES } from './load-step.js';

/** What one process of the office holds while no call runs. */
export interface Holding {
  /** As the process itself leaves it, and after the collection that `heapMb` is counted by. */
  readonly rssMb: number;
  readonly collectedMb: number;
  /** Files, sockets, pipes. */
  readonly files: number;
  readonly threads: number;
  /** JavaScript objects and buffers after a collection; undefined for Asterisk. */
  readonly heapMb: number | undefined;
  /** Open handles and timers by kind, as Node tells them; empty for Asterisk. */
  readonly handles: Readonly<Record<string, number>>;
}

/** What the whole office holds while no call runs. */
export interface Census {
  readonly channels: number;
  readonly bridges: number;
  readonly of: Readonly<Record<string, Holding>>;
}

const HELD = `(() => {
  const { heapUsed, external } = process.memoryUsage();
  const handles = {};
  for (const kind of process.getActiveResourcesInfo()) handles[kind] = (handles[kind] ?? 0) + 1;
  return { bytes: heapUsed + external, handles };
})()`;

async function heapOf(office: Office, name: string): Promise<Pick<Holding, 'heapMb' | 'handles'>> {
  const inspector = await Inspector.open(office, name);
  try {
    // What a first collection lets finalisers free, a second one takes away.
    await inspector.collectGarbage();
    await sleep(300);
    await inspector.collectGarbage();
    const { bytes, handles } = (await inspector.evaluate(HELD)) as {
      bytes: number;
      handles: Record<string, number>;
    };
    return { heapMb: bytes / 1024 / 1024, handles };
  } finally {
    await inspector.close();
  }
}

/** Counts what stands and what is held, once nothing runs any more. */
export async function censusOf(office: Office): Promise<Census> {
  await untilIdle(office);
  const of: Record<string, Holding> = {};
  for (const name of PROCESSES) {
    // First: an inspector has files and a thread of its own, some of which stand for a while after it is closed;
    // and what it collects, the product may never have given back.
    const pid = office.pidOf(name);
    const own = {
      files: readdirSync(`/proc/${String(pid)}/fd`).length,
      threads: threads(pid),
      rssMb: residentMb(pid),
    };
    const heap =
      name === 'asterisk' ? { heapMb: undefined, handles: {} } : await heapOf(office, name);
    // What a collection frees, V8 gives back a moment later, by another thread.
    await sleep(GIVEN_BACK_MS);
    of[name] = { ...heap, ...own, collectedMb: residentMb(pid) };
  }
  const { channels, bridges } = await office.standing();
  return { channels: channels.length, bridges: bridges.length, of };
}

/** Sockets that are closed stand for a while, and memory is given back within half a minute of the last call. */
const SETTLE_MS = 60_000;
const GIVEN_BACK_MS = 2_000;

async function untilIdle(office: Office): Promise<void> {
  await office
    .until(
      async () => {
        const { channels, bridges } = await office.standing();
        return channels.length + bridges.length === 0;
      },
      30_000,
      'nothing stands in Asterisk',
    )
    // What stands nevertheless is counted.
    .catch(() => undefined);
  await sleep(SETTLE_MS);
}

const MB = (value: number | undefined): string => value?.toFixed(1) ?? '–';

const signed = (share: number): string => `${share >= 0 ? '+' : ''}${(share * 100).toFixed(1)} %`;

/**
 * What grew between two counts, process by process, as a table; where it is known what stood at the `start`,
 * before any call, that stands first, and what grew since then last.
 */
export function growthTable(before: Census, after: Census, start?: Census): string {
  const share = (at: number | undefined, from: number | undefined, to: number | undefined) => {
    if (from === undefined || to === undefined) return '–';
    return at === undefined
      ? `${MB(from)} → ${MB(to)} (${signed(to / from - 1)})`
      : `${MB(at)} → ${MB(from)} → ${MB(to)} (${signed(to / from - 1)}, ${signed(to / at - 1)})`;
  };
  const rows = PROCESSES.map((name) => {
    const [from, to] = [before.of[name], after.of[name]];
    if (from === undefined || to === undefined) return '';
    const at = start?.of[name];
    const kinds = [...new Set([...Object.keys(from.handles), ...Object.keys(to.handles)])].sort();
    const handles = kinds
      .filter((kind) => (from.handles[kind] ?? 0) !== (to.handles[kind] ?? 0))
      .map(
        (kind) => `${kind} ${String(from.handles[kind] ?? 0)} → ${String(to.handles[kind] ?? 0)}`,
      );
    return `| ${[
      name,
      share(at?.heapMb, from.heapMb, to.heapMb),
      share(at?.rssMb, from.rssMb, to.rssMb),
      share(at?.collectedMb, from.collectedMb, to.collectedMb),
      `${String(from.files)} → ${String(to.files)}`,
      `${String(from.threads)} → ${String(to.threads)}`,
      handles.length === 0 ? 'same' : handles.join(', '),
    ].join(' | ')} |`;
  });
  return [
    `Left in Asterisk: ${String(after.channels)} channels, ${String(after.bridges)} bridges.`,
    '',
    '| process | heap after collection, MB | resident, MB | resident after collection, MB | files and sockets | threads | handles and timers |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
