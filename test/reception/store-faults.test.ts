import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { FRAME_MS } from '../../agent/audio/frame.js';
import { systemClock } from '../../agent/clock.js';
import { Events } from '../../agent/events.js';
import { silentLog, type Log } from '../../agent/log.js';
import { Visit, type Exchange } from '../../agent/reception/visit.js';
import { recordsErrors } from '../../agent/records/errors.js';
import type { OpenRecords } from '../../agent/records/records.js';
import { dialogueOf } from '../dialogue/office.js';
import { FakeLine } from '../fakes/line.js';
import { FakeRecogniser, FakeVoiceActivity } from '../fakes/speech.js';
import { filesBelow, filesWith } from '../records/canary.js';
import { remounted, smallDisk } from '../records/small-disk.js';
import { storeOf, temporaryHome, tone } from '../records/store.js';

const CANARY = 'violet teapot';
/** In such steps speech is noticed, in milliseconds. */
const WINDOW_MS = 32;
/** What a caller who leaves a message is asked, what is answered, and what that means. */
const TALK = [
  ['how_can_i_help', 'a message please', 'message.leave'],
  ['name', 'My name is John Smith.', 'oos'],
  ['phone', '020 7946 0142', 'oos'],
  ['confirm', 'Yes.', 'control.yes'],
  ['reason', `The ${CANARY} leaks.`, 'oos'],
  ['urgency', 'No.', 'control.no'],
  ['callback_time', 'Tomorrow afternoon, please.', 'oos'],
  ['confirm', 'Yes.', 'control.yes'],
  ['anything_else', 'No.', 'control.no'],
] as const;

class OpenLine extends FakeLine {
  open(): Promise<void> {
    return Promise.resolve();
  }
}

/** A call of the test office that leaves a message, over a real store. */
class Call {
  readonly line = new OpenLine();
  /** What was asked of the telephone system, and `over` once everything is closed. */
  readonly done: string[] = [];
  readonly #visit: Visit;
  readonly #vad = new FakeVoiceActivity();
  readonly #recogniser = new FakeRecogniser();
  #intent = 'oos';
  #atMs = 0;
  #noticedMs = 0;
  #answered = 0;

  constructor(id: string, records: OpenRecords, log: Log) {
    const note =
      (what: string) =>
      (_channel: string, ...more: readonly string[]): Promise<void> => {
        this.done.push([what, ...more].join(' '));
        return Promise.resolve();
      };
    const nothing = (): Promise<void> => Promise.resolve();
    const ari: Exchange = {
      ...{ events: new Events(silentLog), answer: note('answer'), hangUp: note('hang up') },
      ...{ continueAt: note('continue'), setVariable: nothing, watch: nothing },
      stands: () => Promise.resolve(true),
    };
    const channel = {
      ...{ id: 'channel', name: 'SIP', state: 'Ring', caller: { name: '', number: '' } },
      dialplan: { context: 'in', exten: 'reception', app_name: '', app_data: '' },
    };
    const understood = () => ({
      ...{ intent: this.#intent, score: 0.9, alternatives: [], slots: {} },
      ...{ emergency: false, faq: undefined },
    });
    const parts = {
      ...{ ari, ear: () => this.line, extensionOf: () => '201', recording: true, records, log },
      ...{ contactNumber: () => undefined, configuration: () => undefined, language: 'en' },
      dialogue: dialogueOf({ country: 'gb', timeZone: 'Europe/London' }),
      understanding: { danger: () => undefined, understand: () => Promise.resolve(understood()) },
      ...{ vad: this.#vad, recogniser: this.#recogniser, silenceMs: 60_000, clock: systemClock() },
      render: async function* () {
        await Promise.resolve();
        yield new Int16Array(1_600);
      },
    };
    this.#visit = new Visit(id, channel, parts, () => this.done.push('over'));
  }

  start(): Promise<void> {
    return this.#visit.start();
  }

  /** Answers each question that is asked, up to `last`, or until the call is handed on or over. */
  async goesOn(last?: (typeof TALK)[number][0]): Promise<void> {
    for (; this.#answered < TALK.length; this.#answered += 1) {
      const [asked, text, intent] = TALK[this.#answered] ?? TALK[0];
      if (!(await this.#asks(asked)) || asked === last) return;
      await this.#says(text, intent);
    }
    await this.#until(() => this.done.includes('over'));
  }

  /** All that was said so far, by both. */
  get said(): string {
    return this.#visit.talk.lines.map(({ text }) => text).join(' ');
  }

  hangsUp(): Promise<void> {
    return this.#visit.end('caller');
  }

  /** Whether it is asked; false when the caller goes to people instead. */
  async #asks(question: string): Promise<boolean> {
    const handed = (): boolean => this.done.some((what) => what.startsWith('continue'));
    await this.#until(() => this.#visit.talk.asks === question || handed(), question);
    // And to its end.
    let silent = 0;
    await this.#until(() => {
      silent = this.line.playing === undefined ? silent + 1 : 0;
      return silent > 5 || handed();
    }, question);
    return !handed();
  }

  /** What we say is heard to its end, and the line goes on. */
  async #until(holds: () => boolean, what = 'the call is over'): Promise<void> {
    for (let tries = 0; !holds(); tries += 1) {
      if (tries > 1_000) throw new Error(`never: ${what}, after ${this.done.join(', ')}`);
      this.line.playing?.hear();
      this.#passes(FRAME_MS, 0);
      await sleep(5);
    }
  }

  async #says(text: string, intent: string): Promise<void> {
    const { talk } = this.#visit;
    const said = talk.lines.length;
    [this.#recogniser.text, this.#intent] = [text, intent];
    this.#passes(640, 0);
    this.#passes(640, 8_000);
    this.#passes(960, 0);
    await this.#until(() => talk.lines.length > said, `${text} is heard`);
  }

  /** So much of the call goes by, in which the caller says something or nothing. */
  #passes(ms: number, level: number): void {
    const sound = tone(FRAME_MS / 1_000, level);
    for (const end = this.#atMs + ms; this.#atMs < end; this.#atMs += FRAME_MS) {
      this.line.frame(sound, this.#atMs);
      for (; this.#noticedMs <= this.#atMs; this.#noticedMs += WINDOW_MS)
        this.#vad.tell(level > 0, WINDOW_MS);
    }
  }
}

/** A log that keeps what is wrong. */
function keptLog(): { readonly log: Log; readonly said: string[] } {
  const said: string[] = [];
  const keep = (text: string, facts?: { readonly reason?: string }): void => {
    said.push(`${text}: ${facts?.reason ?? ''}`);
  };
  const log: Log = { ...silentLog, error: keep, warn: keep, part: () => log };
  return { log, said };
}

async function call(id: string, records: OpenRecords, log: Log): Promise<Call> {
  const one = new Call(id, records, log);
  await one.start();
  return one;
}

/** A whole call that nothing hinders: it is recorded, its message stored. */
async function served(t: Test, id: string, records: OpenRecords, log: Log): Promise<void> {
  const one = await call(id, records, log);
  await one.goesOn();
  t.same(one.done, ['answer', 'hang up', 'over']);
  const [message] = await records.reading.messages.ofCall(id);
  t.match(message, { state: 'open', body: { reason: { value: `The ${CANARY} leaks.` } } });
  const recordings = await records.reading.recordings.of(id);
  t.match(recordings, [{ state: 'closed' }]);
  t.ok((recordings[0]?.seconds ?? 0) > 5, 'it is recorded');
}

await t.test('disk full: calls go on, nobody is told that a message was kept', async (t) => {
  const disk = smallDisk(t, 24);
  if (disk === undefined) return;
  const { log, said } = keptLog();
  const settings = { keyFile: `${disk}.key`, reserveMegabytes: 0 };
  const records = storeOf(join(disk, 'home'), settings, log);
  await records.start();
  t.teardown(() => records.stop());
  await served(t, 'before', records, log);

  const during = await call('during', records, log);
  await during.goesOn('phone');
  const others = join(disk, 'others');
  t.throws(() => {
    // Another program fills the disk, to its last byte.
    for (let at = 0; ; at += 1)
      writeFileSync(others, Buffer.alloc(at < 300 ? 65_536 : 512), { flag: 'a' });
  });
  await during.goesOn();
  t.same(during.done, ['answer', 'continue vestibule-transfer 201'], 'asked on, then a person');
  const after = await call('after', records, log);
  await after.goesOn();
  t.same(
    after.done,
    ['answer', 'continue vestibule-transfer 201'],
    'a call that comes is answered',
  );
  await Promise.all([during.hangsUp(), after.hangsUp()]);
  t.ok(said.some((line) => line.includes('a message could not be stored: RECORDS_DISK_FULL')));
  t.ok(said.some((line) => line.includes('recording stopped: RECORDS_DISK_FULL')));

  rmSync(others);
  await served(t, 'room again', records, log);
  for (const id of ['before', 'during']) {
    const [recording] = await records.reading.recordings.of(id);
    let seconds = 0;
    for await (const { samples } of recording?.chunks() ?? [])
      seconds += samples.length > 0 ? 1 : 0;
    t.equal(seconds, recording?.seconds, `${id}: what was stored can be heard`);
  }
});

await t.test('read-only disk: calls go on, and what is there stays as it is', async (t) => {
  const disk = smallDisk(t, 24);
  if (disk === undefined) return;
  const { log, said } = keptLog();
  const settings = { keyFile: `${disk}.key`, reserveMegabytes: 0 };
  const made = storeOf(join(disk, 'home'), settings);
  await made.start();
  await served(t, 'before', made, silentLog);
  await made.stop();
  const home = join(disk, 'home');
  const before = new Map(filesBelow(home).map((file) => [file, readFileSync(file)]));
  t.ok(remounted(disk, 'ro'));
  const records = storeOf(join(disk, 'home'), settings, log);
  await records.serve();
  const during = await call('during', records, log);
  await during.goesOn();
  t.same(during.done, ['answer', 'continue vestibule-transfer 201'], 'asked on, then a person');
  t.notMatch(during.said, /record/iu, 'nobody is told of a recording that cannot be');
  await during.hangsUp();
  await records.stop();
  t.ok(said.some((line) => line.includes('RECORDS_NOT_WRITABLE')));
  t.ok(remounted(disk, 'rw'));
  const files = filesBelow(home);
  const other = files.filter((file) => before.get(file)?.equals(readFileSync(file)) !== true);
  t.strictSame(other, []);
  t.equal(files.length, before.size);
  t.comment(
    `read-only disk: a call to a person, ${String(other.length)} of ${String(files.length)} files changed`,
  );
  const again = storeOf(join(disk, 'home'), settings);
  await again.start();
  t.teardown(() => again.stop());
  t.same(
    (await again.reading.calls.list(10)).map(({ id }) => id),
    ['before'],
  );
  await served(t, 'writable again', again, silentLog);
});

await t.test('read-only in the middle of a call: it goes on, and its message waits', async (t) => {
  const home = temporaryHome(t);
  const { log, said } = keptLog();
  const records = storeOf(home, { reserveMegabytes: 0 }, log);
  await records.start();
  t.teardown(() => records.stop());
  const during = await call('during', records, log);
  await during.goesOn('phone');
  // What better-sqlite3 and the files say when the system has made the disk read-only.
  const { database } = records.rights;
  const write = database.write.bind(database);
  const refused = recordsErrors.make('NOT_WRITABLE', { detail: 'SQLITE_READONLY' });
  database.write = () => Promise.reject(refused);
  const handle = await open(home, 'r');
  await handle.close();
  const files = Object.getPrototypeOf(handle) as Pick<FileHandle, 'appendFile'>;
  const { appendFile } = files;
  files.appendFile = () => Promise.reject(Object.assign(new Error('EROFS'), { code: 'EROFS' }));
  t.teardown(() => {
    files.appendFile = appendFile;
  });
  await during.goesOn();
  t.same(during.done, ['answer', 'hang up', 'over'], 'to its own end');
  t.ok(said.some((line) => line.includes('recording stopped: RECORDS_NOT_WRITABLE')));
  database.write = write;
  files.appendFile = appendFile;
  await records.stop();
  const again = storeOf(home);
  await again.start();
  t.teardown(() => again.stop());
  t.match(await again.reading.messages.ofCall('during'), [{ body: { name: { value: /Smith/u } } }]);
});

await t.test('key source gone: calls go on, unrecorded, and their messages wait', async (t) => {
  const home = temporaryHome(t);
  const { log, said } = keptLog();
  const key = join(`${home}-keys`, 'root.key');
  const records = storeOf(home);
  await records.start();
  const running = await call('running', records, silentLog);
  await running.goesOn('phone');
  renameSync(key, `${key}.away`);
  t.match(running.said, /recorded/iu);
  await running.goesOn();
  t.same(running.done, ['answer', 'hang up', 'over'], 'a store that is open needs it no more');
  await served(t, 'while it is open', records, silentLog);
  await records.stop();

  const without = storeOf(home, {}, log);
  await without.serve();
  const during = await call('during', without, log);
  await during.goesOn();
  t.same(during.done, ['answer', 'hang up', 'over'], 'to its own end');
  t.notMatch(during.said, /record/iu, 'nor told that it is recorded');
  await without.stop();
  t.ok(said.some((line) => line.includes('RECORDS_KEY_MISSING')));
  t.equal(readdirSync(join(home, 'records', 'recordings')).length, 2, 'it is not recorded');
  t.same(filesWith(join(home, '..'), CANARY), [], 'and nothing of it lies in the open');

  renameSync(`${key}.away`, key);
  const again = storeOf(home);
  await again.start();
  t.teardown(() => again.stop());
  t.match(await again.reading.messages.ofCall('during'), [
    { state: 'open', body: { reason: { value: `The ${CANARY} leaks.` } } },
  ]);
});
