import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import t, { type Test } from 'tap';
import { rmsDbfs } from '../../agent/audio/level.js';
import { readWav } from '../../agent/audio/wav.js';
import { misses } from '../../agent/reception/rehearse/expectation.js';
import type { RehearsalReport } from '../../agent/reception/rehearse/report.js';
import type { StoredMessage } from '../../agent/privacy/message-room.js';
import type { SelfTestReport } from '../../agent/reception/self-test/self-test.js';
import { replay } from '../../agent/reception/replay.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { noBrowser, openBrowser, openWindow } from '../browser/chromium.js';
import { firstLogin } from '../browser/first-login.js';
import { argumentsOf, guideBlock } from '../guide.js';
import { lacking, Office, told } from './office.js';

/** A Tuesday, 10:00: open. */
const NOW = '2026-11-24T10:00:00Z';

/** What of a scenario's expectations about its message is not met by what the store holds. */
function missesOf(report: RehearsalReport, message: StoredMessage | undefined): readonly string[] {
  const expected = report.stored?.message;
  const body = message?.body;
  if (expected === undefined || message === undefined || body === undefined) return ['no message'];
  const { name, phone, reason, callbackTime } = body;
  return misses(expected, {
    name: name?.value ?? null,
    phone: phone?.value ?? null,
    reason: reason?.value ?? null,
    callback_time: callbackTime?.value ?? callbackTime?.heard ?? null,
    recipient: message.recipient ?? null,
    urgent: message.urgent ?? null,
    confirmed: message.confirmed,
    state: message.state === 'partial' ? 'partial' : 'complete',
  });
}

/** The dashboard's inbox, open and empty; undefined where there is no browser. */
async function anInbox(t: Test, office: Office): Promise<Page | undefined> {
  if (noBrowser() !== false) return undefined;
  const { password } = await office.reading((room) =>
    room.accounts.add('rita', 'reception', 'test'),
  );
  const { page } = await openWindow(await openBrowser(t), office.dashboard);
  await firstLogin(page, 'rita', password);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Nothing is waiting.').waitFor();
  return page;
}

t.test('messages by telephone', { skip: lacking }, async (t) => {
  const office = await Office.open({ VESTIBULE_NOW: NOW });
  t.teardown(() => office.close());
  const messageOf = async (call: string): Promise<StoredMessage | undefined> => {
    const messages = await office.reading((room) =>
      room.messages.list({ limit: 9, states: [] }, 'test'),
    );
    return messages.find((message) => message.call === call);
  };

  const seen = await anInbox(t, office);
  // Two calls at a time, from different numbers.
  for (const scenarios of [
    { message: 'anonymous', 'message-own-number': '02079460199' },
    { 'message-keys': 'anonymous', 'message-after-transfer': '02079460199' },
    { 'message-abandoned': '02079460199' },
  ]) {
    await t.test(Object.keys(scenarios).join(' beside '), (t) => {
      t.jobs = 2;
      for (const [scenario, number] of Object.entries(scenarios)) {
        void t.test(`${scenario}: kept as it was meant`, { buffered: true }, async (t) => {
          const report = await office.call(scenario);
          t.ok(report.passed, told(report));
          const call = await office.closedCall(number);
          t.equal(call.outcome, report.stored?.outcome);
          t.strictSame(missesOf(report, await messageOf(call.id)), []);
          const journal = await office.reading((room) => room.journal(call.id, 'test'));
          t.strictSame(
            replay(journal).filter(({ same }) => !same),
            [],
            'the journal decides the same again',
          );
        });
      }
      t.end();
    });
  }

  await t.test(
    'each message came to the open inbox by itself',
    { skip: noBrowser() },
    async (t) => {
      const page = seen;
      t.equal(await page?.locator('.row-button').count(), 5);
      t.equal(await page?.evaluate<number>('performance.getEntriesByType("navigation").length'), 1);
      await page?.locator('.row-button', { hasText: 'Mary Johnson' }).first().click();
      await page?.getByText('read back and confirmed by the caller').first().waitFor();
    },
  );

  await t.test('each detail lies in the recording where its message says', async (t) => {
    const messages = await office.reading((room) =>
      room.messages.list({ limit: 9, states: [] }, 'test'),
    );
    const [first] = messages.filter(({ body }) => body?.phone?.by === 'voice');
    const file = join(office.home, 'snippet.wav');
    const levelOf = async (fromMs: number, toMs: number): Promise<number> => {
      const part = { fromMs, toMs };
      await office.reading((room) => room.exportRecording(first?.call ?? '', file, 'test', part));
      const [caller = new Int16Array()] = (await readWav(file)).channels;
      return rmsDbfs(caller);
    };
    for (const detail of [first?.body?.name, first?.body?.phone, first?.body?.reason]) {
      const { fromMs = 0, toMs = 0 } = detail?.snippet ?? {};
      t.ok(toMs > fromMs, `${String(detail?.value)} has a place`);
      const level = await levelOf(fromMs, toMs);
      const before = await levelOf(fromMs - 1_200, fromMs - 400);
      t.ok(level > -45, `spoken there: ${level.toFixed(0)} dBFS`);
      t.ok(level > before + 10, `and not a second before: ${before.toFixed(0)} dBFS`);
    }
  });

  await t.test('the caller with two messages is one contact', async (t) => {
    const contacts = await office.reading((room) =>
      room.contacts.list({ limit: 9, leads: true }, 'test'),
    );
    const caller = contacts.find(({ numbers }) => numbers.includes('+442079460199'));
    t.ok((caller?.openMessages ?? 0) >= 2);
    t.match(caller?.names, ['John Smith', 'Mary Johnson']);
  });

  await t.test('the command line shows and settles them while calls are answered', (t) => {
    const run = (...args: readonly string[]) =>
      spawnSync(process.execPath, [join(checkoutRoot, 'build/agent/main.js'), ...args], {
        encoding: 'utf8',
        env: { ...process.env, VESTIBULE_HOME: office.home },
      });
    const list = run('messages', 'list', '--json');
    t.equal(list.status, 0, list.stderr);
    const messages = JSON.parse(list.stdout) as readonly StoredMessage[];
    t.equal(messages.length, 5);
    const id = messages.find(({ body }) => body?.phone?.value === '02079460199')?.id ?? '';
    t.match(run('messages', 'show', id).stdout, /number +02079460199/u);
    const voiced = messages.find(({ body }) => body?.phone?.by === 'voice')?.id ?? '';
    t.match(run('messages', 'show', voiced).stdout, /voice, \d+ %, at \d:\d\d–\d:\d\d/u);
    const shown = JSON.parse(run('messages', 'show', voiced, '--json').stdout) as StoredMessage;
    t.match(shown.body?.phone, { by: 'voice', confidence: Number, heard: String });
    t.match(shown.body?.phone?.snippet, { fromMs: Number, toMs: Number });
    t.equal(run('messages', 'done', id).status, 0);
    const rest = JSON.parse(run('messages', 'list', '--json').stdout) as readonly StoredMessage[];
    t.notOk(rest.some((message) => message.id === id));
    t.equal(run('messages', 'done', 'nobody').status, 1);
    t.equal(run('messages', 'list', '--limit', 'x').status, 2);
    t.match(run('replay', 'last').stdout, /decisions, all the same/u);
    t.match(run('calls', 'list').stdout, / message +message\.leave/u);
    t.match(run('calls', 'show', 'last').stdout, /summary .*(?:Number|Name): /u);
    t.match(run('contacts', 'list', '--leads').stdout, /442079460199/u);
    t.end();
  });

  await t.test('what is typed to see whether it is well', (t) => {
    const typed = [
      ...guideBlock('desk.md', 'vestibule doctor'),
      ...guideBlock('numbers-and-trunks.md', '/ready'),
    ];
    for (const line of new Set(typed)) {
      // The dashboard of this office has another port.
      const port = new URL(office.dashboard).port;
      const { status, stdout, stderr } = spawnSync('bash', ['-c', line.replace('8443', port)], {
        encoding: 'utf8',
        cwd: checkoutRoot,
        env: { ...process.env, VESTIBULE_HOME: office.home, VESTIBULE_NOW: NOW },
      });
      const isDoctor = line.includes('doctor');
      // Doctor ends with 1 where anything at all is wrong with this machine.
      t.ok(isDoctor ? [0, 1].includes(status ?? -1) : status === 0, `${line}: ${stderr}`);
      t.match(stdout, isDoctor ? /\bok\b/u : /^\{"ready":true/u);
    }
    t.end();
  });

  await t.test('the self-test calls over the real line and finds its call in the store', (t) => {
    // As the guide has it typed.
    const [line = ''] = guideBlock('self-test.md', 'vestibule self-test');
    const run = (...args: readonly string[]) =>
      spawnSync(
        process.execPath,
        [join(checkoutRoot, 'build/agent/main.js'), ...argumentsOf(line), ...args],
        {
          encoding: 'utf8',
          env: {
            ...process.env,
            ...{ VESTIBULE_HOME: office.home, VESTIBULE_NOW: new Date(NOW).toISOString() },
          },
        },
      );
    const good = run('--json', '--sip', `127.0.0.1:${String(office.sipPort)}`);
    const report = JSON.parse(good.stdout) as SelfTestReport;
    t.strictSame(report.faults, []);
    t.equal(good.status, 0, good.stderr);
    t.ok((report.gapMs ?? 0) > 0, `answered after ${String(report.gapMs)} ms`);
    const dead = run('--sip', '127.0.0.1:1');
    t.equal(dead.status, 1, 'nobody there raises the alarm');
    t.match(dead.stdout, /^self-test FAILED.*\n {2}not as expected: answered/u);
    const kept = readFileSync(join(office.home, 'run', 'self-test.prom'), 'utf8');
    t.match(kept, /^vestibule_self_test_passed 0$/mu);
    t.end();
  });
});
