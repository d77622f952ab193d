import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { parse, stringify } from 'yaml';
import { makeCertificate } from '../agent/wire/certificates.js';
import { checkoutRoot } from '../agent/wire/checkout.js';
import { DAY_MS, IDA, NORA, plant } from './privacy/planted.js';
import { dashboard, loggedIn } from './web/house.js';

const folder = join(checkoutRoot, 'docs', 'monitoring');
const promtool = join(checkoutRoot, '.vestibule', 'prometheus', 'promtool');
const skip = existsSync(promtool) ? false : 'there is no promtool; scripts/test fetches it';

const rules = parse(readFileSync(join(folder, 'vestibule.rules.yml'), 'utf8')) as {
  groups: { rules: { alert: string; expr: string }[] }[];
};
const grafana = JSON.parse(readFileSync(join(folder, 'grafana-dashboard.json'), 'utf8')) as {
  panels: { title: string; targets: { expr: string }[] }[];
};
const panels = grafana.panels.flatMap(({ title, targets }) =>
  targets.map(({ expr }) => ({ title, expr })),
);

/** What the house tells; a few gauges want something to have happened first. */
async function told(t: Parameters<typeof dashboard>[0]): Promise<string> {
  const place = mkdtempSync(join(tmpdir(), 'vestibule-metrics-'));
  t.teardown(() => {
    rmSync(place, { recursive: true, force: true });
  });
  const { files } = await makeCertificate(place, ['pbx.clinic.lan'], 20);
  const house = await dashboard(
    t,
    [
      {
        ...{ id: 'x', title: 'X', status: 'fail', finding: 'broken', why: 'so' },
        mend: 'mend it',
      },
    ],
    {},
    { certificates: { sip: files.certificate, speech: join(place, 'no.crt') } },
  );
  await plant(house.records, Date.now() - 5 * DAY_MS);
  await house.records.handling.counts.add('blocked', '2026-03-02');
  house.events.emit('call', { id: 'one', what: 'began' });
  const { browser } = await loggedIn(house, 'it');
  return (await browser.ask('GET', '/metrics')).body;
}

await t.test('whatever is drawn or alarmed by is told by /metrics', async (t) => {
  const metrics = await told(t);
  const names = new Set(metrics.match(/^[a-z_]+(?=[{ ])/gmu));
  const used = [...rules.groups.flatMap((group) => group.rules), ...panels].flatMap(({ expr }) =>
    [...expr.matchAll(/\b(?:vestibule|process|nodejs)_[a-z_]+/gu)].map(([name]) => name),
  );
  t.ok(used.length > 20, 'there is something to compare');
  t.strictSame([...new Set(used.filter((name) => !names.has(name)))], []);
  t.match(metrics, /^vestibule_calls_begun_total 1$/mu);
  for (const [name, value] of Object.entries({
    ...{ call_mos: 4.1, call_loss_ratio: 0.012, call_jitter_seconds: 0.0075 },
    ...{ calls_caller_silent: 2, calls_nothing_sent: 1, calls_unreported: 3 },
  })) {
    t.ok(metrics.includes(`\nvestibule_${name} ${String(value)}\n`), `how calls sound: ${name}`);
  }
  t.match(metrics, /^vestibule_doctor_findings\{status="fail"\} 1$/mu);
  t.match(metrics, /^vestibule_calls_turned_away_total 4$/mu);
  const ends = [...metrics.matchAll(/^vestibule_certificate_ends_\w+\{of="(\w+)"\} (\d+)$/gmu)];
  t.strictSame(
    ends.map(([, of]) => of),
    ['dashboard', 'sip'],
    'a certificate that cannot be read takes nothing else along',
  );
  t.ok(Number(ends[1]?.[2]) < Date.now() / 1_000 + 20 * 86_400);
  const labelled = metrics.match(/^vestibule_\w+\{[^}]*\}/gmu) ?? [];
  t.ok(labelled.length < 40, `few series with labels (${String(labelled.length)})`);
  const guide = readFileSync(join(checkoutRoot, 'docs', 'guide', 'monitoring.md'), 'utf8');
  for (const [, name = ''] of metrics.matchAll(/^# TYPE (vestibule_\w+)/gmu)) {
    const last = name.replace(/^vestibule_[a-z]+(?=_)/u, '');
    t.ok(guide.includes(name) || guide.includes(`\`${last}\``), `the guide tells of ${name}`);
  }
});

await t.test('2.3 service usage: no name, number or id stands in a metric', async (t) => {
  const metrics = await told(t);
  t.match(metrics, /^vestibule_\w+\{[^}]+\} /mu, 'there are labels');
  for (const one of [NORA, IDA])
    for (const said of [one.name, one.name.split(' ')[1] ?? '', one.number, one.number.slice(3)])
      t.notOk(metrics.includes(said), said);
  t.notMatch(metrics, /nora|ida-1/iu, 'nor which call it was');
  for (const [, value = ''] of metrics.matchAll(/="([^"]*)"/gu))
    t.notMatch(value, /\d{5,}|@/u, `a label tells of nobody: ${value}`);
});

await t.test(
  'the rules, their tests, the metrics and every panel pass promtool',
  { skip },
  async (t) => {
    const run = (args: readonly string[], input?: string): void => {
      t.doesNotThrow(() => execFileSync(promtool, args, { input, stdio: 'pipe' }), args.join(' '));
    };
    run(['check', 'rules', join(folder, 'vestibule.rules.yml')]);
    run(['test', 'rules', join(folder, 'vestibule.tests.yml')]);
    run(['check', 'metrics'], (await told(t)).replace(/^(?:# \w+ )?nodejs_.*\n/gmu, ''));
    const place = mkdtempSync(join(tmpdir(), 'vestibule-promtool-'));
    t.teardown(() => {
      rmSync(place, { recursive: true, force: true });
    });
    const drawn = join(place, 'panels.yml');
    const recorded = panels.map(({ expr }, index) => ({ record: `panel_${String(index)}`, expr }));
    writeFileSync(drawn, stringify({ groups: [{ name: 'panels', rules: recorded }] }));
    run(['check', 'rules', drawn]);
  },
);
