import t from 'tap';
import { silentLog } from '../../agent/log.js';
import { Recorder } from '../../agent/reception/recorder.js';
import type { Consent, RecordingWriter, SoundOfSide } from '../../agent/records/ports.js';
import { FakeRecords } from '../fakes/records.js';

const FRAME = 320;
/** Only the store makes one; the fake store asks for none. */
const consent = { id: 1, call: 'call' } as Consent;

class Kept implements RecordingWriter {
  readonly frames: { side: string; atMs: number; pcm: Int16Array }[] = [];
  broken = false;
  ended: string[] = [];
  get stored(): number {
    return this.frames.length;
  }
  write(side: 'caller' | 'agent', pcm: Int16Array, atMs: number): void {
    this.frames.push({ side, atMs, pcm });
  }
  /** What would be written besides if the process died. */
  last: SoundOfSide[] = [];
  keepLast(rest: () => readonly SoundOfSide[], more?: SoundOfSide): void {
    this.last = more === undefined ? [...rest()] : [...this.last, more];
  }
  close(): Promise<void> {
    this.ended.push('closed');
    return Promise.resolve();
  }
  discard(): Promise<void> {
    this.ended.push('discarded');
    return Promise.resolve();
  }
  /** Milliseconds at which what was kept is the caller's own sound. */
  get own(): readonly number[] {
    return this.frames.filter(({ pcm }) => pcm[7] === 7).map(({ atMs }) => atMs);
  }
}

function begun() {
  const writers: Kept[] = [];
  const records = new FakeRecords();
  (records.recordings as { open: () => Promise<RecordingWriter> }).open = () => {
    const writer = new Kept();
    writers.push(writer);
    return Promise.resolve(writer);
  };
  const recorder = new Recorder(records, silentLog);
  const hear = (fromMs: number, toMs: number, side: 'caller' | 'agent' = 'caller'): void => {
    for (let atMs = fromMs; atMs < toMs; atMs += 20)
      recorder.write(side, new Int16Array(FRAME).fill(7), atMs);
  };
  return { recorder, writers, hear };
}

await t.test('before consent nothing leaves memory, and memory ends after a minute', async (t) => {
  const { recorder, writers, hear } = begun();
  hear(0, 90_000);
  t.equal(writers.length, 0, 'not even a file');
  await recorder.begin(consent);
  hear(90_000, 90_020);
  await recorder.close();
  t.equal(writers[0]?.frames[0]?.atMs, 30_000);
  t.equal(writers[0]?.frames.at(-1)?.atMs, 90_000);
  t.same(writers[0]?.ended, ['closed']);
});

await t.test('a refusal leaves nothing; a withdrawal ends at once and may be erased', async (t) => {
  const refused = begun();
  refused.hear(0, 5_000);
  await refused.recorder.stop();
  await refused.recorder.begin(consent);
  refused.hear(5_000, 9_000);
  await refused.recorder.close();
  t.equal(refused.writers.length, 0);
  t.notOk(refused.recorder.holds);

  const { recorder, writers, hear } = begun();
  await recorder.begin(consent);
  hear(0, 5_000);
  recorder.turnBegan(4_400);
  hear(5_000, 8_000);
  await recorder.stop();
  hear(8_000, 9_000);
  t.ok(Math.max(...(writers[0]?.own ?? [])) < 4_400, 'not even the words of the withdrawal');
  t.ok(recorder.holds);
  await recorder.discard();
  t.same(writers[0]?.ended, ['closed', 'discarded']);
});

await t.test('a turn is held until it is decided, and what is hidden is a tone', async (t) => {
  const { recorder, writers, hear } = begun();
  await recorder.begin(consent);
  hear(0, 3_000);
  recorder.turnBegan(2_800);
  hear(3_000, 20_000);
  const [writer] = writers;
  t.ok(Math.max(...(writer?.own ?? [])) < 2_400, 'nothing of it, nor what came right before');
  recorder.turnDecided(2_800, [{ side: 'caller', fromMs: 5_000, toMs: 9_000 }]);
  hear(20_000, 22_000);
  await recorder.close();
  const own = writer?.own ?? [];
  t.equal(own.length, 1_100 - 200);
  t.notOk(own.some((atMs) => atMs >= 5_000 && atMs < 9_000));
  t.equal(writer?.frames.length, 1_100, 'the tone is as long as what it covers');
});

await t.test('a turn that nobody decides is hidden', async (t) => {
  const { recorder, writers, hear } = begun();
  await recorder.begin(consent);
  hear(0, 2_000);
  recorder.turnBegan(1_900);
  hear(2_000, 60_000);
  await recorder.close();
  const own = writers[0]?.own ?? [];
  t.ok(own.includes(900) && !own.some((atMs) => atMs > 1_400 && atMs < 46_000), 'given up in time');
  t.ok(own.includes(59_000), 'and what came after it is kept');
});

await t.test('while digits are asked for nothing of either side is kept', async (t) => {
  const { recorder, writers, hear } = begun();
  await recorder.begin(consent);
  hear(0, 2_000);
  recorder.pause(true);
  hear(2_000, 6_000);
  hear(2_000, 6_000, 'agent');
  recorder.pause(false);
  hear(6_000, 8_000);
  await recorder.close();
  t.notOk(writers[0]?.own.some((atMs) => atMs >= 2_000 && atMs < 6_000));
  t.equal(writers[0]?.own.length, 200);
});

await t.test('after a failed write the recording goes on in a new one, not at once', async (t) => {
  const { recorder, writers, hear } = begun();
  await recorder.begin(consent);
  hear(0, 4_000);
  const [first] = writers;
  if (first === undefined) throw new Error('no writer');
  first.broken = true;
  const before = first.frames.length;
  hear(4_000, 8_000);
  t.equal(writers.length, 1);
  hear(8_000, 10_000);
  await Promise.resolve();
  hear(10_000, 12_000);
  await recorder.close();
  t.equal(first.frames.length, before, 'never again in the same file');
  t.equal(writers.length, 2);
  t.ok(writers[1]?.own.includes(11_000));
  t.ok(first.ended.includes('closed') && writers[1]?.ended.includes('closed'));
});
