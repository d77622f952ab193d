import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { systemClock } from '../../../agent/clock.js';
import { CaldavCalendar } from '../../../agent/notify/calendar/caldav.js';
import { FileCalendar } from '../../../agent/notify/calendar/file.js';
import type { CalendarStore, NewEntry } from '../../../agent/notify/calendar/store.js';
import { lackingRadicale, Radicale } from './radicale.js';

const BERLIN = 'Europe/Berlin';
const clock = systemClock();
const at = (iso: string): number => Date.parse(iso);
const soon = (): AbortSignal => AbortSignal.timeout(10_000);

let entries = 0;
/** An entry from `from` for `minutes`. */
const entry = (from: string, minutes = 20): NewEntry => ({
  uid: `vestibule-test-${String((entries += 1))}`,
  ...{ from: at(from), to: at(from) + minutes * 60_000 },
  ...{ summary: 'Check-up; new, "first"', description: 'Message 1\nsecond line' },
});

/** A calendar to be tested: one that was just made, with what stands in it. */
interface Place {
  readonly open: () => CalendarStore;
  readonly text: () => Promise<string>;
  /** Puts an entry in, as another program does. */
  readonly put: (lines: readonly string[]) => Promise<void>;
}

const isoOf = (spans: readonly { from: number; to: number }[]): readonly string[] =>
  spans.map(({ from, to }) =>
    [from, to].map((ms) => new Date(ms).toISOString().slice(0, 16)).join(' '),
  );
const count = (text: string): number => text.split('BEGIN:VEVENT').length - 1;

/** What every calendar has to keep to. */
async function contract(t: Test, { open, text, put }: Place): Promise<void> {
  await t.test('twenty at once for one time: one wins', async (t) => {
    const wins = await Promise.all(
      Array.from({ length: 20 }, () => open().add(entry('2026-12-01T09:00Z'), soon())),
    );
    t.equal(wins.filter(Boolean).length, 1);
    t.equal(count(await text()), 1);
  });

  await t.test('at once for times that overlap: never two', async (t) => {
    const starts = ['10:00', '10:05', '10:10', '10:15', '10:20', '10:25'];
    const wins = await Promise.all(
      starts.map((start) => open().add(entry(`2026-12-01T${start}Z`, 30), soon())),
    );
    const busy = await open().busy(at('2026-12-01T09:30Z'), at('2026-12-01T12:00Z'), soon());
    const winners = wins.filter(Boolean).length;
    t.ok(winners <= 1, `${String(winners)} won`);
    t.equal(busy.length, winners, 'and what lost has left nothing');
    t.equal(count(await text()), 1 + winners);
  });

  await t.test(
    'what stands there is found: an hour that others wrote, and each week',
    async (t) => {
      await put([
        ...['UID:series', 'DTSTART;TZID=Europe/Berlin:20261020T140000', 'DURATION:PT1H'],
        'RRULE:FREQ=WEEKLY',
      ]);
      await put(['UID:free', 'DTSTART:20261203T080000Z', 'DURATION:PT1H', 'TRANSP:TRANSPARENT']);
      await put(['UID:closed', 'DTSTART;VALUE=DATE:20261204']);
      t.strictSame(
        isoOf(await open().busy(at('2026-12-02T00:00Z'), at('2026-12-09T00:00Z'), soon())),
        ['2026-12-03T23:00 2026-12-04T23:00', '2026-12-08T13:00 2026-12-08T14:00'],
      );
      // The same hour on the wall before and after the clocks are set back, 25 October.
      t.strictSame(
        isoOf(await open().busy(at('2026-10-19T00:00Z'), at('2026-10-31T00:00Z'), soon())),
        ['2026-10-20T12:00 2026-10-20T13:00', '2026-10-27T13:00 2026-10-27T14:00'],
      );
      t.notOk(await open().add(entry('2026-12-08T13:40Z'), soon()), 'the week is taken');
      t.ok(await open().add(entry('2026-12-08T14:00Z'), soon()), 'and free from its end on');
      t.ok(
        await open().add(entry('2026-12-03T08:00Z'), soon()),
        'where an entry is marked as free',
      );
    },
  );

  await t.test('an entry says what it was given, and is taken out again', async (t) => {
    const one = entry('2026-12-10T09:00Z');
    t.ok(await open().add(one, soon()));
    const whole = (await text()).replace(/\r?\n /gu, '');
    t.match(whole, `UID:${one.uid}`);
    t.match(whole, 'SUMMARY:Check-up\\; new\\, "first"');
    t.match(whole, 'DESCRIPTION:Message 1\\nsecond line');
    t.notOk(await open().add(entry('2026-12-10T09:00Z'), soon()));
    const before = count(await text());
    await open().remove(one.uid, soon());
    await open().remove(one.uid, soon());
    t.equal(count(await text()), before - 1);
    t.ok(await open().add(entry('2026-12-10T09:00Z'), soon()), 'its time is free again');
  });
}

t.test('a file', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'vt-calendar-'));
  t.teardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const path = join(folder, 'practice.ics');
  const head = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Other//EN', 'X-OWN:kept'].join('\n');
  writeFileSync(path, `${head}\nEND:VCALENDAR\n`, { mode: 0o640 });
  const open = (): FileCalendar => new FileCalendar(path, BERLIN, clock);
  await contract(t, {
    open,
    text: () => Promise.resolve(readFileSync(path, 'utf8')),
    put: (lines) => {
      const text = readFileSync(path, 'utf8');
      const event = ['BEGIN:VEVENT', ...lines, 'END:VEVENT', ''].join('\n');
      writeFileSync(path, text.replace('END:VCALENDAR', `${event}END:VCALENDAR`));
      return Promise.resolve();
    },
  });
  t.ok(readFileSync(path, 'utf8').startsWith(`${head}\n`), 'what others wrote stays as it is');
  t.notMatch(readFileSync(path, 'utf8'), '\r', 'and so do the ends of its lines');
  t.equal(statSync(path).mode & 0o777, 0o640, 'and its rights');
  t.strictSame(readdirSync(folder), ['practice.ics'], 'no lock and no half of a file is left');

  await t.test('what is wrong with a file is said', async (t) => {
    const gone = new FileCalendar(join(folder, 'gone.ics'), BERLIN, clock);
    await t.rejects(gone.busy(0, 1), { code: 'CALENDAR_UNREADABLE', message: /gone\.ics/u });
    await t.rejects(gone.add(entry('2026-12-10T10:00Z'), soon()), { code: /^CALENDAR_/u });
    const broken = join(folder, 'broken.ics');
    writeFileSync(broken, 'Anna Lee');
    const wrong = new FileCalendar(broken, BERLIN, clock);
    await t.rejects(wrong.busy(0, 1), { code: 'CALENDAR_NOT_ICS' });
    await t.rejects(wrong.add(entry('2026-12-10T10:00Z'), soon()), { code: 'CALENDAR_NOT_ICS' });
    t.equal(readFileSync(broken, 'utf8'), 'Anna Lee', 'it is not written to');
  });
});

t.test('a CalDAV server', { skip: lackingRadicale }, async (t) => {
  const server = await Radicale.start();
  t.teardown(() => server.stop());
  const open = (): CaldavCalendar => new CaldavCalendar(server.settings, BERLIN, clock);
  let puts = 0;
  await contract(t, {
    open,
    text: () => server.text(),
    put: async (lines) => {
      const text = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Other//EN', 'BEGIN:VEVENT'];
      const body = [...text, ...lines, 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
      const { status } = await server.send('PUT', `other-${String((puts += 1))}.ics`, body);
      if (status !== 201) throw new Error(`PUT: ${String(status)}`);
    },
  });

  await t.test('an entry that people moved leaves its time free', async (t) => {
    const one = entry('2026-12-11T09:00Z');
    t.ok(await open().add(one, soon()));
    const name = 'vestibule-202612110900.ics';
    const text = await (await server.send('GET', name)).text();
    const moved = text.replaceAll('20261211T', '20261214T');
    t.ok((await server.send('PUT', name, moved)).ok);
    t.ok(await open().add(entry('2026-12-11T09:00Z'), soon()), 'though its name is taken');
    t.notOk(await open().add(entry('2026-12-14T09:10Z'), soon()));
  });

  await t.test('what is wrong with a server is said, and no password', async (t) => {
    const passwordFile = `${server.settings.passwordFile}-wrong`;
    writeFileSync(passwordFile, 'hunter2', { mode: 0o600 });
    const wrong = new CaldavCalendar({ ...server.settings, passwordFile }, BERLIN, clock);
    await t.rejects(wrong.busy(0, 1000, soon()), { code: 'CALENDAR_REFUSED' });
    await t.rejects(wrong.add(entry('2026-12-12T09:00Z'), soon()), { code: 'CALENDAR_REFUSED' });
    const url = server.settings.url.replace('practice', 'nothing');
    const none = new CaldavCalendar({ ...server.settings, url }, BERLIN, clock);
    await t.rejects(none.busy(0, 1000, soon()), { code: 'CALENDAR_NO_CALENDAR' });
    const { kind, url: own, user, passwordFile: right, content } = server.settings;
    const untrusting = { kind, url: own, user, passwordFile: right, content };
    const stranger = new CaldavCalendar(untrusting, BERLIN, clock);
    await t.rejects(stranger.busy(0, 1000, soon()), { code: 'CALENDAR_UNREACHABLE' });
    writeFileSync(`${passwordFile}-open`, 'hunter2', { mode: 0o644 });
    t.throws(
      () =>
        new CaldavCalendar(
          { ...server.settings, passwordFile: `${passwordFile}-open` },
          BERLIN,
          clock,
        ),
      { code: 'CALENDAR_PASSWORD_EXPOSED' },
    );
  });

  await t.test('a server that has gone', async (t) => {
    const open = new CaldavCalendar(server.settings, BERLIN, clock);
    await server.stop();
    await t.rejects(open.busy(0, 1000, soon()), { code: 'CALENDAR_UNREACHABLE' });
  });
});
