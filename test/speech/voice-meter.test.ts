import t from 'tap';
import { startOfTurns, turn, type TurnState } from '../../agent/speech/turn.js';
import { VoiceMeter } from '../../agent/speech/voice-meter.js';

const WINDOW_MS = 32;

/** Whether a turn of these windows, and silence after it, was surely a voice. */
function isSure(windows: readonly number[]): boolean {
  const meter = new VoiceMeter();
  let state: TurnState = startOfTurns;
  let sure = false;
  [...windows, ...Array.from({ length: 60 }, () => 0)].forEach((probability, at) => {
    const before = state;
    const decided = turn(state, { kind: 'window', probability, endMs: (at + 1) * WINDOW_MS });
    state = decided.state;
    meter.window(probability, state);
    const end = decided.decisions.find(({ decide }) => decide === 'end');
    if (end?.decide === 'end') sure = meter.isSure(end.lastSpeechMs - before.startedMs);
  });
  return sure;
}
const windows = (ms: number, ...those: readonly number[]): number[] =>
  Array.from({ length: ms / WINDOW_MS }, (_, at) => those[at % those.length] ?? 0);

t.test('what is surely a voice', (t) => {
  t.equal(isSure(windows(1_600, 0.95)), true, 'a sentence');
  t.equal(isSure(windows(640, 0.95)), false, 'a word in passing');
  t.equal(isSure(windows(1_600, 0.9, 0.2)), false, 'a noise that comes and goes');
  t.equal(isSure(windows(1_600, 0.55)), false, 'a noise that is a little like a voice');
  t.equal(
    isSure([...windows(1_600, 0.95), ...windows(1_600, 0), ...windows(640, 0.95)]),
    false,
    'the last one counts',
  );
  t.end();
});
