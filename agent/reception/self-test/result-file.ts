import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { SelfTestReport } from './self-test.js';

const NAME = 'self-test';

const stored = z.object({
  at: z.string(),
  passed: z.boolean(),
  faults: z.array(z.string()),
  seconds: z.number(),
  answerMs: z.number().nullable(),
  gapMs: z.number().nullable(),
});

/**
 * Writes how a self-test went into `folder`: `self-test.json` for the doctor, and `self-test.prom` for
 * the textfile collector of a Prometheus node exporter. Each appears whole or not at all.
 */
export function writeSelfTest(folder: string, report: SelfTestReport): void {
  mkdirSync(folder, { recursive: true });
  replace(join(folder, `${NAME}.json`), `${JSON.stringify(report)}\n`);
  replace(join(folder, `${NAME}.prom`), metricsOf(report));
}

/** How the latest self-test went; undefined when there was none, or its file cannot be read. */
export function readSelfTest(folder: string): SelfTestReport | undefined {
  try {
    const parsed = stored.safeParse(JSON.parse(readFileSync(join(folder, `${NAME}.json`), 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function replace(file: string, text: string): void {
  const fresh = `${file}.new`;
  writeFileSync(fresh, text, { mode: 0o644 });
  renameSync(fresh, file);
}

function metricsOf({ at, passed, seconds, answerMs, gapMs }: SelfTestReport): string {
  const lines: readonly (readonly [name: string, help: string, value: number | null])[] = [
    ['passed', 'Whether the latest self-test passed.', passed ? 1 : 0],
    ['at_seconds', 'When it began, in seconds since 1970.', Math.round(Date.parse(at) / 1000)],
    ['call_seconds', 'How long its call lasted.', seconds],
    [
      'answer_seconds',
      'From the invitation to the answer.',
      answerMs === null ? null : answerMs / 1000,
    ],
    [
      'gap_seconds',
      'From the end of the question to the first word of the answer.',
      gapMs === null ? null : gapMs / 1000,
    ],
  ];
  return lines
    .filter(([, , value]) => value !== null)
    .map(([name, help, value]) => {
      const metric = `vestibule_self_test_${name}`;
      return `# HELP ${metric} ${help}\n# TYPE ${metric} gauge\n${metric} ${String(value)}\n`;
    })
    .join('');
}
