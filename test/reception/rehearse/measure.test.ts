import t, { type Test } from 'tap';
import { measure } from '../../../agent/reception/rehearse/measure.js';
import { tone } from './tone.js';

/** A channel of `ms` with tones at the given spans. */
function channel(ms: number, ...spans: readonly (readonly [from: number, to: number])[]) {
  const out = new Int16Array(ms * 8);
  for (const [from, to] of spans) out.set(tone(300, to - from), from * 8);
  return out;
}
const near = (
  t: Pick<Test, 'ok'>,
  found: number | undefined,
  wanted: number,
  what: string,
): void => {
  t.ok(found !== undefined && Math.abs(found - wanted) <= 20, `${what}: ${found} for ${wanted}`);
};

void t.test('figures of a recording made by hand, to ± 20 ms', (t) => {
  // The caller's lines carry silence at both ends, as synthesised ones do.
  const said = channel(20_000, [5053, 7011], [12_347, 13_500]);
  const heard = channel(20_000, [733, 4005], [7849, 10_000], [10_200, 12_555], [14_207, 15_000]);
  const figures = measure(said, heard, {
    answeredMs: 412,
    endedMs: 20_000,
    said: [
      { startMs: 5000, endMs: 7100, bargeIn: false },
      { startMs: 12_300, endMs: 13_600, bargeIn: true },
    ],
  });
  t.equal(figures.answerMs, 412);
  near(t, figures.firstWordMs, 733 - 412, 'first word');
  near(t, figures.turns[0]!.saidFromMs, 5053, 'own first voiced frame');
  near(t, figures.turns[0]!.gapMs, 7849 - 7011, 'gap');
  near(t, figures.turns[1]!.gapMs, 14_207 - 13_500, 'gap after the interruption');
  t.equal(figures.bargeIns.length, 1);
  near(t, figures.bargeIns[0]!.silentAfterMs, 12_555 - 12_347, 'silence after the interruption');
  // Every span may be off by a frame at each end.
  const spans = 3272 + 2151 + 2355 + 793;
  t.ok(Math.abs(figures.heardSeconds * 1000 - spans) <= 80);
  t.end();
});

void t.test('no answer, no figure', (t) => {
  const talksOn = measure(channel(6000, [2000, 3000]), channel(6000, [1000, 6000]), {
    answeredMs: 100,
    endedMs: 6000,
    said: [{ startMs: 2000, endMs: 3000, bargeIn: true }],
  });
  t.equal(talksOn.turns[0]!.gapMs, undefined, 'it never stopped');
  t.equal(talksOn.bargeIns[0]!.silentAfterMs, undefined);
  const deaf = measure(channel(3000, [500, 1000]), channel(3000), {
    answeredMs: undefined,
    endedMs: 3000,
    said: [{ startMs: 480, endMs: 1020, bargeIn: false }],
  });
  t.strictSame(deaf, {
    answerMs: undefined,
    firstWordMs: undefined,
    turns: [{ saidFromMs: 500, saidToMs: 1000, gapMs: undefined }],
    bargeIns: [],
    heardSeconds: 0,
  });
  const nobody = { answeredMs: 1, endedMs: 1, said: [] };
  t.equal(measure(new Int16Array(0), new Int16Array(0), nobody).heardSeconds, 0);
  t.end();
});
