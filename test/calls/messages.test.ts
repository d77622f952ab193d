import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import t from 'tap';
import { rmsDbfs } from '../../agent/audio/level.js';
import { readWav } from '../../agent/audio/wav.js';
import { misses } from '../../agent/reception/rehearse/expectation.js';
import type { RehearsalReport } from '../../agent/reception/rehearse/report.js';
import type { StoredMessage } from '../../agent/privacy/message-room.js';
import { replay } from '../../agent/reception/replay.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { lacking, Office } from './office.js';

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

t.test('messages by telephone', { skip: lacking }, async (t) => {
  const office = await Office.open({ VESTIBULE_NOW: NOW });
  t.teardown(() => office.close());
  const latest = async (): Promise<StoredMessage | undefined> => {
    const [message] = await office.reading((room) =>
      room.messages.list({ limit: 1, states: [] }, 'test'),
    );
    return message;
  };

  for (const scenario of [
    'message',
    'message-own-number',
    'message-keys',
    'message-abandoned',
    'message-after-transfer',
  ]) {
    await t.test(`${scenario}: kept as it was meant`, async (t) => {
      const report = await office.call(scenario);
      t.ok(report.passed, JSON.stringify(report.expectations.filter(({ met }) => !met)));
      const call = await office.closedCall();
      t.equal(call.outcome, report.stored?.outcome);
      const message = await latest();
      t.equal(message?.call, call.id);
      t.strictSame(missesOf(report, message), []);
      const journal = await office.reading((room) => room.journal(call.id, 'test'));
      t.strictSame(
        replay(journal).filter(({ same }) => !same),
        [],
        'the journal decides the same again',
      );
    });
  }

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
    const id = messages[0]?.id ?? '';
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
    t.match(run('calls', 'list').stdout, / message\n/u);
    t.match(run('contacts', 'list', '--leads').stdout, /442079460199/u);
    t.end();
  });
});
