import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { systemClock } from '../../agent/clock.js';
import { Events } from '../../agent/events.js';
import { silentLog } from '../../agent/log.js';
import { Traces } from '../../agent/monitoring/traces.js';
import { Visit, type Exchange, type VisitParts } from '../../agent/reception/visit.js';
import type { Understood } from '../../agent/understanding/ports.js';
import { dialogueOf } from '../dialogue/office.js';
import { FakeLine } from '../fakes/line.js';
import { FakeRecords } from '../fakes/records.js';
import { FakeRecogniser, FakeVoiceActivity } from '../fakes/speech.js';
import { CANARY, CANARY_NUMBER } from '../records/canary.js';
import { collector, factsOf, lengthOf } from './collector.js';

class OpenLine extends FakeLine {
  open(): Promise<void> {
    return Promise.resolve();
  }
}

const clock = systemClock();
const nothing = (): Promise<void> => Promise.resolve();
const understoodAs = (intent: string): Understood => ({
  ...{ intent, score: 0.9, alternatives: [], slots: {} },
  ...{ emergency: false, faq: undefined },
});

/** A call of the test office, whose time goes to `traces`. */
async function call(traces: Traces) {
  const line = new OpenLine();
  const [vad, recogniser] = [new FakeVoiceActivity(), new FakeRecogniser()];
  let intent = 'oos';
  let fails = false;
  const ari: Exchange = {
    events: new Events(silentLog),
    ...{ answer: nothing, hangUp: nothing, setVariable: nothing, watch: nothing },
    ...{ stands: () => Promise.resolve(true), continueAt: nothing },
  };
  const parts: VisitParts = {
    ...{ ari, traces, vad, recogniser, clock, log: silentLog, records: new FakeRecords() },
    ear: () => line,
    extensionOf: () => '201',
    recording: false,
    contactNumber: () => CANARY_NUMBER,
    configuration: () => undefined,
    dialogue: dialogueOf(),
    understanding: {
      danger: () => undefined,
      understand: () =>
        fails ? Promise.reject(new Error(CANARY)) : Promise.resolve(understoodAs(intent)),
    },
    render: async function* (_, heard) {
      const askedAt = clock.monotonic();
      await sleep(5);
      heard.told?.({ askedAt, answeredAt: clock.monotonic(), workedMs: 2 });
      yield new Int16Array(16_000);
    },
    language: 'en',
    silenceMs: 60_000,
  };
  const channel = {
    ...{ id: 'channel', name: 'SIP', state: 'Up' },
    caller: { name: CANARY, number: CANARY_NUMBER },
    dialplan: { context: 'in', exten: CANARY_NUMBER, app_name: '', app_data: '' },
  };
  const id = randomUUID();
  const visit = new Visit(id, channel, parts, () => undefined);
  await visit.start();
  /** Waits until something is being said, and has the caller hear all of it. */
  const hears = async (): Promise<void> => {
    for (let tries = 0; line.playing === undefined && tries < 500; tries += 1) await sleep(2);
    for (let tries = 0; line.playing?.ended !== true && tries < 500; tries += 1) await sleep(2);
    line.hears(new Int16Array(320), clock.monotonic() - startedAt);
    line.playing?.hear();
    await sleep(5);
  };
  const startedAt = clock.monotonic();
  const says = async (text: string, meant: string, broken = false): Promise<void> => {
    recogniser.text = text;
    // Its worker took a while; a trial of it may have begun before the turn was over.
    const askedAt = clock.monotonic() - 40;
    recogniser.times = () => ({ askedAt, answeredAt: clock.monotonic(), workedMs: 3 });
    [intent, fails] = [meant, broken];
    vad.tell(true, 640);
    vad.tell(false, 960);
    await sleep(10);
  };
  return { id, visit, hears, says };
}

const tracesTo = (url: string): Traces =>
  new Traces({
    settings: { collector: url, authority: '' },
    version: '1.2.3',
    clock,
    log: silentLog,
  });

await t.test('where the time of a call goes, and nothing of what it was about', async (t) => {
  const receiver = await collector(t);
  const traces = tracesTo(receiver.url);
  await traces.start();
  const { id, visit, hears, says } = await call(traces);
  await hears();
  await hears();
  await says(`a person please, my name is ${CANARY}`, 'person.transfer');
  await hears();
  for (let tries = 0; visit.state !== 'with-person' && tries < 500; tries += 1) await sleep(2);
  await visit.returned('no-answer');
  await hears();
  await says(`it is ${CANARY_NUMBER} ${CANARY}`, 'message.leave', true);
  await visit.end('caller');
  await traces.stop();

  const { spans } = receiver;
  t.ok(receiver.asked.every((one) => one === 'POST /v1/traces application/json'));
  const names = spans.map(({ name }) => name);
  for (const name of [
    ...['call', 'ring', 'answer', 'notice', 'turn', 'recognition', 'understanding', 'voice'],
    ...['transfer', 'record', 'queue', 'decoding', 'synthesis'],
  ]) {
    t.ok(names.includes(name), name);
  }
  t.equal(names.filter((name) => name === 'call').length, 1);
  t.strictSame(
    [...new Set(spans.map(({ traceId }) => traceId))],
    [id.replaceAll('-', '')],
    'the trace has the call’s id',
  );
  const root = spans.find(({ name }) => name === 'call')!;
  t.ok(root.parentSpanId === undefined || root.parentSpanId === '');
  t.match(factsOf(root), { ended_by: 'caller', language: 'en', outcome: /^[a-z]+$/u });
  const parentOf = new Map(spans.map(({ spanId, name }) => [spanId, name]));
  const under = (name: string): readonly (string | undefined)[] => [
    ...new Set(
      spans.filter((one) => one.name === name).map((one) => parentOf.get(one.parentSpanId ?? '')),
    ),
  ];
  for (const name of ['ring', 'answer', 'notice', 'turn', 'transfer', 'record']) {
    t.strictSame(under(name), ['call'], `${name} is a part of the call`);
  }
  for (const name of ['recognition', 'understanding']) t.strictSame(under(name), ['turn'], name);
  t.strictSame(under('voice').toSorted(), ['notice', 'turn']);
  t.strictSame(
    under('queue').toSorted(),
    ['recognition', 'voice'],
    'a worker’s turn is waited for',
  );
  t.strictSame(under('decoding'), ['recognition']);
  t.strictSame(under('synthesis'), ['voice']);
  const worked = spans.filter(({ name }) => name === 'synthesis').map(lengthOf);
  t.ok(
    worked.every((ms) => Math.abs(ms - 2) < 0.1),
    'as long as the worker says that it worked',
  );
  t.strictSame(factsOf(spans.find(({ name }) => name === 'transfer')!), {
    ...{ how: 'blind', outcome: 'no-answer' },
  });
  t.match(factsOf(spans.find(({ name }) => name === 'recognition')!), {
    engine: 'fake',
    audio_ms: 1000,
  });
  t.ok(
    spans.some((one) => one.name === 'understanding' && factsOf(one).failed === true),
    'understanding that failed is marked',
  );
  for (const one of spans) {
    t.ok(lengthOf(one) >= 0, `${one.name} does not end before it begins`);
    t.ok(
      BigInt(one.startTimeUnixNano) >= BigInt(root.startTimeUnixNano),
      `${one.name} is in the call`,
    );
    t.ok(BigInt(one.endTimeUnixNano) <= BigInt(root.endTimeUnixNano), `${one.name} ends with it`);
  }
  // The extension as a value: ids and times have any digits.
  const told = [CANARY, CANARY_NUMBER, '442079460123', '"201"', 'person.transfer', 'message'];
  for (const word of told) {
    t.notOk(receiver.all.includes(word), `no ${word}`);
  }
  const known = new Set(spans.flatMap((one) => Object.keys(factsOf(one))));
  t.strictSame(
    [...known].toSorted(),
    ['audio_ms', 'cpu_ms', 'ended_by', 'engine', 'failed', 'how', 'language', 'outcome', 'whole'],
    'no other attributes than those of the guide',
  );
});

await t.test('without a collector nothing is traced, and a lost one keeps no call', async (t) => {
  const none = tracesTo('');
  await none.start();
  t.equal(none.of('one', 0), undefined);
  await none.stop();
  const lost = tracesTo('http://127.0.0.1:1');
  await lost.start();
  const { visit, hears } = await call(lost);
  await hears();
  await visit.end('caller');
  await lost.stop();
  t.equal(lost.of('one', 0), undefined, 'stopped, it takes nothing more');
});
