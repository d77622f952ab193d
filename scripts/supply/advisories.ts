import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { checkoutRoot } from '../../agent/wire/checkout.js';

/** Within how many days a weakness is mended, or shown not to reach us; docs/guide/hardening.md says so. */
const DAYS = { critical: 7, high: 30 } as const;
const DAY_MS = 86_400_000;

/** What `npm audit --json` says; for a package that is weak by another one `via` is that one's name. */
const report = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({
      via: z.array(
        z.union([
          z.string(),
          z.object({ url: z.string(), name: z.string(), severity: z.string(), title: z.string() }),
        ]),
      ),
    }),
  ),
});

/** docs/advisories.json: a weakness that we know of. */
const known = z.array(
  z.strictObject({
    url: z.string(),
    /** The day on which it was first told here. */
    since: z.iso.date(),
    /** Why it does not reach us; left out as long as it may. */
    because: z.string().min(1).optional(),
  }),
);

/** What is known of the dependencies, each in words. */
export interface Standing {
  /** Past their days: a fault of ours. */
  readonly overdue: readonly string[];
  /** To be mended in their days. */
  readonly waiting: readonly string[];
  /** Written down nowhere: their days begin when they are. */
  readonly fresh: readonly string[];
}

/** How what `npm audit` found stands at `now`, by what is written down. */
export function standing(audit: unknown, written: unknown, now: number): Standing {
  const ledger = new Map(known.parse(written).map((one) => [one.url, one]));
  const found = new Map(
    Object.values(report.parse(audit).vulnerabilities)
      .flatMap(({ via }) => via)
      .flatMap((one) => (typeof one === 'string' ? [] : [[one.url, one] as const])),
  );
  const told: Record<keyof Standing, string[]> = { overdue: [], waiting: [], fresh: [] };
  for (const [url, { name, severity, title }] of found) {
    const days = severity === 'critical' || severity === 'high' ? DAYS[severity] : undefined;
    const entry = ledger.get(url);
    if (days === undefined || entry?.because !== undefined) continue;
    const line = `${name}, ${severity}: ${title} (${url})`;
    const past = entry !== undefined && now - Date.parse(entry.since) > days * DAY_MS;
    told[entry === undefined ? 'fresh' : past ? 'overdue' : 'waiting'].push(line);
  }
  return told;
}

/** Reads what `npm audit --json` says from stdin; fails for what is past its days. */
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const written: unknown = JSON.parse(
    readFileSync(join(checkoutRoot, 'docs', 'advisories.json'), 'utf8'),
  );
  const told = readFileSync(0, 'utf8');
  // A registry that does not answer, or knows no audits, is told as an error, or leaves nothing.
  const audit = (told.trim() === '' ? {} : JSON.parse(told)) as object;
  if (!('vulnerabilities' in audit)) {
    process.stdout.write('the registry told nothing of weaknesses\n');
  } else {
    const { overdue, waiting, fresh } = standing(audit, written, Date.now());
    const lines = [
      ...overdue.map((one) => `past its days: ${one}`),
      ...waiting.map((one) => `to be mended: ${one}`),
      ...fresh.map((one) => `new, to be written into docs/advisories.json: ${one}`),
    ];
    process.stdout.write(lines.map((line) => `${line}\n`).join(''));
    process.exitCode = overdue.length > 0 ? 1 : 0;
  }
}
