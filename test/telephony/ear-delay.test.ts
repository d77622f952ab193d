import t from 'tap';
import { FRAME_SAMPLES, type Pcm } from '../../agent/audio/frame.js';
import { EarDelay, type EarAdvice } from '../../agent/telephony/ear-delay.js';

const filled = (level: number): Pcm =>
  Int16Array.from({ length: FRAME_SAMPLES }, (_, at) => (at % 2 === 0 ? level : -level));
/** A line on which nobody speaks; one on which somebody does; and no packet. */
const QUIET = filled(8);
const SPEECH = filled(6000);
const HOLE = new Int16Array(FRAME_SAMPLES);

/** An ear that gets frames in their time. */
function anEar() {
  const delay = new EarDelay();
  let nowMs = 0;
  return {
    delay,
    hears: (pcm: Pcm, count = 1): readonly EarAdvice[] =>
      Array.from({ length: count }, () => {
        nowMs += 20;
        return delay.heard(pcm, nowMs);
      }).filter((advice) => advice !== 'stay'),
    done: () => {
      delay.done(nowMs);
    },
  };
}

void t.test('a line that never stands still needs no fresh ear', (t) => {
  const { hears } = anEar();
  t.same(hears(QUIET, 500), []);
  t.same(hears(SPEECH, 500), []);
  t.same(hears(HOLE, 2), [], 'two packets that were lost are no matter');
  t.same(hears(QUIET, 50), []);
  t.end();
});

void t.test('nothing before the first sound is no standstill, nor is a silent line', (t) => {
  const { hears } = anEar();
  t.same(hears(HOLE, 20), []);
  t.same(hears(SPEECH, 50), []);
  t.same(hears(HOLE, 31), []);
  t.same(hears(SPEECH, 50), [], 'who sends nothing while silent speaks again');
  t.end();
});

void t.test('one that stood still does, once, and at longer and longer intervals', (t) => {
  const { hears, done } = anEar();
  const jitter = (count: number): readonly EarAdvice[] =>
    Array.from({ length: count }, () => [...hears(HOLE), ...hears(QUIET)]).flat();
  hears(QUIET, 50);
  t.same(hears(HOLE, 15), []);
  t.same(hears(QUIET), ['open']);
  done();
  t.same(jitter(120), [], 'not within five seconds of the last one');
  t.same(jitter(10), ['open']);
  done();
  t.same(jitter(245), [], 'the next time not within ten');
  t.same(jitter(10), ['open']);
  done();
  // Two minutes later all is as in the beginning.
  hears(QUIET, 6_500);
  t.same(jitter(3), ['open']);
  done();
  t.same(jitter(130), ['open']);
  t.end();
});

void t.test('the fresh one takes over when both have been still for a while', (t) => {
  const { delay, hears } = anEar();
  hears(QUIET, 50);
  hears(HOLE, 15);
  hears(SPEECH, 5);
  const ahead = Array.from({ length: 20 }, () => delay.fresh(QUIET));
  t.notOk(ahead.includes('change'), 'the late one still has what was said');
  hears(QUIET, 14);
  t.equal(delay.fresh(QUIET), 'stay');
  hears(QUIET, 1);
  t.equal(delay.fresh(QUIET), 'change');
  delay.fresh(SPEECH);
  t.equal(delay.fresh(SPEECH), 'stay', 'nor in a word that only the fresh one has heard so far');
  t.end();
});

void t.test('and is given up if they never are', (t) => {
  const { hears } = anEar();
  hears(QUIET, 50);
  hears(HOLE, 3);
  t.same(hears(SPEECH), ['open']);
  t.same(hears(SPEECH, 499), []);
  t.same([...new Set(hears(SPEECH, 3))], ['give-up']);
  t.end();
});
