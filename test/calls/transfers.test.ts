import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { lacking, Office } from './office.js';
import type { Phone, PhoneCall } from '../../agent/reception/rehearse/caller.js';

/** Share of the energy of 8 kHz `pcm` that is at `hz` (Goertzel). */
function share(pcm: Int16Array, hz: number): number {
  let [real, imaginary, all] = [0, 0, 0];
  pcm.forEach((sample, at) => {
    real += sample * Math.cos((2 * Math.PI * hz * at) / 8_000);
    imaginary += sample * Math.sin((2 * Math.PI * hz * at) / 8_000);
    all += sample * sample;
  });
  return all === 0 ? 0 : (2 * (real * real + imaginary * imaginary)) / (pcm.length * all);
}

const tone = (hz: number, ms: number): Int16Array =>
  Int16Array.from({ length: ms * 8 }, (_, at) => 8_000 * Math.sin((2 * Math.PI * hz * at) / 8_000));

/** How many windows of 100 ms of what `call` heard since `fromMs` are the tone `hz`. */
const heardTone = (call: PhoneCall, hz: number, fromMs = 0): number => {
  const heard = call.audio.recording.channels().heard.subarray(fromMs * 8);
  let count = 0;
  for (let at = 0; at + 800 <= heard.length; at += 800) {
    if (share(heard.subarray(at, at + 800), hz) > 0.8) count += 1;
  }
  return count;
};

const wide = (pcm: Int16Array): Int16Array => {
  const twice = new Int16Array(pcm.length * 2);
  pcm.forEach((sample, at) => twice.fill(sample, at * 2, at * 2 + 2));
  return twice;
};

t.test('announced transfers', { skip: lacking, timeout: 400_000 }, async (t) => {
  const office = await Office.open(
    { VESTIBULE_NOW: '2026-11-24T10:00:00Z' },
    'example-office.yaml',
    {},
    {},
    {
      dialogue: {
        transfer: { mode: 'announced', whenMissed: 'offer' },
        departments: [
          { id: 'doctors', name: 'the doctors', members: ['carter', 'okafor'], ring: 'all' },
        ],
      },
    },
  );
  t.teardown(() => office.close());
  const phones = new Map<string, Phone>();
  for (const number of ['201', '202', '203']) phones.set(number, await office.phone(number));
  t.teardown(() => Promise.all([...phones.values()].map((one) => one.stop())));
  const caller = await office.phone('209');
  t.teardown(() => caller.stop());
  const at = (number: string): Phone => phones.get(number)!;

  /** A caller who has heard the notice and presses 0. */
  async function asked(): Promise<PhoneCall> {
    const call = await caller.call('sip:reception@127.0.0.1', office.registrar);
    t.ok(await call.untilAnswered(10_000));
    await sleep(1_500);
    await call.press('0');
    return call;
  }
  /** The telephone with `number` rings and is answered. */
  async function answers(number: string): Promise<PhoneCall> {
    const call = await at(number).nextCall(20_000);
    if (call === undefined) throw new Error(`${number} did not ring\n${office.log.slice(-3000)}`);
    call.ring();
    await call.answer();
    return call;
  }
  const saidTo = async (call: PhoneCall): Promise<string> =>
    office.transcribe(wide(call.audio.recording.channels().heard));

  await t.test('told who calls; 1 takes the call; both hear each other at once', async (t) => {
    const call = await asked();
    const person = await answers('201');
    await sleep(11_000);
    t.match(await saidTo(person), /on the line/iu, 'who calls');
    await person.press('1');
    const pressed = person.audio.nowMs;
    const pressedAtCaller = call.audio.nowMs;
    await Promise.all([person.say(tone(440, 1_500)), call.say(tone(620, 1_500))]);
    await sleep(500);
    t.ok(heardTone(call, 440, pressedAtCaller) >= 10, 'the caller hears the person');
    t.ok(heardTone(person, 620, pressed) >= 10, 'the person hears the caller');
    const speech = await office.synthesise('We will call you back about the invoice tomorrow.');
    await person.say(Int16Array.from({ length: speech.length / 2 }, (_, i) => speech[i * 2] ?? 0));
    await sleep(2_000);
    await person.hangUp();
    t.ok(await call.untilEnded(5_000), 'the line is closed after the talk');
    const stored = await office.closedCall();
    t.equal(stored.outcome, 'transferred');
    const reasons = stored.decisions.map(({ reason }) => reason);
    t.ok(reasons.includes('talk.connected') && reasons.includes('talk.recorded'), reasons.join());
    t.ok(reasons.includes('person.talked'));
    const told = stored.utterances.filter(({ person: who }) => who === 'reception');
    t.match(
      told.map(({ text }) => text).join(' '),
      /invoice/iu,
      'what the person said is written down',
    );
    await office.untilEmpty();
  });
});
