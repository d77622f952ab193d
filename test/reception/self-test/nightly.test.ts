import t from 'tap';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../../agent/clock.js';
import { silentLog, type Log } from '../../../agent/log.js';
import { NightlySelfTest } from '../../../agent/reception/self-test/nightly.js';
import { readSelfTest, writeSelfTest } from '../../../agent/reception/self-test/result-file.js';
import type { SelfTestReport } from '../../../agent/reception/self-test/self-test.js';

const PASSED: SelfTestReport = {
  ...{ at: '2026-11-24T03:40:00.000Z', passed: true, faults: [] },
  ...{ seconds: 21.5, answerMs: 120, gapMs: 640 },
};
const FAILED: SelfTestReport = {
  ...PASSED,
  passed: false,
  faults: ['answered: the call is answered'],
};

/** A clock that stands until it is moved; what is due then runs. */
class HandClock implements Clock {
  #now: number;
  #due: { readonly at: number; readonly run: () => void }[] = [];

  constructor(start: string) {
    this.#now = Date.parse(start);
  }

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#now;
  }

  after(delay: number, run: () => void): () => void {
    const one = { at: this.#now + delay, run };
    this.#due.push(one);
    return () => {
      this.#due = this.#due.filter((other) => other !== one);
    };
  }

  sleep(): Promise<void> {
    return Promise.resolve();
  }

  /** Lets `minutes` pass, in steps. */
  async pass(minutes: number): Promise<void> {
    for (let step = 0; step < minutes * 6; step += 1) {
      this.#now += 10_000;
      const due = this.#due.filter(({ at }) => at <= this.#now);
      this.#due = this.#due.filter(({ at }) => at > this.#now);
      for (const { run } of due) run();
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

/** A log that keeps its errors and warnings. */
function keeping(lines: string[]): Log {
  const log: Log = {
    ...silentLog,
    error: (text: string) => lines.push(`error ${text}`),
    warn: (text: string) => lines.push(`warn ${text}`),
    part: () => log,
  };
  return log;
}

function night(start: string, report: SelfTestReport | Error = PASSED) {
  const clock = new HandClock(start);
  const lines: string[] = [];
  const kept: SelfTestReport[] = [];
  const told: boolean[] = [];
  const calls = { idle: true, held: 0 };
  const nightly = new NightlySelfTest({
    ...{ at: '03:40', timeZone: 'Europe/Berlin', clock, log: keeping(lines) },
    idle: () => calls.idle,
    test: () => {
      calls.held += 1;
      return report instanceof Error ? Promise.reject(report) : Promise.resolve(report);
    },
    keep: (one) => kept.push(one),
    tell: (passed) => told.push(passed),
  });
  return { clock, lines, kept, told, calls, nightly };
}

t.test('once a night, by the office’s own clock', async (t) => {
  const { clock, calls, kept, nightly } = night('2026-11-24T01:00:00Z');
  await nightly.start();
  await clock.pass(90);
  t.equal(calls.held, 0, 'half past three in Berlin');
  await clock.pass(20);
  t.equal(calls.held, 1);
  await clock.pass(24 * 60);
  t.equal(calls.held, 2, 'and in the next night again');
  t.strictSame(kept, [PASSED, PASSED]);
  await nightly.stop();
  await clock.pass(24 * 60);
  t.equal(calls.held, 2, 'stopped is stopped');
});

t.test('what was due before the start is not made up for', async (t) => {
  const { clock, calls, nightly } = night('2026-11-24T09:00:00Z');
  await nightly.start();
  await clock.pass(60);
  t.equal(calls.held, 0);
  await nightly.stop();
});

t.test('callers go first: it is put off, and left out at last', async (t) => {
  const { clock, calls, lines, nightly } = night('2026-11-24T02:30:00Z');
  calls.idle = false;
  await nightly.start();
  await clock.pass(60);
  t.equal(calls.held, 0);
  calls.idle = true;
  await clock.pass(1);
  t.equal(calls.held, 1, 'as soon as nobody calls');
  calls.idle = false;
  await clock.pass(26 * 60);
  t.equal(calls.held, 1);
  t.match(lines, [/^warn no self-test this night/u]);
  await nightly.stop();
});

t.test('a failure is an error in the log', async (t) => {
  const { clock, lines, kept, told, nightly } = night('2026-11-24T02:30:00Z', FAILED);
  await nightly.start();
  await clock.pass(20);
  t.strictSame(lines, ['error self-test failed']);
  t.equal(kept.length, 1);
  t.strictSame(told, [false], 'and people are told');
  await nightly.stop();
});

t.test('one that passed is told too, for whoever heard of a failure', async (t) => {
  const { clock, told, nightly } = night('2026-11-24T02:30:00Z');
  await nightly.start();
  await clock.pass(20);
  t.strictSame(told, [true]);
  await nightly.stop();
});

t.test('one that could not be held is a failure', async (t) => {
  const { clock, lines, told, nightly } = night('2026-11-24T02:30:00Z', new Error('no voice'));
  await nightly.start();
  await clock.pass(20);
  t.strictSame(told, [false]);
  t.strictSame(lines, ['error self-test could not be held']);
  await nightly.stop();
});

t.test('how it went is kept for the doctor and for Prometheus', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'vt-self-test-'));
  t.teardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  t.equal(readSelfTest(folder), undefined, 'none yet');
  writeSelfTest(folder, FAILED);
  t.strictSame(readSelfTest(folder), FAILED);
  const metrics = readFileSync(join(folder, 'self-test.prom'), 'utf8');
  t.match(metrics, /^vestibule_self_test_passed 0$/mu);
  t.match(metrics, /^vestibule_self_test_gap_seconds 0\.64$/mu);
  writeSelfTest(folder, { ...PASSED, gapMs: null });
  t.notMatch(readFileSync(join(folder, 'self-test.prom'), 'utf8'), /gap_seconds/u);
  writeFileSync(join(folder, 'self-test.json'), '{"at":1}');
  t.equal(readSelfTest(folder), undefined, 'a spoilt file is none');
  t.end();
});
