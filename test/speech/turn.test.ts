import t from 'tap';
import {
  completenessOf,
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
const kinds = (decided: ReturnType<typeof run>): string[] =>
  decided.map(({ decision }) => decision.decide);

t.test('a sentence begins, is decoded on trial and ends', (t) => {
  const decided = run([...silence(320), ...speech(1_600), ...silence(960)]);
  t.strictSame(kinds(decided), ['begin', 'speculate', 'end']);
  t.match(decided[0]?.decision, { fromMs: 320 }, 'it began with the first window of speech');
  const end = decided[2]!.decision;
  t.ok(end.decide === 'end' && end.lastSpeechMs === 1_920);
  const wait = decided[2]!.at - 1_920;
  t.ok(
    wait >= defaultTurnSettings.endOpenMs && wait < defaultTurnSettings.endOpenMs + 2 * WINDOW_MS,
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
  t.ok(unfinished <= 1_300);
  t.end();
});

t.test('who goes on after a pause is heard to the end', (t) => {
  const decided = run([...speech(640), ...silence(320), ...speech(640), ...silence(960)]);
  t.strictSame(kinds(decided), ['begin', 'speculate', 'resume', 'speculate', 'end']);
  t.end();
});

t.test('a click is no turn', (t) => {
  t.strictSame(run([...silence(320), ...speech(64), ...silence(960)]), []);
  t.end();
});

t.test('nobody speaks for ever', (t) => {
  const decided = run(speech(40_000));
  t.equal(decided[1]?.decision.decide, 'end');
  t.ok(decided[1]!.at <= defaultTurnSettings.longestMs + 2 * WINDOW_MS);
  t.end();
});

t.test('completeness of English words', (t) => {
  for (const text of [
    'Yes.',
    'No, thank you.',
    'Thank you, bye.',
    'That’s all'.replace('’', "'"),
  ]) {
    t.equal(completenessOf(text), 'complete', text);
  }
  for (const text of ['I would like to', 'my number is', 'um', 'and the', 'Because']) {
    t.equal(completenessOf(text), 'unfinished', text);
  }
  for (const text of ['', 'Where can I park?', 'five five one']) {
    t.equal(completenessOf(text), 'open', text);
  }
  t.end();
});

t.test('completeness of Korean words', (t) => {
  for (const text of ['네.', '아니요', '감사합니다.', '네, 감사합니다']) {
    t.equal(completenessOf(text), 'complete', text);
  }
  for (const text of ['저는', '예약을', '진료를 받으려고', '음', '제가', '머리가 아프고 그리고']) {
    t.equal(completenessOf(text), 'unfinished', text);
  }
  for (const text of ['예약하고 싶은데요', '몇 시까지 하세요?', '공일공']) {
    t.equal(completenessOf(text), 'open', text);
  }
  t.end();
});
