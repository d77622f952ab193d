import t from 'tap';
import { endsAfter, LEAST_SECONDS, MOST_SECONDS } from '../../agent/records/segment-end.js';
import { Segments } from '../../agent/records/segments.js';
import type { Segment } from '../../agent/records/recording-keys.js';

/** A second of interleaved stereo. */
const stereo = (caller: number, agent: number): Int16Array =>
  Int16Array.from({ length: 32_000 }, (_, at) => (at % 2 === 0 ? caller : agent));
const [SPEAKS, LISTENS] = [stereo(4_000, 0), stereo(60, 9_000)];

await t.test('a segment ends where the caller says nothing, at last anywhere', (t) => {
  t.notOk(endsAfter(LEAST_SECONDS - 1, LISTENS), 'too short');
  t.ok(endsAfter(LEAST_SECONDS, LISTENS));
  t.notOk(endsAfter(MOST_SECONDS - 1, SPEAKS));
  t.ok(endsAfter(MOST_SECONDS, SPEAKS));
  t.end();
});

await t.test('the next key is asked for ahead, and nothing waits for it', async (t) => {
  const asked: number[] = [];
  let commit: (segment: Segment) => void = () => undefined;
  const segments = new Segments(
    (number) => {
      asked.push(number);
      return new Promise((resolve) => {
        commit = resolve;
      });
    },
    () => {
      t.fail('nothing failed');
    },
  );
  for (let at = 1; at < LEAST_SECONDS - 1; at += 1) t.equal(segments.after(LISTENS), undefined);
  t.same(asked, [], 'not before its time');
  for (let at = 0; at < 3; at += 1) t.equal(segments.after(LISTENS), undefined, 'it goes on');
  t.same(asked, [1], 'and asks once');
  const next = { number: 1, key: new Uint8Array(32) };
  commit(next);
  await new Promise(setImmediate);
  t.equal(segments.after(SPEAKS), undefined, 'the caller speaks');
  t.equal(segments.after(LISTENS), next);
  for (let at = 1; at < LEAST_SECONDS; at += 1) t.equal(segments.after(LISTENS), undefined);
  t.same(asked, [1, 2]);
  const stopped = segments.stop();
  commit({ number: 2, key: new Uint8Array(32) });
  await stopped;
  t.equal(segments.after(LISTENS), undefined, 'stopped, it begins none');
});

await t.test('a key that cannot be had is told once and asked for again', async (t) => {
  const failed: unknown[] = [];
  let asked = 0;
  const segments = new Segments(
    () => {
      asked += 1;
      return Promise.reject(new Error('the disk says no'));
    },
    (error) => failed.push(error),
  );
  for (let at = 0; at < MOST_SECONDS + 5; at += 1) {
    t.equal(segments.after(LISTENS), undefined);
    await new Promise(setImmediate);
  }
  t.ok(asked > 5);
  t.equal(failed.length, 1);
  await segments.stop();
});
