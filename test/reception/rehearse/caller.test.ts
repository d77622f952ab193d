import t, { type Test } from 'tap';
import { systemClock } from '../../../agent/clock.js';
import { Phone, type PhoneSettings } from '../../../agent/reception/rehearse/caller.js';
import { noImpairments } from '../../../agent/reception/rehearse/impairments.js';
import { G722, PCMA } from '../../../agent/reception/rehearse/sdp.js';
import { share, tone } from './tone.js';

const clock = systemClock();

/** Two telephones on loopback; both are stopped after the test. */
async function pair(
  t: Test,
  caller: Partial<PhoneSettings> = {},
  called: Partial<PhoneSettings> = {},
): Promise<{ a: Phone; b: Phone; uri: string }> {
  const a = new Phone({ clock, user: 'caller', displayName: 'A "caller"', ...caller });
  const b = new Phone({ clock, user: 'office', ...called });
  await a.start();
  await b.start();
  t.teardown(async () => {
    await a.stop();
    await b.stop();
  });
  return { a, b, uri: `sip:office@127.0.0.1:${b.address.port}` };
}

void t.test('a call with sound and keys both ways, ended by BYE', async (t) => {
  for (const codecs of [undefined, [PCMA]]) {
    const { a, b, uri } = await pair(t, codecs === undefined ? {} : { codecs });
    const seen: string[] = [];
    const out = await a.call(uri, undefined, {
      ringing: () => seen.push('ringing'),
      answered: () => seen.push('answered'),
      ended: ({ by, status }) => seen.push(`ended by ${by} ${status}`),
    });
    const incoming = await b.nextCall(2000);
    t.ok(incoming, 'the call arrives');
    incoming!.ring();
    await incoming!.answer();
    t.ok(await out.untilAnswered(2000));
    const [said] = await Promise.all([out.say(tone(440, 600)), incoming!.say(tone(1000, 600))]);
    t.ok(said.whole);
    await Promise.all([out.press('5'), incoming!.press('#')]);
    await out.press('0');
    t.ok(await out.audio.until(() => incoming!.keys.length === 2, 1000));
    t.strictSame([...incoming!.keys], ['5', '0']);
    t.strictSame([...out.keys], ['#']);
    await out.hangUp();
    t.ok(await incoming!.untilEnded(1000));
    t.strictSame(incoming!.outcome, { by: 'them', status: 200 });
    t.strictSame(seen, ['ringing', 'answered', 'ended by us 200']);
    const heard = incoming!.audio.recording.channels();
    t.ok(share(heard.heard, 440) > 0.95, 'the called side hears the caller');
    t.ok(share(out.audio.recording.channels().heard, 1000) > 0.95, 'and the other way round');
    t.equal(heard.heard.length, heard.said.length);
    const { missing, received, dropped } = incoming!.audio.counts;
    t.strictSame([missing, dropped], [0, 0]);
    t.ok(received > 40);
  }
});

void t.test('a call in wide band: what no narrow line carries is heard', async (t) => {
  const { a, b, uri } = await pair(t, { codecs: [G722] }, { codecs: [G722] });
  const out = await a.call(uri);
  const incoming = (await b.nextCall(2000))!;
  await incoming.answer();
  await out.untilAnswered(2000);
  const high = Int16Array.from({ length: 16_000 }, (_, at) =>
    Math.round(8000 * Math.sin((2 * Math.PI * 6000 * at) / 16_000)),
  );
  const said = await out.say(high);
  t.ok(Math.abs(said.endMs - said.startMs - 1000) < 60, 'a second at 16 kHz is a second');
  await clock.sleep(100);
  await out.hangUp();
  const { recording } = incoming.audio;
  t.equal(recording.rate, 16_000);
  // `share` counts in turns of 8 kHz: 6 kHz at 16 kHz is its 3 kHz.
  t.ok(share(recording.channels().heard, 3000) > 0.9);
});

void t.test('no codec in common: the call is not taken', async (t) => {
  const { a, b, uri } = await pair(t, { codecs: [G722] });
  const out = await a.call(uri);
  const incoming = (await b.nextCall(2000))!;
  await t.rejects(incoming.answer(), { code: 'REHEARSE_NO_CODEC' });
  incoming.reject(488, 'Not Acceptable Here');
  t.ok(await out.untilEnded(1000));
});

void t.test(
  'the recording keeps to the wall clock: what was said is heard at that time',
  async (t) => {
    const { a, b, uri } = await pair(t);
    const out = await a.call(uri);
    const incoming = (await b.nextCall(2000))!;
    await incoming.answer();
    await out.untilAnswered(2000);
    await clock.sleep(300);
    const offset = incoming.audio.nowMs - out.audio.nowMs;
    const said = await out.say(tone(440, 300));
    await clock.sleep(100);
    await out.hangUp();
    const { heard } = incoming.audio.recording.channels();
    const first = heard.findIndex((sample) => Math.abs(sample) > 1000) / 8;
    t.ok(
      Math.abs(first - (said.startMs + offset)) < 45,
      `${first} against ${said.startMs + offset}`,
    );
  },
);

void t.test('CANCEL before the answer, and a refusal', async (t) => {
  const { a, b, uri } = await pair(t);
  const out = await a.call(uri);
  const incoming = (await b.nextCall(2000))!;
  incoming.ring();
  await out.hangUp();
  t.strictSame(out.outcome, { by: 'us', status: 487 });
  t.ok(await incoming.untilEnded(1000));
  t.strictSame(incoming.outcome, { by: 'them', status: 487 });
  await t.rejects(incoming.answer(), { code: 'REHEARSE_CALL_OVER' });
  await t.rejects(out.say(tone(440, 100)), { code: 'REHEARSE_CALL_OVER' });

  const second = await a.call(uri);
  (await b.nextCall(2000))!.reject();
  t.ok(await second.untilEnded(1000));
  t.strictSame(second.outcome, { by: 'them', status: 486 });
  t.notOk(await second.untilAnswered(100));
});

void t.test('hanging up at once: the CANCEL waits for the first response', async (t) => {
  const { a, b, uri } = await pair(t);
  const out = await a.call(uri);
  await out.hangUp();
  t.strictSame(out.outcome, { by: 'us', status: 487 });
  const incoming = (await b.nextCall(1000))!;
  t.ok(await incoming.untilEnded(1000));
});

void t.test('a call cut while something is said tells that it was not said whole', async (t) => {
  const { a, b, uri } = await pair(t);
  const out = await a.call(uri);
  const incoming = (await b.nextCall(2000))!;
  await incoming.answer();
  await out.untilAnswered(2000);
  const saying = out.say(tone(440, 5000));
  await clock.sleep(300);
  await incoming.hangUp();
  const said = await saying;
  t.notOk(said.whole);
  t.ok(said.endMs - said.startMs < 2000);
  t.strictSame(out.outcome, { by: 'them', status: 200 });
});

void t.test('loss, lateness, noise and echo of the own stream', async (t) => {
  const { a, b, uri } = await pair(t, {
    impairments: {
      ...noImpairments,
      sending: { lossPercent: 20, lossBurst: 1, jitterMs: 30 },
      noiseDb: -40,
      echo: { db: -6, delayMs: 100 },
    },
    seed: 7,
  });
  const out = await a.call(uri);
  const incoming = (await b.nextCall(2000))!;
  await incoming.answer();
  await out.untilAnswered(2000);
  await incoming.say(tone(1000, 1500));
  await clock.sleep(200);
  await out.hangUp();
  const { sent, dropped } = out.audio.counts;
  t.ok(dropped > sent * 0.05 && dropped < sent * 0.4, `${dropped} of ${sent} dropped`);
  // The last packets cannot be missed: nothing came after them.
  const { missing } = incoming.audio.counts;
  t.ok(missing <= dropped && missing >= dropped - 6, `${missing} missed`);
  const back = incoming.audio.recording.channels().heard.slice(4800, 9600);
  t.ok(share(back, 1000) > 0.5, 'the called side hears its own tone come back');
  const own = out.audio.recording.channels().said;
  t.ok(
    own.every((sample) => sample === 0),
    'what the caller itself said stays clean',
  );
});

void t.test(
  'a telephone that sends nothing in silence, and a line that loses what comes',
  async (t) => {
    const { a, b, uri } = await pair(t, {
      impairments: {
        ...noImpairments,
        receiving: { lossPercent: 40, lossBurst: 1, jitterMs: 10 },
        dtx: 'nothing',
      },
      seed: 7,
    });
    const out = await a.call(uri);
    const incoming = (await b.nextCall(2000))!;
    await incoming.answer();
    await out.untilAnswered(2000);
    await clock.sleep(600);
    await out.say(tone(1000, 400));
    await clock.sleep(800);
    await out.say(tone(1000, 400));
    await out.hangUp();
    const { sent, missing } = out.audio.counts;
    const { heard } = incoming.audio.recording.channels();
    // Two words of 400 ms and, after all but the last, the 200 ms that a gate stays open.
    t.ok(sent >= 55 && sent <= 85, `${sent} packets for 2.2 s`);
    t.equal(incoming.audio.counts.missing, 0, 'what was never sent is not lost');
    const word = (from: number): boolean => share(heard.slice(from, from + 1600), 1000) > 0.5;
    const starts = [...heard.keys()].filter((i) => i % 800 === 0 && word(i));
    const apart = (starts.find((i) => i > (starts[0] ?? 0) + 6400) ?? 0) - (starts[0] ?? 0);
    t.ok(Math.abs(apart - 9600) <= 1600, `words are ${apart / 8} ms apart, as they were said`);
    t.ok(missing > 20, `${missing} of what came were lost`);
  },
);

void t.test('nobody calls, and nobody is there', async (t) => {
  const { a, b } = await pair(t);
  t.equal(await b.nextCall(50), undefined);
  await t.rejects(a.call('tel:123'), { code: 'REHEARSE_BAD_ADDRESS' });
});
