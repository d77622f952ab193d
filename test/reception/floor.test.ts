import t from 'tap';
import { Floor, type FloorSpeaking } from '../../agent/reception/floor.js';
import type { Recognised } from '../../agent/speech/ports.js';

/** A floor over a speaking that notes what it is told. */
function begin(asking = false) {
  const done: string[] = [];
  const speaking: FloorSpeaking = {
    busy: true,
    asking,
    pause: () => done.push('pause'),
    resume: (from) => done.push(`resume ${from}`),
    stop: () => done.push('stop'),
    hush: () => done.push('hush'),
  };
  const floor = new Floor(speaking);
  floor.taken(true);
  return { floor, done };
}

const heard = (text: string, confidence = 0.9): Recognised => ({
  ...{ text, confidence, words: [], engine: 'fake', secondsAudio: 1, secondsCpu: 0 },
});

t.test('a stir that settles goes on where it was', (t) => {
  const { floor, done } = begin();
  floor.stirred();
  floor.settled();
  t.strictSame(done, ['pause', 'resume here']);
  t.end();
});

t.test('after three false alarms only a turn makes us silent', (t) => {
  const { floor, done } = begin();
  for (let alarm = 0; alarm < 4; alarm += 1) {
    floor.stirred();
    floor.settled();
  }
  t.equal(done.filter((what) => what === 'pause').length, 3);
  floor.began();
  t.equal(done.at(-1), 'pause');
  t.ok(floor.answers(heard('stop please')), 'words count');
  floor.stirred();
  t.equal(done.at(-1), 'pause', 'and we listen closely again');
  t.end();
});

t.test('a cough and a listener go on with the clause', (t) => {
  const { floor, done } = begin();
  t.notOk(floor.answers(heard('')));
  t.notOk(floor.answers(heard('Mhm.')));
  t.notOk(floor.answers(heard('Okay.')));
  t.strictSame(done, ['resume clause', 'resume clause', 'resume clause']);
  t.ok(begin(true).floor.answers(heard('Okay.')), 'but okay answers a question');
  t.end();
});

t.test('a long turn that is not understood was not said to listen', (t) => {
  const { floor } = begin();
  t.ok(floor.misses(heard('')));
  t.ok(floor.misses(heard('Okay.')));
  t.notOk(floor.misses(heard('Where can I park?')), 'what was understood is answered');
  t.notOk(begin(true).floor.misses(heard('Okay.')), 'and so is a question');
  floor.left();
  t.notOk(floor.misses(heard('')), 'while we say nothing that may be talked over');
  t.end();
});

t.test('something unclear is passed over once', (t) => {
  const { floor } = begin();
  t.notOk(floor.answers(heard('Help', 0.3)));
  t.ok(floor.answers(heard('Clean.', 0.3)), 'who says it twice wants something');
  t.end();
});

t.test('what may not be cut is not', (t) => {
  const { floor, done } = begin();
  floor.taken(false);
  floor.stirred();
  floor.began();
  floor.settled();
  floor.yield();
  t.strictSame(done, []);
  floor.cut();
  t.strictSame(done, ['hush', 'stop'], 'but by a key');
  floor.goOn();
  t.strictSame(done, ['hush', 'stop'], 'for good');
  t.end();
});
