import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { systemClock } from '../../../agent/clock.js';
import { VestibuleError } from '../../../agent/errors.js';
import { Events } from '../../../agent/events.js';
import { silentLog } from '../../../agent/log.js';
import type { Heard } from '../../../agent/notify/deliver/courier.js';
import { CentralDatabase } from '../../../agent/notify/central/postgres.js';
import { CentralReporter } from '../../../agent/notify/central/reporter.js';
import { centralSettings, type CentralSettings } from '../../../agent/notify/central/settings.js';
import type { OpenRecords } from '../../../agent/records/records.js';
import { makeCertificate } from '../../../agent/wire/certificates.js';
import { DAY_MS, IDA, NORA, plant } from '../../privacy/planted.js';
import { startedStore, storeOf, temporaryHome } from '../../records/store.js';
import { hasPostgres, PostgresServer } from './postgres-server.js';

const TABLES = ['office', 'call_head', 'message_head', 'month_count'] as const;
const options = hasPostgres ? {} : { skip: 'PostgreSQL is not here: scripts/test fetches it' };

/** Waits for what a query gives to be `wanted`; fails with what it gave last. */
async function until(t: Test, look: () => Promise<unknown>, wanted: unknown, what: string) {
  let found: unknown;
  for (let tries = 0; tries < 600; tries += 1) {
    found = await look().catch((error: unknown) => (error as Error).message);
    if (JSON.stringify(found) === JSON.stringify(wanted)) break;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  t.strictSame(found, wanted, what);
}

void t.test('heads in a central PostgreSQL', options, async (t) => {
  const server = await PostgresServer.make(t);
  const settings = (more: object = {}) =>
    centralSettings.parse({
      ...{ host: '127.0.0.1', port: server.port, database: 'postgres', office: 'leipzig' },
      ...{ authority: server.authority, passwordFile: server.passwordFile },
      ...more,
    });
  const reporting = async (t: Test, records: OpenRecords, more: object | null = {}) => {
    const events = new Events<Heard>(silentLog);
    const reporter = new CentralReporter({
      ...{ queue: records.central, events, clock: systemClock(), log: silentLog },
      settings: more === null ? undefined : settings(more),
    });
    await reporter.start();
    t.teardown(() => reporter.stop());
    return {
      reporter,
      look() {
        events.emit('message', { id: 'any' });
      },
    };
  };
  const ids =
    (table: string, office = 'leipzig') =>
    async () =>
      (
        await server.rows(
          `SELECT id FROM vestibule.${table} WHERE office = '${office}' ORDER BY id`,
        )
      ).map(({ id }) => id);
  const { records, home } = await startedStore(t);
  await plant(records, Date.now() - 5 * DAY_MS);
  const first = await reporting(t, records);

  await t.test('what there was is told, without a name, a number or a word', async (t) => {
    await until(t, ids('call_head'), ['ida-1', 'nora-1', 'nora-2'], 'calls');
    await until(t, ids('message_head'), ['ida-1-1', 'nora-1-1'], 'messages');
    await until(t, () => records.central.waiting(), 0, 'nothing waits');
    const everything: string[] = [];
    for (const table of TABLES) {
      everything.push(JSON.stringify(await server.rows(`SELECT * FROM vestibule.${table}`)));
    }
    for (const secret of [NORA.name, NORA.number, NORA.word, IDA.name, IDA.number, '7946']) {
      t.notOk(everything.join('\n').includes(secret), 'nothing of the caller');
    }
    const [head] = await server.rows(`SELECT * FROM vestibule.message_head WHERE id = 'nora-1-1'`);
    t.match(head, { call: 'nora-1', state: 'open', urgent: false, intent: 'message.leave' });
  });

  await t.test('a change is told, and a repeat changes nothing', async (t) => {
    await records.reading.messages.settle('nora-1-1', { at: 1, by: 'web:anna' });
    await records.central.add('message', ['ida-1-1']);
    await records.central.add('call', ['ida-1', 'nora-1']);
    first.look();
    const states = () => server.rows('SELECT id, state FROM vestibule.message_head ORDER BY id');
    await until(
      t,
      states,
      [
        { id: 'ida-1-1', state: 'open' },
        { id: 'nora-1-1', state: 'done' },
      ],
      'its state',
    );
    await until(t, () => records.central.waiting(), 0, 'nothing waits');
    t.strictSame(await ids('call_head')(), ['ida-1', 'nora-1', 'nora-2']);
  });

  await t.test(
    'what changed while the server was away, and we too, is told afterwards',
    async (t) => {
      await first.reporter.stop();
      await server.stop();
      const away = await reporting(t, records);
      await records.reading.messages.settle('nora-1-1', undefined);
      away.look();
      await records.rights.erasures.erase({
        ...{ id: 'an-erasure', at: Date.now(), calls: ['ida-1'], contacts: [], recordings: [] },
        report: {},
      });
      await away.reporter.stop();
      t.ok(
        (await records.central.waiting()) >= 3,
        'a message, and an erased call with its message',
      );
      // As after a crash of the machine: another process opens the store.
      await records.stop();
      const again = storeOf(home);
      await again.start();
      t.teardown(() => again.stop());
      await server.start();
      const back = await reporting(t, again);
      await until(t, ids('call_head'), ['nora-1', 'nora-2'], 'the erasure reached the centre');
      await until(t, ids('message_head'), ['nora-1-1'], 'and its message');
      const [row] = await server.rows('SELECT state FROM vestibule.message_head');
      t.strictSame(row, { state: 'open' });

      await t.test('another office in the same tables is left alone', async (t) => {
        const ulm = await startedStore(t);
        await plant(ulm.records, Date.now() - 5 * DAY_MS);
        await reporting(t, ulm.records, { office: 'ulm' });
        await until(t, ids('call_head', 'ulm'), ['ida-1', 'nora-1', 'nora-2'], 'its calls');
        t.strictSame(await ids('call_head')(), ['nora-1', 'nora-2']);
      });

      await t.test('a centre that was restored is put right at the next start', async (t) => {
        await back.reporter.stop();
        await server.rows(
          `DELETE FROM vestibule.call_head WHERE id = 'nora-1' AND office = 'leipzig'`,
        );
        await server.rows(`INSERT INTO vestibule.call_head (office, id, started_at, language)
        VALUES ('leipzig', 'ida-1', now(), 'en')`);
        const next = await reporting(t, again);
        await until(t, ids('call_head'), ['nora-1', 'nora-2'], 'as here');
        await next.reporter.stop();
      });

      await t.test(
        'once it is taken out of the configuration nothing is noted any more',
        async (t) => {
          await again.central.add('call', ['nora-1']);
          await reporting(t, again, null);
          t.equal(await again.central.waiting(), 0);
          await again.reading.messages.settle('nora-1-1', { at: 1, by: 'web:anna' });
          t.equal(await again.central.waiting(), 0);
        },
      );
    },
  );

  await t.test('counts of months leave small ones out', async (t) => {
    const rows = await server.rows(`SELECT calls FROM vestibule.month_count WHERE office = 'ulm'`);
    t.ok(rows.length > 0);
    t.ok(rows.every(({ calls }) => calls === null));
  });

  await t.test('what does not fit is told by its code', async (t) => {
    const codeOf = async (more: object) => {
      const database = new CentralDatabase(settings(more));
      try {
        await database.open();
        return 'open';
      } catch (error) {
        return error instanceof VestibuleError ? error.code : String(error);
      } finally {
        await database.close();
      }
    };
    t.equal(await codeOf({}), 'open');
    const { files } = await makeCertificate(join(home, 'other'), ['x.test'], 30, 'Another CA');
    t.equal(
      await codeOf({ authority: files.ca }),
      'CENTRAL_UNREACHABLE',
      'not the server it should be',
    );
    t.equal(await codeOf({ passwordFile: '/nowhere/password' }), 'CENTRAL_PASSWORD');
    const wrong = join(home, 'wrong');
    writeFileSync(wrong, 'a wrong one');
    t.equal(await codeOf({ passwordFile: wrong }), 'CENTRAL_UNREACHABLE');
    t.equal(await codeOf({ port: 1 }), 'CENTRAL_UNREACHABLE');
    await server.rows('UPDATE vestibule.format SET version = 99');
    t.equal(await codeOf({}), 'CENTRAL_SCHEMA');
  });
});

void t.test('a store that cannot be opened stops no start', async (t) => {
  const closed = storeOf(temporaryHome(t));
  const reporter = (settings: CentralSettings | undefined): CentralReporter =>
    new CentralReporter({
      ...{ settings, queue: closed.central, events: new Events<Heard>(silentLog) },
      ...{ clock: systemClock(), log: silentLog },
    });
  const place = { host: '127.0.0.1', port: 1, office: 'ulm', encryption: 'none' };
  for (const settings of [undefined, centralSettings.parse(place)]) {
    const one = reporter(settings);
    await t.resolves(one.start());
    await one.stop();
  }
});

void t.test('without TLS only on this machine', (t) => {
  const wrong = centralSettings.safeParse({
    ...{ host: 'db.example', office: 'ulm', encryption: 'none' },
  });
  t.match(wrong.error?.issues, [{ path: ['encryption'] }]);
  t.equal(
    centralSettings.safeParse({ host: '127.0.0.1', office: 'ulm', encryption: 'none' }).success,
    true,
  );
  t.end();
});
