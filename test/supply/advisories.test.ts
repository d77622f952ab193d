import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { standing } from '../../scripts/supply/advisories.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';

const url = (id: string): string => `https://github.com/advisories/${id}`;
/** As `npm audit --json` (npm 10) tells them: `tool` is weak by `parser` alone. */
const audit = {
  auditReportVersion: 2,
  vulnerabilities: {
    parser: {
      severity: 'critical',
      via: [
        { source: 1, name: 'parser', title: 'runs', url: url('a'), severity: 'critical' },
        { source: 2, name: 'parser', title: 'hangs', url: url('b'), severity: 'high' },
        { source: 3, name: 'parser', title: 'tells', url: url('c'), severity: 'moderate' },
      ],
    },
    tool: { severity: 'critical', via: ['parser'] },
  },
};
const at = (day: string): number => Date.parse(`${day}T12:00:00Z`);

t.test('a weakness that nobody mended in its days is a fault', (t) => {
  const written = [
    { url: url('a'), since: '2026-11-01' },
    { url: url('b'), since: '2026-11-01' },
  ];
  t.match(standing(audit, written, at('2026-11-07')), {
    overdue: [],
    waiting: [/runs/u, /hangs/u],
  });
  t.match(standing(audit, written, at('2026-11-09')), { overdue: [/runs/u], waiting: [/hangs/u] });
  t.match(standing(audit, written, at('2026-12-09')).overdue, [/runs/u, /hangs/u]);
  t.end();
});

t.test('one that does not reach us is written down with the reason; a new one is told', (t) => {
  const written = [{ url: url('a'), since: '2026-11-01', because: 'we read no such files' }];
  const found = standing(audit, written, at('2026-12-09'));
  t.strictSame([found.overdue, found.waiting, found.fresh.length], [[], [], 1]);
  t.match(found.fresh[0], /parser, high: hangs/u);
  t.throws(() => standing(audit, [{ url: url('a'), since: 'soon' }], 0), 'a day is a day');
  t.end();
});

t.test(
  'what is written down in this checkout can be read, and its days are those of the guide',
  (t) => {
    const read = (...path: string[]): string =>
      readFileSync(join(checkoutRoot, 'docs', ...path), 'utf8');
    t.doesNotThrow(() => standing({ vulnerabilities: {} }, JSON.parse(read('advisories.json')), 0));
    t.match(read('guide', 'hardening.md'), /within 7 days if it is critical, 30 if\s+it is high/u);
    t.end();
  },
);
