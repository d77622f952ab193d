import t from 'tap';
import { completenessOf } from '../../agent/speech/completeness.js';
import {
  defaultTurnSettings,
  startOfTurns,
  turn,
  type TurnDecision,
  type TurnEvent,
} from '../../agent/speech/turn.js';

const WINDOW_MS = 32;

/** Runs windows of speech (1) and silence (0), with words at given times; decisions with their time. */
function run(windows: readonly number[], words: Readonly<Record<number, string>> = {}) {
  let state = startOfTurns;
  const decided: { at: number; decision: TurnDecision }[] = [];
  const take = (event: TurnEvent, at: number): void => {
    const step = turn(state, event);
    state = step.state;
    for (const decision of step.decisions) decided.push({ at, decision });
  };
  windows.forEach((probability, index) => {
    const endMs = (index + 1) * WINDOW_MS;
    take({ kind: 'window', probability, endMs }, endMs);
    const text = words[index];
    if (text !== undefined) take({ kind: 'words', completeness: completenessOf(text) }, endMs);
  });
  return decided;
}

const speech = (ms: number): number[] =>
  Array.from({ length: Math.round(ms / WINDOW_MS) }, () => 1);
const silence = (ms: number): number[] =>
  Array.from({ length: Math.round(ms / WINDOW_MS) }, () => 0);
/** Without what may come to nothing. */
const turns = (decided: ReturnType<typeof run>): ReturnType<typeof run> =>
  decided.filter(({ decision: { decide } }) => decide !== 'stir' && decide !== 'settle');
const kinds = (decided: ReturnType<typeof run>): string[] =>
  decided.map(({ decision }) => decision.decide);

t.test('a sentence begins, is decoded on trial and ends', (t) => {
  const decided = turns(run([...silence(320), ...speech(1_600), ...silence(960)]));
  t.strictSame(kinds(decided), ['begin', 'speculate', 'end']);
  t.match(decided[0]?.decision, { fromMs: 320 }, 'it began with the first window of speech');
  const end = decided[2]!.decision;
  t.ok(end.decide === 'end' && end.lastSpeechMs === 1_920);
  const wait = decided[2]!.at - 1_920;
  t.ok(
    wait >= defaultTurnSettings.endMs.open && wait < defaultTurnSettings.endMs.open + 2 * WINDOW_MS,
  );
  t.end();
});

t.test('the wait depends on whether the words are complete', (t) => {
  const after = (text: string): number => {
    const windows = [...speech(640), ...silence(1_600)];
    const trial = Math.ceil((640 + defaultTurnSettings.speculateMs) / WINDOW_MS);
    return (
      run(windows, { [trial]: text }).find(({ decision }) => decision.decide === 'end')!.at - 640
    );
  };
  const complete = after('yes please');
  const open = after('are you open on friday');
  const unfinished = after('i would like to');
  t.ok(complete < open && open < unfinished, `${complete} < ${open} < ${unfinished}`);
  t.ok(complete <= 350);
  t.ok(open <= 700);
  t.ok(unfinished <= 1_500);
  t.end();
});

t.test('who goes on after a pause is heard to the end', (t) => {
  const decided = turns(run([...speech(640), ...silence(320), ...speech(640), ...silence(960)]));
  t.strictSame(kinds(decided), ['begin', 'speculate', 'resume', 'speculate', 'end']);
  t.end();
});

t.test('a click stirs and settles, and is no turn', (t) => {
  const decided = run([...silence(320), ...speech(64), ...silence(960)]);
  t.strictSame(kinds(decided), ['stir', 'settle']);
  t.equal(decided[0]?.at, 352, 'at its first window');
  t.end();
});

t.test('what may be speech stirs before it surely is', (t) => {
  t.strictSame(kinds(run([...silence(320), 0.4, ...speech(320)])), ['stir', 'begin']);
  t.strictSame(kinds(run([...silence(320), 0.4, 0.4, ...silence(320)])), ['stir', 'settle']);
  t.strictSame(kinds(run([...silence(320), 0.2, 0.2, ...silence(320)])), []);
  t.end();
});

t.test('what is dropped comes to nothing, in every phase', (t) => {
  const drops = (windows: readonly number[]): string[] => {
    let state = startOfTurns;
    windows.forEach((probability, index) => {
      state = turn(state, { kind: 'window', probability, endMs: (index + 1) * WINDOW_MS }).state;
    });
    const dropped = turn(state, { kind: 'drop' });
    t.equal(dropped.state.phase, 'idle');
    return dropped.decisions.map(({ decide }) => decide);
  };
  t.strictSame(drops(silence(320)), []);
  t.strictSame(drops(speech(32)), ['settle'], 'a stir');
  t.strictSame(drops(speech(320)), ['settle'], 'a turn');
  t.strictSame(drops([...speech(320), ...silence(256)]), ['settle'], 'its trailing silence');
  t.end();
});

/** How long is waited after an open sentence that follows `windows`. */
const waitAfter = (windows: readonly number[]): number => {
  const decided = turns(run([...windows, ...speech(640), ...silence(1_600)]));
  const end = decided.at(-1)!.decision;
  return end.decide === 'end' ? end.silenceMs : NaN;
};
/** A sentence that is over, and time in which we answer. */
const whole = [...speech(640), ...silence(2_400)];

t.test('a caller who pauses long is waited for longer', (t) => {
  const usual = waitAfter(whole);
  const cut = waitAfter([...speech(640), ...silence(800)]);
  const near = waitAfter([...speech(640), ...silence(576)]);
  t.equal(usual, 672);
  t.ok(near > usual, 'after a pause that nearly ended the turn');
  t.ok(cut > near, 'more after a turn that was cut short');
  const often = Array.from({ length: 9 }, () => [...speech(640), ...silence(1_056)]).flat();
  t.ok(waitAfter(often) <= 1_024, 'but not for ever');
  const again = Array.from({ length: 12 }, () => whole).flat();
  t.equal(waitAfter([...speech(640), ...silence(800), ...again]), usual, 'until turns are whole');
  t.end();
});

t.test('who begins to speak as the wait ends goes on', (t) => {
  const silent = [...speech(640), ...silence(640)];
  t.strictSame(kinds(turns(run([...silent, 0.4, 1, 1, 1]))), ['begin', 'speculate', 'resume']);
  const noise = Array.from({ length: 10 }, () => 0.4);
  t.equal(kinds(turns(run([...silent, ...noise]))).at(-1), 'end', 'noise does not hold a turn');
  t.end();
});

t.test('nobody speaks for ever', (t) => {
  const decided = turns(run(speech(40_000)));
  t.equal(decided[1]?.decision.decide, 'end');
  t.ok(decided[1]!.at <= defaultTurnSettings.longestMs + 2 * WINDOW_MS);
  t.end();
});
