/**
 * How long a caller waits for free times out of an iCalendar file, and how long other calls wait with
 * them: node build/scripts/bench/calendar.js [ENTRIES…]. Each size is measured 20 times; the longest
 * time in which nothing else could run is that of a timer of one millisecond.
 */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { systemClock } from '../../agent/clock.js';
import { appointmentSettings } from '../../agent/dialogue/appointment-settings.js';
import { openDiary } from '../../agent/notify/calendar/open.js';
import { calendarsSettings } from '../../agent/notify/calendar/settings.js';
import { understandingSettings } from '../../agent/understanding/settings.js';

const RUNS = 20;
const DAY_MS = 86_400_000;
const stamp = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+|[-:]/gu, '');

/** A practice that has kept its calendar for years: `entries` visits up to in two months, ten series. */
function calendarOf(entries: number, now: number): string {
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:bench'];
  const begin = now + 60 * DAY_MS - (entries / 20) * DAY_MS;
  for (let at = 0; at < entries; at += 1) {
    const from = begin + Math.floor(at / 20) * DAY_MS + (8 + (at % 20) / 2) * 3_600_000;
    lines.push('BEGIN:VEVENT', `UID:${String(at)}`, `DTSTART:${stamp(from)}`);
    lines.push(`DTEND:${stamp(from + 1_500_000)}`, 'SUMMARY:Visit', 'END:VEVENT');
  }
  for (let at = 0; at < 10; at += 1) {
    lines.push('BEGIN:VEVENT', `UID:series-${String(at)}`, 'RRULE:FREQ=WEEKLY;BYDAY=MO,WE');
    lines.push(
      `DTSTART;TZID=Europe/Berlin:2015010${String(at)}T130000`.replace('20150100', '20150110'),
    );
    lines.push('DURATION:PT1H', 'END:VEVENT');
  }
  return [...lines, 'END:VCALENDAR', ''].join('\r\n');
}

async function measure(entries: number): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'vt-bench-'));
  try {
    const clock = systemClock();
    const path = join(home, 'practice.ics');
    writeFileSync(path, calendarOf(entries, clock.now()));
    const week = ['08:00-18:00'];
    const diary = openDiary({
      calendars: calendarsSettings.parse({ practice: { kind: 'file', path } }),
      appointments: appointmentSettings.parse({
        visits: [{ id: 'visit', name: 'a visit', minutes: 20, calendar: 'practice' }],
      }),
      understanding: understandingSettings.parse({
        ...{ profile: 'clinic', office: { name: 'Bench' }, timeZone: 'Europe/Berlin' },
        hours: { monday: week, tuesday: week, wednesday: week, thursday: week, friday: week },
      }),
      ...{ home, clock },
    });
    if (diary === undefined) throw new Error('no diary');
    const loop = monitorEventLoopDelay({ resolution: 1 });
    loop.enable();
    const took: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const from = clock.monotonic();
      const wish = { visit: 'visit', from: clock.now() + 7 * DAY_MS, most: 3 };
      await diary.find('bench', wish, AbortSignal.timeout(60_000));
      took.push(clock.monotonic() - from);
      diary.release('bench');
      await clock.sleep(20);
    }
    loop.disable();
    took.sort((a, b) => a - b);
    const kb = Math.round(statSync(path).size / 1024);
    const [p50 = 0, p95 = 0] = [took[RUNS / 2], took[Math.floor(RUNS * 0.95)]];
    const figures = [entries, kb, p50.toFixed(0), p95.toFixed(0), (loop.max / 1e6).toFixed(0)];
    process.stdout.write(`${figures.map(String).join('\t')}\n`);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

process.stdout.write('entries\tkB\tfind p50 ms\tp95 ms\tlongest standstill ms\n');
const sizes = process.argv.slice(2).map(Number);
for (const entries of sizes.length > 0 ? sizes : [100, 1_000, 5_000, 20_000])
  await measure(entries);
