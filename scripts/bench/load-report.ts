import type { TurnKind } from './load-mix.js';
import type { MediaCost } from './load-media.js';
import { PROCESSES, type StepResult } from './load-step.js';

export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
};

/** What a step came to, in figures. */
export interface StepSummary {
  readonly calls: number;
  readonly turns: number;
  readonly p50: number;
  readonly p95: number;
  readonly byKind: Readonly<Record<TurnKind, { readonly p50: number; readonly p95: number }>>;
  readonly overlapped: number;
  /** Turns whose answer took so long that the receptionist asked for a moment first. */
  readonly askedToWait: number;
  readonly failures: readonly string[];
  readonly missing: number;
  readonly spoken: number;
}

export function summaryOf({ calls, callers }: StepResult): StepSummary {
  const turns = callers.flatMap((caller) => caller.turns);
  const gapsOf = (kind?: TurnKind): number[] =>
    turns.flatMap((turn) =>
      turn.gapMs !== undefined && (kind === undefined || turn.kind === kind) ? [turn.gapMs] : [],
    );
  const both = (gaps: readonly number[]): { p50: number; p95: number } => ({
    p50: percentile(gaps, 0.5),
    p95: percentile(gaps, 0.95),
  });
  const gaps = gapsOf();
  const sum = (pick: (caller: (typeof callers)[number]) => number): number =>
    callers.reduce((total, caller) => total + pick(caller), 0);
  return {
    ...{ calls, turns: gaps.length, ...both(gaps) },
    byKind: {
      short: both(gapsOf('short')),
      number: both(gapsOf('number')),
      open: both(gapsOf('open')),
    },
    overlapped: turns.filter(({ overlapped }) => overlapped).length,
    askedToWait: turns.filter(({ askedToWait }) => askedToWait).length,
    failures: callers.flatMap(({ failure, from }) =>
      failure === undefined ? [] : [`${from}: ${failure}`],
    ),
    missing: sum((caller) => caller.missing),
    spoken: sum((caller) => caller.spokenSeconds) / sum((caller) => caller.seconds),
  };
}

const ms = (value: number): string => (Number.isNaN(value) ? '–' : value.toFixed(0));
const part = (share: number): string => (share * 100).toFixed(0);
const loss = ({ lost, late, compared }: StepResult['lossIn']): string =>
  `${String(lost)} of ${String(compared)}, ${String(late)} late`;

/** The tables of a run. */
export function tables(
  steps: readonly StepResult[],
  idle: Readonly<Record<string, number>>,
): string {
  const gapRows = steps.map((step) => {
    const { calls, turns, p50, p95, byKind, overlapped, askedToWait, failures, missing, spoken } =
      summaryOf(step);
    const kinds = [byKind.short, byKind.number, byKind.open];
    return [
      ...[calls, turns, `**${ms(p50)}**`, `**${ms(p95)}**`],
      ...kinds.map((kind) => `${ms(kind.p50)} / ${ms(kind.p95)}`),
      ...[askedToWait, overlapped, missing, loss(step.lossIn), loss(step.lossOut), failures.length],
      `${part(spoken)} %`,
    ].join(' | ');
  });
  const names = [...PROCESSES, 'callers', 'others'];
  const cpuRows = steps.map((step) =>
    [step.calls, ...names.map((name) => part(step.cpu[name] ?? 0)), part(step.idle)].join(' | '),
  );
  const perCall = (step: StepResult, wanted: readonly string[]): string =>
    (
      wanted.reduce((sum, name) => sum + (step.memory[name] ?? 0) - (idle[name] ?? 0), 0) /
      step.calls
    ).toFixed(2);
  const outside = PROCESSES.filter((name) => !name.startsWith('recogniser'));
  const memoryRows = steps.map((step) =>
    [
      step.calls,
      ...PROCESSES.map((name) => (step.memory[name] ?? 0).toFixed(0)),
      perCall(step, outside),
    ].join(' | '),
  );
  const table = (head: readonly string[], rows: readonly string[]): string =>
    [
      `| ${head.join(' | ')} |`,
      `|${' --- |'.repeat(head.length)}`,
      ...rows.map((r) => `| ${r} |`),
    ].join('\n');
  return [
    '## What callers hear\n\nResponse gap in milliseconds, p50 / p95 (goals: 500 / 800 at 1 call, 650 / 1000 at 40, no frame lost).',
    table(
      [
        ...['calls', 'turns', 'p50', 'p95', 'short', 'number, name', 'open'],
        ...['asked to wait', 'talked over', 'packets missing', 'frames lost in', 'frames lost out'],
        ...['failed calls', 'callers speak'],
      ],
      gapRows,
    ),
    '## Who uses the cores\n\nPer cent of one core while all calls were up; `idle` is of all cores.',
    table(['calls', ...names, 'idle'], cpuRows),
    '## Memory\n\nResident megabytes when all calls had been up for a while.',
    table(
      ['calls', ...PROCESSES, 'per call outside the recognisers'],
      [
        ['idle', ...PROCESSES.map((name) => (idle[name] ?? 0).toFixed(0)), ''].join(' | '),
        ...memoryRows,
      ],
    ),
  ].join('\n\n');
}

/** Above this share of a core, what else ran on the machine has spoilt the gaps. */
const OTHERS_BEAR = 0.2;

/** What the gaps are worth, and what bounds them. */
export function verdict(steps: readonly StepResult[]): string {
  const spoilt = steps.filter(({ cpu }) => (cpu.others ?? 0) > OTHERS_BEAR);
  const at = (which: readonly StepResult[]): string => which.map(({ calls }) => calls).join(', ');
  const good = steps.map(summaryOf).filter(({ p95, failures }) => p95 <= 1200 && !failures.length);
  const ours = steps.map(({ calls, cpu }) => {
    const sum = Object.entries(cpu).reduce(
      (total, [name, share]) => (name === 'others' ? total : total + share),
      0,
    );
    return `${((sum / calls) * 100).toFixed(1)} at ${String(calls)}`;
  });
  return [
    ...(spoilt.length === 0
      ? []
      : [
          `**Not a measure of the product:** other programs took more than ${part(OTHERS_BEAR)} % of a core at ${at(spoilt)} calls (column \`others\`), so processes waited for a core that they would have had. Run it again on a machine of its own.`,
        ]),
    `Highest number of calls with p95 ≤ 1.2 s and no failed call: **${String(good.at(-1)?.calls ?? 'none of these')}** (goal 60). A call and its caller took, in per cent of one core: ${ours.join(', ')}.`,
  ].join('\n\n');
}

/** Asterisk's cost of our ear beside a bare call. */
export const mediaTable = ({ ear, bare, calls }: MediaCost): string => `
## Asterisk's share of a call

${String(calls)} calls to telephones of the office, both sides speaking all the time; per cent of one core a call.

| snoop and media, as in every call of ours | bridged with external media alone | ratio |
| --- | --- | --- |
| ${(ear * 100).toFixed(2)} | ${(bare * 100).toFixed(2)} | ${(ear / bare).toFixed(2)} |
`;
