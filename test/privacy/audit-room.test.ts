import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { actorOf } from '../../agent/privacy/actor.js';
import { ANNA, anOffice, SAM } from './office.js';

await t.test('only auditors may look, and a look in vain is a row too', async (t) => {
  const { office, records, home } = await anOffice(t);
  const file = join(home, 'log.jsonl');
  const refused = { code: 'PRIVACY_NOT_ALLOWED', place: 'cli:sam' };
  await t.rejects(office.audit.verify(SAM), refused);
  await t.rejects(office.audit.list({ limit: 9, subject: 'call-1' }, SAM), refused);
  await t.rejects(office.audit.head(SAM), refused);
  await t.rejects(office.audit.export(file, SAM, undefined), refused);
  t.match(await office.audit.verify(ANNA), { rows: 4, fault: undefined });
  const rows = await records.reading.audit.list({ limit: 9 });
  t.strictSame(
    rows.map(({ who, what, subject, why }) => [who, what, subject, why]),
    [
      ['cli:anna', 'audit.verify', null, 'whole'],
      ['cli:sam', 'audit.export.refused', null, null],
      ['cli:sam', 'audit.head.refused', null, null],
      ['cli:sam', 'audit.list.refused', 'call-1', null],
      ['cli:sam', 'audit.verify.refused', null, null],
    ],
  );
});

await t.test('a list is of one call, or of one person', async (t) => {
  const { office, records } = await anOffice(t);
  const { audit } = records.reading;
  await audit.add('cli:ben', 'calls.show', 'call-1');
  await audit.add('cli:anna', 'calls.show', 'call-2', 'the patient asked');
  await audit.add('cli:ben', 'calls.export', 'call-2');
  const of = async (ask: object) =>
    (await office.audit.list({ limit: 9, ...ask }, ANNA)).map(({ id }) => id);
  t.strictSame(await of({ by: 'cli:ben' }), [3, 1]);
  t.strictSame(await of({ subject: 'call-1' }), [5, 1], 'the list itself is a row about it');
  t.strictSame(await of({ subject: 'call-2', by: 'cli:anna' }), [6, 2]);
  t.match(await office.audit.list({ limit: 9, subject: 'call-2' }, ANNA), [
    {},
    {},
    {},
    { why: 'the patient asked' },
  ]);
});

await t.test('an export is whole, signed, and for this user alone', async (t) => {
  const { office, records, home } = await anOffice(t);
  await records.reading.audit.add('cli:ben', 'calls.show', 'call-1');
  const file = join(home, '..', 'log.jsonl');
  t.equal(await office.audit.export(file, ANNA, 'yearly audit'), 2);
  t.equal(statSync(file).mode & 0o777, 0o600);
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  const [first, second, end] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  t.match(first, { id: 1, who: 'cli:ben', what: 'calls.show', subject: 'call-1' });
  t.match(second, { what: 'audit.export', why: 'yearly audit' });
  t.match(end, { rows: 2, head: { row: 2, link: second?.link } });
  const { ledger } = records.rights;
  t.ok(ledger.isOurs(end as unknown as Parameters<typeof ledger.isOurs>[0]));
  t.notOk(ledger.isOurs({ ...end, rows: 1 } as unknown as Parameters<typeof ledger.isOurs>[0]));
  writeFileSync(join(home, 'taken'), '');
  await t.rejects(office.audit.export(join(home, 'taken', 'x'), ANNA, undefined), {
    code: 'PRIVACY_EXPORT_UNWRITABLE',
  });
});

t.test('whoever runs a command is the owner until somebody is named', (t) => {
  t.strictSame(actorOf([], 'root'), { who: 'cli:root', role: 'owner' });
  const people = [{ user: 'anna', role: 'privacy' }] as const;
  t.strictSame(actorOf([...people], 'anna'), ANNA);
  t.throws(() => actorOf([...people], 'root'), { code: 'PRIVACY_NOT_ALLOWED', place: 'cli:root' });
  t.end();
});
