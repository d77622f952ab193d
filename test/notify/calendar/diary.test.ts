import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { systemClock, type Clock } from '../../../agent/clock.js';
import { appointmentSettings } from '../../../agent/dialogue/appointment-settings.js';
import type { Slot, SlotWish } from '../../../agent/dialogue/diary.js';
import { OfficeDiary } from '../../../agent/notify/calendar/diary.js';
import { openDiary, readOnly } from '../../../agent/notify/calendar/open.js';
import { calendarsSettings } from '../../../agent/notify/calendar/settings.js';
import type { CalendarStore } from '../../../agent/notify/calendar/store.js';
import { OpeningHours } from '../../../agent/understanding/hours.js';
import { understandingSettings } from '../../../agent/understanding/settings.js';

const guest = { name: 'Mary Johnson', phone: '02079460142', message: 1 };
const soon = (): AbortSignal => AbortSignal.timeout(10_000);
const at = (iso: string): number => Date.parse(iso);
const starts = (slots: readonly Slot[]): readonly string[] =>
  slots.map(({ from }) => new Date(from).toISOString().slice(0, 16));

interface Setting {
  readonly now: string;
  readonly events?: readonly (readonly string[])[];
  readonly zone?: string;
  readonly content?: string;
  readonly more?: object;
}

/** A diary in a file of its own. Open on weekdays, 8:30 to 10:00, and on Sunday nights. */
function diaryOf(t: Test, { now, events = [], zone, content, more = {} }: Setting) {
  const home = mkdtempSync(join(tmpdir(), 'vt-diary-'));
  t.teardown(() => {
    rmSync(home, { recursive: true, force: true });
  });
  const lines = events.flatMap((one) => ['BEGIN:VEVENT', ...one, 'END:VEVENT']);
  const path = join(home, 'practice.ics');
  writeFileSync(
    path,
    ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', ...lines, 'END:VCALENDAR', ''].join('\r\n'),
  );
  let time = at(now);
  const real = systemClock();
  const clock: Clock = { ...real, now: () => time };
  const weekday = ['08:30-10:00'];
  const diary = openDiary({
    calendars: calendarsSettings.parse({
      practice: {
        kind: 'file',
        path: 'practice.ics',
        ...(content === undefined ? {} : { content }),
      },
    }),
    appointments: appointmentSettings.parse({
      visits: [
        { id: 'check-up', name: 'a general check-up', minutes: 30, calendar: 'practice' },
        {
          ...{ id: 'night', name: 'a night visit', minutes: 30, calendar: 'practice' },
          hours: { sunday: ['01:00-04:00'] },
        },
        { id: 'talk', name: 'a talk' },
      ],
      ...more,
    }),
    understanding: understandingSettings.parse({
      profile: 'clinic',
      office: { name: 'Test' },
      timeZone: zone ?? 'Europe/Berlin',
      hours: { monday: weekday, tuesday: weekday, wednesday: weekday, thursday: weekday },
      holidays: [
        { date: '2026-11-25', name: 'Founding Day' },
        { date: '2026-11-26', name: 'Day after', hours: ['12:00-13:00'] },
      ],
    }),
    home,
    clock,
  })!;
  return { diary, read: () => readFileSync(path, 'utf8'), set: (iso: string) => (time = at(iso)) };
}

const wish = (from: string, more: Partial<SlotWish> = {}): SlotWish => ({
  ...{ visit: 'check-up', from: at(from), most: 3 },
  ...more,
});

t.test('free times: in the hours, not on holidays, not where it is busy', async (t) => {
  const { diary } = diaryOf(t, {
    now: '2026-11-23T12:00:00Z',
    events: [['UID:1', 'DTSTART;TZID=Europe/Berlin:20261124T084500', 'DURATION:PT30M']],
  });
  const find = async (call: string, one: SlotWish): Promise<readonly string[]> => {
    const slots = starts(await diary.find(call, one, soon()));
    diary.release(call);
    return slots;
  };
  t.strictSame(
    await find('a', wish('2026-11-24T00:00Z', { most: 4 })),
    // Tuesday from 9:30, Wednesday is a holiday, Thursday one with hours, then Monday.
    ['2026-11-24T08:30', '2026-11-26T11:00', '2026-11-26T11:30', '2026-11-30T07:30'],
  );
  t.strictSame(
    await find('a', wish('2026-11-24T00:00Z', { part: 'afternoon' })),
    [...['2026-11-26T11:00', '2026-11-26T11:30']],
    'the afternoon begins at noon',
  );
  t.strictSame(await find('a', wish('2026-11-24T00:00Z', { part: 'evening' })), []);
  t.strictSame(await find('a', wish('2026-11-24T08:31Z', { most: 1 })), ['2026-11-26T11:00']);
  await t.rejects(diary.find('a', wish('2026-11-24T00:00Z', { visit: 'talk' }), soon()), {
    code: 'CALENDAR_UNKNOWN_VISIT',
  });
});

t.test('not sooner than the office wants notice, and not beyond its horizon', async (t) => {
  const { diary } = diaryOf(t, {
    now: '2026-11-23T06:00:00Z',
    more: { noticeMinutes: 120, horizonDays: 9 },
  });
  // 7:00 in Berlin: from 9:00 on.
  const [first] = await diary.find('a', wish('2026-11-20T00:00Z', { most: 1 }), soon());
  t.equal(first?.from, at('2026-11-23T08:00Z'));
  const all = await diary.find('a', wish('2026-11-20T00:00Z', { most: 99 }), soon());
  t.equal(starts(all).at(-1), '2026-12-01T08:30');
});

t.test('the week in which summer time ends and the one in which it begins', async (t) => {
  const autumn = diaryOf(t, {
    now: '2026-10-22T00:00:00Z',
    // Each Sunday night from 1:00 to 1:30 by the wall.
    events: [
      [
        ...['UID:1', 'DTSTART;TZID=Europe/Berlin:20261004T010000', 'DURATION:PT30M'],
        'RRULE:FREQ=WEEKLY',
      ],
    ],
  });
  const night = { visit: 'night', most: 9 } as const;
  const days = await autumn.diary.find('a', wish('2026-10-22T00:00Z', { most: 6 }), soon());
  t.strictSame(starts(days).slice(0, 6), [
    ...['2026-10-22T06:30', '2026-10-22T07:00', '2026-10-22T07:30'],
    // Monday after the change: 8:30 on the wall is an hour later in UTC.
    ...['2026-10-26T07:30', '2026-10-26T08:00', '2026-10-26T08:30'],
  ]);
  const long = (await autumn.diary.find('a', wish('2026-10-25T00:00+02:00', night), soon())).slice(
    0,
    5,
  );
  t.strictSame(
    starts(long),
    [
      ...['2026-10-24T23:30', '2026-10-25T00:00', '2026-10-25T00:30'],
      ...['2026-10-25T02:00', '2026-10-25T02:30'],
    ],
    'three o’clock comes once, an hour later',
  );
  t.ok(
    long.every(({ from, to }) => to - from === 1_800_000),
    'no visit is longer than it is',
  );

  const spring = diaryOf(t, { now: '2027-03-26T00:00:00Z' });
  const short = await spring.diary.find('a', wish('2027-03-28T00:00+01:00', night), soon());
  t.strictSame(
    starts(short).slice(0, 4),
    [...['2027-03-28T00:00', '2027-03-28T00:30', '2027-03-28T01:00', '2027-03-28T01:30']],
    'half past two does not come: 1:00, 1:30, 3:00 and 3:30 by the wall',
  );
});

t.test('what one caller is offered nobody else is, until it is released', async (t) => {
  const { diary } = diaryOf(t, { now: '2026-11-23T00:00:00Z' });
  const offers = await Promise.all(
    ['a', 'b', 'c'].map((call) => diary.find(call, wish('2026-11-23T00:00Z', { most: 2 }), soon())),
  );
  const all = offers.flatMap(starts);
  t.equal(all.length, 6);
  t.equal(new Set(all).size, 6, 'three callers, six times');
  const [, second] = offers;
  diary.release('b');
  const again = await diary.find('d', wish('2026-11-23T00:00Z', { most: 2 }), soon());
  t.strictSame(starts(again), starts(second ?? []));
  const later = await diary.find('d', wish('2026-11-30T00:00Z', { most: 1 }), soon());
  t.equal(starts(later)[0], '2026-11-30T07:30', 'a new search gives up the old offer');
  t.strictSame(
    starts(await diary.find('e', wish('2026-11-23T00:00Z', { most: 2 }), soon())),
    starts(second ?? []),
  );
});

t.test('twenty calls book the same time: one gets it', async (t) => {
  const { diary, read } = diaryOf(t, { now: '2026-11-23T00:00:00Z' });
  const [slot] = await diary.find('look', wish('2026-11-24T00:00Z', { most: 1 }), soon());
  diary.release('look');
  const wins = await Promise.all(
    Array.from({ length: 20 }, (_, at) => diary.book(`call-${String(at)}`, slot!, guest, soon())),
  );
  t.equal(wins.filter(Boolean).length, 1);
  t.equal(read().split('BEGIN:VEVENT').length - 1, 1);
  t.notOk(await diary.book('later', slot!, guest, soon()));
  t.not(
    (await diary.find('later', wish('2026-11-24T00:00Z', { most: 1 }), soon()))[0]?.from,
    slot?.from,
  );
});

t.test('an entry says of the caller what the office wants, by default nothing', async (t) => {
  for (const [content, name, number] of [
    [undefined, false, false],
    ['name', true, false],
    ['full', true, true],
  ] as const) {
    const { diary, read } = diaryOf(t, {
      now: '2026-11-23T00:00:00Z',
      ...(content === undefined ? {} : { content }),
    });
    const [slot] = await diary.find('call-7', wish('2026-11-24T00:00Z'), soon());
    t.ok(await diary.book('call-7', slot!, guest, soon()));
    t.match(read(), /SUMMARY:general check-up/u);
    t.match(read(), 'message call-7-1');
    t.equal(read().includes('Mary Johnson'), name, content ?? 'none');
    t.equal(read().includes('02079460142'), number, content ?? 'none');
  }
});

t.test('what comes too late is taken out again', async (t) => {
  const late = new AbortController();
  const entries = new Set<string>();
  const slow: CalendarStore = {
    busy: () => Promise.resolve([]),
    // The writing is over when the caller has just been told that it failed.
    add: ({ uid }) => {
      entries.add(uid);
      late.abort();
      return Promise.resolve(true);
    },
    remove: (uid) => {
      entries.delete(uid);
      return Promise.resolve();
    },
  };
  const diary = new OfficeDiary({
    appointments: appointmentSettings.parse({
      visits: [{ id: 'check-up', name: 'a check-up', calendar: 'slow' }],
    }),
    stores: new Map([['slow', slow]]),
    contents: new Map(),
    hours: new OpeningHours({ hours: {}, holidays: [], timeZone: 'UTC' }),
    zone: 'UTC',
    clock: systemClock(),
  });
  const slot = { visit: 'check-up', from: at('2026-11-24T08:00Z'), to: at('2026-11-24T08:30Z') };
  await t.rejects(diary.book('a', slot, guest, late.signal), { code: 'CALENDAR_TOO_LATE' });
  t.equal(entries.size, 0);
});

t.test('a call that leaves nothing looks, and writes nothing', async (t) => {
  const { diary, read } = diaryOf(t, { now: '2026-11-23T00:00:00Z' });
  const before = read();
  const text = readOnly(diary);
  const [slot] = await text.find('text', wish('2026-11-24T00:00Z'), soon());
  t.ok(await text.book('text', slot!, guest, soon()));
  t.equal(read(), before);
});
