import t from 'tap';
import { pcmFromBytes, bytesOfPcm, samplesIn } from '../../agent/audio/frame.js';
import type { Pcm } from '../../agent/audio/frame.js';
import { silentLog } from '../../agent/log.js';
import type { RecognizeReply } from '../../agent/speech/protocol.js';
import { RecogniserPool } from '../../agent/speech/recogniser-pool.js';
import type { RecogniserStream, RecogniserWire } from '../../agent/speech/recogniser-wire.js';
import { WorkerRecogniser } from '../../agent/speech/recogniser.js';
import type { Receiver } from '../../agent/wire/grpc.js';
import { wireErrors } from '../../agent/wire/errors.js';
import { FakeClock } from '../telephony/fake-clock.js';

/** One stream as a worker that does nothing by itself sees it. */
interface Seen {
  readonly receiver: Receiver<RecognizeReply>;
  samples: number;
  messages: number;
  readonly asked: ('speculate' | 'finish')[];
  cancelled: boolean;
  /** Whether text is wanted while the utterance goes on. */
  readonly partials: boolean;
}

/** A worker in the test's hand: it answers when told to, or never. */
class FakeWire implements RecogniserWire {
  readonly streams: Seen[] = [];
  /** Messages that are taken at once; those beyond are outstanding. */
  takes = Infinity;

  open(
    settings: { readonly partials?: boolean },
    receiver: Receiver<RecognizeReply>,
  ): RecogniserStream {
    const { partials = false } = settings;
    const seen: Seen = { receiver, samples: 0, messages: 0, asked: [], cancelled: false, partials };
    this.streams.push(seen);
    const takes = (): number => this.takes;
    return {
      get outstanding() {
        return Math.max(0, seen.messages - takes());
      },
      audio: (pcm: Pcm) => {
        seen.messages += 1;
        seen.samples += pcmFromBytes(bytesOfPcm(pcm)).length;
      },
      speculate: () => seen.asked.push('speculate'),
      finish: () => seen.asked.push('finish'),
      cancel: () => {
        seen.cancelled = true;
      },
    };
  }

  close(): void {
    this.streams.length = 0;
  }

  /** Streams that wait for an answer. */
  get waiting(): readonly Seen[] {
    return this.streams.filter(({ asked, cancelled }) => asked.length > 0 && !cancelled);
  }
}

function answer(seen: Seen | undefined, text: string): void {
  const kind = seen?.asked.shift();
  const result = { text, words: [], confidence: 1, engine: 'fake', secondsAudio: 0, secondsCpu: 0 };
  seen?.receiver.message(kind === 'finish' ? { final: result } : { speculative: result });
}

const SECOND = new Int16Array(samplesIn(1000));
const FRAME = new Int16Array(samplesIn(20));

function office(lazy: boolean, count = 2) {
  const clock = new FakeClock();
  const wires = Array.from({ length: count }, () => new FakeWire());
  const places = wires.map((wire, at) => ({ name: `recogniser-${String(at + 1)}`, wire, lazy }));
  const recogniser = new WorkerRecogniser(new RecogniserPool(places, clock, silentLog));
  const listen = (onPartial?: (text: string) => void) =>
    recogniser.listen({ language: 'en' }, onPartial);
  return { clock, wires, listen };
}

const texts = (results: readonly { readonly text: string }[]): string[] =>
  results.map(({ text }) => text);

void t.test('questions go where the fewest are, and whoever waits comes first', async (t) => {
  const { wires, listen } = office(true);
  const [first, second] = wires;
  const asked = Array.from({ length: 6 }, () => {
    const utterance = listen();
    utterance.push(SECOND);
    return { utterance, guess: utterance.speculate() };
  });
  t.same([first?.streams.length, second?.streams.length], [2, 2], 'two each; the others wait here');
  // The fifth caller pauses, the sixth is done: the sixth comes first.
  const final = asked[5]?.utterance.finish();
  answer(first?.waiting[0], 'one');
  t.equal(first?.streams.length, 3);
  answer(first?.waiting.at(-1), 'six');
  t.equal((await final)?.text, 'six');
  answer(second?.waiting[0], 'two');
  for (const wire of wires) while (wire.waiting.length > 0) answer(wire.waiting[0], 'more');
  const guesses = await Promise.all(asked.map(({ guess }) => guess));
  t.same(texts(guesses).sort(), ['more', 'more', 'more', 'one', 'six', 'two']);
});

void t.test('a caller who goes on speaking lets others pass', async (t) => {
  const { wires, listen } = office(true, 1);
  const [wire] = wires;
  const busy = [listen(), listen()];
  for (const one of busy) one.push(SECOND);
  const guesses = busy.map((one) => one.speculate());
  const goesOn = listen();
  goesOn.push(SECOND);
  const early = goesOn.speculate();
  goesOn.push(FRAME);
  const pauses = listen();
  pauses.push(SECOND);
  const guess = pauses.speculate();
  answer(wire?.waiting[0], 'a');
  t.equal(wire?.streams.length, 3, 'one place was free');
  answer(wire?.waiting.at(-1), 'pausing');
  t.equal((await guess).text, 'pausing');
  // What was asked too early is answered with the end, by one decoding.
  const final = goesOn.finish();
  while ((wire?.waiting.length ?? 0) > 0) answer(wire?.waiting[0], 'b');
  t.same(texts(await Promise.all([early, final, ...guesses])), ['b', 'b', 'a', 'b']);
  const streams = wire?.streams ?? [];
  t.equal(streams[3]?.samples, SECOND.length + FRAME.length, 'all of it was decoded');
});

void t.test('nothing is sent to a worker that was not asked', async (t) => {
  const { wires, listen } = office(true, 1);
  const utterance = listen();
  for (let at = 0; at < 100; at += 1) utterance.push(FRAME);
  t.equal(wires[0]?.streams.length, 0);
  const guess = utterance.speculate();
  t.same([wires[0]?.streams[0]?.messages, wires[0]?.streams[0]?.samples], [2, 2 * SECOND.length]);
  answer(wires[0]?.waiting[0], 'said');
  t.equal(await utterance.finish(), await guess);
});

void t.test('a stuck worker costs three seconds, and another one is asked', async (t) => {
  const { clock, wires, listen } = office(true);
  const utterance = listen();
  utterance.push(SECOND);
  const final = utterance.finish();
  const [stuck, well] = wires;
  t.equal(stuck?.waiting.length, 1);
  clock.advance(2999);
  t.equal(well?.streams.length, 0);
  clock.advance(1);
  clock.advance(50);
  t.equal(stuck?.streams[0]?.cancelled, true);
  t.equal(well?.streams[0]?.samples, SECOND.length, 'what is kept is sent again');
  const another = listen();
  another.push(SECOND);
  const guess = another.speculate();
  t.equal(well?.streams.length, 2, 'the stuck one is avoided');
  for (const seen of well?.waiting ?? []) answer(seen, 'said');
  t.same(texts(await Promise.all([final, guess])), ['said', 'said']);
});

void t.test('a worker that answers others is busy, not stuck', async (t) => {
  const { clock, wires, listen } = office(true, 1);
  const [wire] = wires;
  const utterances = [listen(), listen()];
  for (const one of utterances) one.push(SECOND);
  const finals = utterances.map((one) => one.finish());
  clock.advance(2500);
  answer(wire?.waiting[0], 'first');
  clock.advance(2500);
  t.equal(wire?.streams[1]?.cancelled, false, 'the second had to wait for the first');
  answer(wire?.streams[1], 'second');
  t.same(texts(await Promise.all(finals)), ['first', 'second']);
});

void t.test('when all are stuck the question is given up', async (t) => {
  const { clock, listen } = office(true);
  const utterance = listen();
  utterance.push(SECOND);
  const asked = t.rejects(utterance.finish(), { code: 'SPEECH_STALLED' });
  clock.advance(8000);
  await asked;
});

void t.test('a worker that dies costs a re-send from the ring', async (t) => {
  for (const lazy of [true, false]) {
    const { clock, wires, listen } = office(lazy);
    const utterance = listen();
    for (let second = 0; second < 3; second += 1) utterance.push(SECOND);
    const guess = utterance.speculate();
    const [dead, well] = wires;
    dead?.streams[0]?.receiver.error(wireErrors.make('UNREACHABLE', { place: 'x' }));
    clock.advance(50);
    t.equal(well?.streams[0]?.samples, 3 * SECOND.length);
    answer(well?.waiting[0], 'said');
    t.equal((await guess).text, 'said');
  }
});

void t.test('a worker that decodes as it hears gets pieces, and no more than it takes', (t) => {
  const { wires, listen } = office(false, 1);
  const [wire] = wires;
  const utterance = listen();
  for (let at = 0; at < 50; at += 1) utterance.push(FRAME);
  t.same([wire?.streams[0]?.messages, wire?.streams[0]?.samples], [5, SECOND.length]);
  if (wire !== undefined) wire.takes = 5;
  for (let at = 0; at < 250; at += 1) utterance.push(FRAME);
  t.equal(wire?.streams[0]?.messages, 10, 'one second is outstanding, the rest waits in the ring');
  const asked = utterance.finish();
  t.equal(wire?.streams[0]?.samples, 6 * SECOND.length, 'the end wants all of it');
  answer(wire?.waiting[0], 'said');
  return asked;
});

void t.test(
  'who wants text meanwhile gets it, and still changes to a free worker at the end',
  async (t) => {
    const { wires, listen } = office(true);
    const [first, second] = wires;
    const heard: string[] = [];
    const watched = listen((text) => heard.push(text));
    watched.push(SECOND);
    const [stream] = first?.streams ?? [];
    t.equal(stream?.partials, true, 'its audio goes to a worker at once');
    t.equal(stream?.samples, SECOND.length);
    const partial = { text: 'so far', words: [], confidence: 0 };
    stream?.receiver.message({
      partial: { ...partial, engine: 'fake', secondsAudio: 0, secondsCpu: 0 },
    });
    t.strictSame(heard, ['so far']);
    // Others, who want no text, keep the first worker busy.
    const others = [listen(), listen(), listen()];
    for (const other of others) other.push(SECOND);
    const guesses = others.map((other) => other.speculate());
    while ((second?.waiting.length ?? 0) > 0) answer(second?.waiting[0], 'other');
    const final = watched.finish();
    const moved = second?.streams.at(-1);
    t.strictSame(moved?.asked, ['finish'], 'the free one is asked');
    t.equal(moved?.samples, SECOND.length, 'with all of the audio');
    t.equal(moved?.partials, false, 'and told nothing of looks');
    t.ok(stream?.cancelled);
    answer(moved, 'all of it');
    t.equal((await final).text, 'all of it');
    for (const wire of wires) while (wire.waiting.length > 0) answer(wire.waiting[0], 'other');
    await Promise.all(guesses);
  },
);

void t.test(
  'an answer has the time since it was asked for, and that which its worker says',
  async (t) => {
    const { clock, wires, listen } = office(true, 1);
    const utterance = listen();
    utterance.push(SECOND);
    const guess = utterance.speculate();
    const askedAt = clock.monotonic();
    clock.advance(400);
    const seen = wires[0]?.waiting[0];
    seen?.asked.shift();
    const told = { text: 'yes', words: [], confidence: 1, engine: 'fake', secondsAudio: 1 };
    seen?.receiver.message({ speculative: { ...told, secondsCpu: 0, secondsWorking: 0.15 } });
    const { times } = await guess;
    t.strictSame(times, { askedAt, answeredAt: askedAt + 400, workedMs: 150 });
    utterance.push(FRAME);
    const silent = utterance.speculate();
    answer(wires[0]?.waiting[0], 'no');
    t.equal((await silent).times, undefined, 'who tells nothing has none');
  },
);
