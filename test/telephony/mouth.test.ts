import t from 'tap';
import { FRAME_BYTES, FRAME_SAMPLES } from '../../agent/audio/frame.js';
import { Mouth, type MouthSocket } from '../../agent/telephony/mouth.js';
import { FakeClock } from './fake-clock.js';

/** A mouth on a fake socket: what it sent and told, and the answer its next flush gets. */
function aMouth(clock = new FakeClock()) {
  /** Frame by frame, whatever the messages were. */
  const sent: { bytes: Uint8Array; at: number }[] = [];
  const messages: number[] = [];
  const told: { first: number; at: number }[] = [];
  const asked: string[] = [];
  const flush: { answer: number | undefined } = { answer: undefined };
  const socket: MouthSocket = {
    send: (bytes) => {
      messages.push(bytes.byteLength / FRAME_BYTES);
      for (let from = 0; from < bytes.byteLength; from += FRAME_BYTES) {
        sent.push({ bytes: bytes.slice(from, from + FRAME_BYTES), at: clock.monotonic() });
      }
    },
    reportDrained: () => {
      asked.push('drained');
    },
    flush: () => {
      asked.push('flush');
      return Promise.resolve(flush.answer);
    },
  };
  const mouth = new Mouth(socket, clock, (pcm, at) => {
    told.push({ first: pcm[0] ?? 0, at });
  });
  return { clock, sent, messages, told, asked, flush, mouth };
}

/** `count` frames of which each carries its number. */
const frames = (count: number, from = 1): Int16Array =>
  Int16Array.from(
    { length: count * FRAME_SAMPLES },
    (_, at) => from + Math.floor(at / FRAME_SAMPLES),
  );

void t.test('never more than 400 ms ahead of what is being played', (t) => {
  const { clock, sent, messages, mouth } = aMouth();
  const playback = mouth.play();
  playback.write(frames(200));
  playback.end();
  t.equal(sent.length, 20, 'the start');
  for (let ms = 0; ms < 3_700; ms += 10) {
    const ahead = sent.length * 20 - clock.monotonic();
    if (ahead > 400 || ahead < 300) t.fail(`${String(ahead)} ms ahead at ${String(ms)} ms`);
    clock.advance(10);
  }
  t.equal(sent.length, 200);
  t.strictSame(
    sent.map(({ bytes }) => new Int16Array(bytes.slice().buffer)[0]),
    Array.from({ length: 200 }, (_, at) => at + 1),
    'in order, each once',
  );
  t.strictSame(messages, [20, ...new Array<number>(36).fill(5)], 'few messages');
  t.end();
});

void t.test('pieces of any length become whole frames; the last is filled up', (t) => {
  const { sent, mouth } = aMouth();
  const playback = mouth.play();
  const pcm = new Int16Array(FRAME_SAMPLES * 2 + 50).fill(9);
  playback.write(pcm.subarray(0, 11));
  t.equal(sent.length, 0, 'not yet a frame');
  playback.write(pcm.subarray(11, 500));
  playback.write(pcm.subarray(500));
  playback.end();
  playback.write(frames(3));
  t.strictSame(
    sent.map(({ bytes }) => bytes.byteLength),
    [FRAME_BYTES, FRAME_BYTES, FRAME_BYTES],
  );
  const all = sent.flatMap(({ bytes }) => [...new Int16Array(bytes.slice().buffer)]);
  t.strictSame(all, [...pcm, ...new Array<number>(FRAME_SAMPLES - 50).fill(0)]);
  t.end();
});

void t.test('a full queue holds everything back, and nothing is lost', (t) => {
  const { clock, sent, mouth } = aMouth();
  const playback = mouth.play();
  playback.write(frames(60));
  clock.advance(100);
  mouth.held(true);
  const before = sent.length;
  clock.advance(2_000);
  t.equal(sent.length, before);
  mouth.held(false);
  clock.advance(20);
  t.equal(sent.length, before + 20, 'the queue is empty by then');
  clock.advance(2_000);
  t.equal(sent.length, 60);
  t.end();
});

void t.test('the end is told when Asterisk has played it', async (t) => {
  const { clock, told, asked, mouth } = aMouth();
  const playback = mouth.play();
  playback.write(frames(30));
  playback.end();
  t.strictSame(asked, [], 'not all is sent');
  clock.advance(300);
  t.strictSame(asked, ['drained']);
  clock.advance(340);
  mouth.drained();
  t.strictSame(await playback.done, { heardMs: 600, whole: true });
  t.strictSame(
    told,
    Array.from({ length: 30 }, (_, at) => ({ first: at + 1, at: at * 20 })),
    'each frame with the time at which it was played',
  );
  t.equal(clock.waiting, 0, 'no timer is left');
});

void t.test('a playback without a word is over at once', async (t) => {
  const { mouth, asked } = aMouth();
  const playback = mouth.play();
  playback.end();
  t.strictSame(await playback.done, { heardMs: 0, whole: true });
  t.strictSame(asked, []);
});

void t.test('a stop tells exactly what Asterisk had played', async (t) => {
  const { clock, sent, told, asked, flush, mouth } = aMouth();
  const playback = mouth.play();
  playback.write(frames(100));
  clock.advance(500);
  flush.answer = 23;
  const [first, second] = await Promise.all([playback.stop(), playback.stop()]);
  t.strictSame(first, { heardMs: (sent.length - 23) * 20, whole: false });
  t.strictSame(second, first);
  t.strictSame(await playback.done, first);
  t.strictSame(asked, ['flush'], 'one flush');
  t.equal(told.length, sent.length - 23, 'no frame is told that was not heard');
  const before = sent.length;
  playback.write(frames(5));
  playback.end();
  clock.advance(1_000);
  t.equal(sent.length, before, 'nothing more is sent');
  t.equal(clock.waiting, 0, 'no timer is left');
});

void t.test('a flush that is never answered counts by the clock', async (t) => {
  const { clock, mouth } = aMouth();
  const playback = mouth.play();
  playback.write(frames(100));
  clock.advance(510);
  t.strictSame(await playback.stop(), { heardMs: 500, whole: false });
});

void t.test('more unplayed than sent is nothing heard', async (t) => {
  const { flush, told, mouth } = aMouth();
  const playback = mouth.play();
  playback.write(frames(2));
  flush.answer = 5;
  t.strictSame(await playback.stop(), { heardMs: 0, whole: false });
  t.strictSame(told, []);
});

void t.test('a new playback ends the one before', async (t) => {
  const { clock, sent, flush, mouth } = aMouth();
  const first = mouth.play();
  first.write(frames(100));
  clock.advance(100);
  flush.answer = 20;
  const before = sent.length;
  const second = mouth.play();
  second.write(frames(1, 500));
  t.strictSame(await first.done, { heardMs: (before - 20) * 20, whole: false });
  clock.advance(500);
  t.equal(sent.length, before + 1, 'only the second speaks');
});

void t.test('a late word that the queue is empty does not end the next playback', async (t) => {
  const { clock, asked, flush, mouth } = aMouth();
  const first = mouth.play();
  first.write(frames(10));
  first.end();
  clock.advance(40);
  flush.answer = 8;
  const second = mouth.play();
  second.write(frames(15));
  second.end();
  mouth.drained();
  t.strictSame(asked, ['drained', 'flush', 'drained', 'drained'], 'asked again');
  clock.advance(300);
  mouth.drained();
  t.strictSame(await second.done, { heardMs: 300, whole: true });
});

void t.test('a line that is gone ends the playback with what was heard by then', async (t) => {
  const { clock, told, asked, mouth } = aMouth();
  const playback = mouth.play();
  playback.write(frames(100));
  clock.advance(250);
  mouth.close();
  mouth.close();
  t.strictSame(await playback.done, { heardMs: 240, whole: false });
  t.equal(told.length, 12);
  t.strictSame(asked, [], 'there is nobody to ask');
  t.strictSame(await playback.stop(), { heardMs: 240, whole: false });
  t.equal(clock.waiting, 0, 'no timer is left');
});

void t.test('a pause in what is said is not counted as heard', async (t) => {
  const { clock, told, mouth } = aMouth();
  const playback = mouth.play();
  playback.write(frames(5));
  clock.advance(1_000);
  t.equal(told.length, 5, 'told although no more came');
  playback.write(frames(5, 6));
  clock.advance(50);
  mouth.close();
  t.strictSame(await playback.done, { heardMs: 140, whole: false });
  t.strictSame(
    told.map(({ at }) => at),
    [0, 20, 40, 60, 80, 1_000, 1_020],
  );
});

/** A clock whose timers run late, each by what `lateMs` says. */
class LateClock extends FakeClock {
  lateMs: () => number = () => 0;

  override after(delay: number, run: () => void): () => void {
    return super.after(delay + this.lateMs(), run);
  }
}

void t.test('late ticks lose no frame: up to 280 ms nobody hears them, more is a pause', (t) => {
  for (const [lateness, pauses] of [
    [280, false],
    [900, true],
  ] as const) {
    const clock = new LateClock();
    const { sent, told, mouth } = aMouth(clock);
    let turn = 0;
    clock.lateMs = () => ((turn += 1) % 4 === 0 ? lateness : turn % 40);
    const playback = mouth.play();
    playback.write(frames(500));
    playback.end();
    clock.advance(60_000);
    const numbers = Array.from({ length: 500 }, (_, at) => at + 1);
    t.strictSame(
      sent.map(({ bytes }) => new Int16Array(bytes.slice().buffer)[0]),
      numbers,
      'in order, each once',
    );
    t.strictSame(
      told.map(({ first }) => first),
      numbers,
      'and each is told',
    );
    const late = sent.filter(({ at }, index) => at > index * 20);
    t.equal(late.length > 0, pauses, `${String(lateness)} ms`);
    const gaps = told.map(({ at }, index) => at - (told[index - 1]?.at ?? at - 20));
    t.equal(
      gaps.some((gap) => gap !== 20),
      pauses,
      'what is told has the pauses that are heard',
    );
  }
  t.end();
});
