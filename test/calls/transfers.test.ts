import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { systemClock } from '../../agent/clock.js';
import { Phone, type PhoneCall } from '../../agent/reception/rehearse/caller.js';
import { install } from '../../agent/telephony/join/installer.js';
import { snippetsOf } from '../../agent/telephony/join/snippets.js';
import { BootedPbx, freePort } from '../telephony/pbx/booted.js';
import { hears as heardBy, narrow } from './faults-tools.js';
import { lacking, Office } from './office.js';
import { share } from './tones.js';

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

/** When `call` first heard the tone `hz` for 60 ms after `fromMs`, in milliseconds after it. */
function firstTone(call: PhoneCall, hz: number, fromMs: number): number {
  const { heard } = call.audio.recording.channels();
  for (let at = fromMs * 8; at + 480 <= heard.length; at += 80) {
    if (share(heard.subarray(at, at + 480), hz) > 0.6) return Math.round(at / 8 - fromMs);
  }
  return Infinity;
}

/** The telephone of a PBX elsewhere, with an address of its own. */
async function branchPhone(t: import('tap').Test, branch: BootedPbx): Promise<Phone> {
  const password = branch.rendered.secrets.extensions['301'] ?? '';
  const phone = new Phone({
    ...{ clock: systemClock(), user: '301', host: '127.0.0.3' },
    credentials: { user: '301', password },
  });
  await phone.start();
  t.teardown(() => phone.stop());
  await phone.register(branch.server);
  return phone;
}

t.test('people', { skip: lacking, timeout: 560_000 }, async (t) => {
  const branchPort = await freePort();
  const office = await Office.open(
    { VESTIBULE_NOW: '2026-11-24T10:00:00Z' },
    'example-office.yaml',
    {},
    {},
    {
      dialogue: {
        transfer: { mode: 'announced' },
        defaultTarget: 'reception',
        transferTargets: [
          { id: 'reception', name: 'the reception desk', extension: '201', fallback: 'doctors' },
          { id: 'carter', name: 'Dr Emily Carter', extension: '202' },
          { id: 'okafor', name: 'Nurse Daniel Okafor', extension: '203' },
          { id: 'branch', name: 'the branch', extension: '301', transfer: { mode: 'blind' } },
        ],
        departments: [
          ...[{ id: 'doctors', name: 'the doctors', members: ['carter', 'okafor'], ring: 'all' }],
        ],
        emergencyTarget: 'branch',
      },
      pbx: {
        trunks: [{ id: 'branch', host: '127.0.0.2', port: branchPort, outbound: true }],
      },
    },
  );
  t.teardown(() => office.close());
  const phones = new Map<string, Phone>();
  for (const number of ['201', '202', '203', '209']) phones.set(number, await office.phone(number));
  t.teardown(() => Promise.all([...phones.values()].map((one) => one.stop())));

  /** A caller who has heard the notice, and so is recorded, asks for a person. */
  async function asked(): Promise<PhoneCall> {
    const call = await phoneOf('209').call('sip:reception@127.0.0.1', office.registrar);
    t.ok(await call.untilAnswered(15_000));
    await hears(call, /help you/iu);
    await call.press('0');
    return call;
  }
  const phoneOf = (number: string): Phone => {
    const found = phones.get(number);
    if (found === undefined) throw new Error(`no telephone ${number}`);
    return found;
  };
  /** The telephone with `number` rings; it is answered by `answer`. */
  async function rings(phone: Phone, withinMs = 25_000): Promise<PhoneCall> {
    const call = await phone.nextCall(withinMs);
    if (call === undefined) throw new Error(`it did not ring\n${office.log.slice(-3000)}`);
    call.ring();
    return call;
  }
  async function answers(number: string): Promise<PhoneCall> {
    const call = await rings(phoneOf(number));
    await call.answer();
    return call;
  }
  const hears = (call: PhoneCall, words: RegExp): Promise<void> => heardBy(office, call, words);
  /** Both say a tone to each other, and hear the other's. */
  async function together(t: import('tap').Test, one: PhoneCall, other: PhoneCall): Promise<void> {
    const [from, to] = [one.audio.nowMs, other.audio.nowMs];
    await Promise.all([one.say(tone(440, 1_500)), other.say(tone(620, 1_500))]);
    await sleep(400);
    t.ok(heardTone(one, 620, from) >= 8, 'the first hears the second');
    t.ok(heardTone(other, 440, to) >= 8, 'the second hears the first');
  }

  await t.test(
    'told who calls, one takes the call, a third joins; recorded and written down',
    async (t) => {
      const call = await asked();
      const person = await answers('201');
      await hears(person, /on the line/iu);
      // The caller speaks on and on: when is the first of it heard, once the person has accepted?
      const speaking = call.say(tone(620, 3_000));
      await person.press('1');
      const [pressed, atCaller] = [person.audio.nowMs, call.audio.nowMs];
      await Promise.all([speaking, person.say(tone(440, 1_500))]);
      await sleep(300);
      const ms = [firstTone(person, 620, pressed), firstTone(call, 440, atCaller)];
      t.ok(
        ms.every((one) => one < 3_000),
        'both hear each other',
      );
      t.comment(
        `accepted to heard by the person ${String(ms[0])} ms, by the caller ${String(ms[1])} ms`,
      );
      const speech = await office.synthesise('We will call you back about the invoice tomorrow.');
      await person.say(narrow(speech));
      for (const key of '*3202#') await person.press(key);
      const third = await answers('202');
      await hears(third, /join a call/iu);
      await third.press('1');
      await sleep(1_000);
      await together(t, call, third);
      await person.hangUp();
      await together(t, call, third);
      await third.hangUp();
      t.ok(await call.untilEnded(8_000), 'the line is closed after the talk');
      const stored = await office.closedCall();
      t.equal(stored.outcome, 'transferred');
      const reasons = stored.decisions.map(({ reason }) => reason);
      for (const one of ['asked', 'recorded', 'connected', 'joined', 'left'])
        t.ok(reasons.includes(`talk.${one}`), one);
      const told = stored.utterances.filter(({ person: who }) => who === 'reception');
      t.match(
        told.map(({ text }) => text).join(' '),
        /call you back/iu,
        'the words of the person are kept',
      );
      await office.untilEmpty();
    },
  );

  await t.test(
    'declined by voice: the next two ring at once, and one wants a message',
    async (t) => {
      const call = await asked();
      const person = await answers('201');
      await hears(person, /on the line/iu);
      const no = narrow(await office.synthesise('No, thank you.'));
      const next = Promise.all(['202', '203'].map((number) => rings(phoneOf(number), 60_000)));
      const asking = { over: false };
      const over = (): void => {
        asking.over = true;
      };
      next.then(over, over);
      // Said into the announcement it is no answer: it is said until it is one, and the next ones ring.
      while (!asking.over) {
        await person.say(no).catch(() => undefined);
        await Promise.race([next.catch(() => undefined), sleep(2_500)]);
      }
      const [carter, okafor] = await next;
      if (carter === undefined || okafor === undefined) throw new Error('they did not ring');
      await okafor.answer();
      await hears(okafor, /on the line/iu);
      await okafor.press('3');
      t.ok(await carter.untilEnded(8_000), 'the other rings no longer');
      t.ok(await person.untilEnded(8_000), 'whoever declined is let go');
      await hears(call, /nobody could be reached|your name/iu);
      await call.hangUp();
      const stored = await office.closedCall();
      const events = stored.decisions.map(({ event }) => event).join(' ');
      t.match(events, /"declined"[^]*"voicemail"/u, 'both outcomes are in the journal');
      await office.untilEmpty();
    },
  );

  await t.test('another Asterisk: it calls us, and a caller is handed back to it', async (t) => {
    const port = office.sipPort;
    const branch = await BootedPbx.boot(
      t,
      {
        sip: { bind: '127.0.0.2', port: branchPort },
        extensions: [{ number: '301', name: 'Branch' }],
        fallbackRing: [],
      },
      (etc) => {
        // As an administrator does: our snippet, and one line that sends a number to it.
        install(etc, snippetsOf('asterisk', { host: '127.0.0.1', port, extension: '300' }));
        const line = 'exten => 300,1,Goto(vestibule-reception,300,1)';
        appendFileSync(join(etc, 'extensions.conf'), `\n[vestibule-internal]\n${line}\n`);
      },
    );
    const phone = await branchPhone(t, branch);
    const call = await phone.call('sip:300@127.0.0.2', branch.server);
    t.ok(await call.untilAnswered(15_000), 'the receptionist answers the branch');
    await hears(call, /Riverside/iu);
    await call.hangUp();
    const stored = await office.closedCall();
    t.equal(stored.endedBy, 'caller');
    await office.untilEmpty();

    const caller = await phoneOf('209').call('sip:reception@127.0.0.1', office.registrar);
    t.ok(await caller.untilAnswered(15_000));
    await hears(caller, /help you/iu);
    const words = await office.synthesise('Please connect me with the branch.');
    await caller.say(narrow(words));
    const handed = await rings(phone);
    await handed.answer();
    await sleep(1_000);
    await together(t, caller, handed);
    await handed.hangUp();
    t.ok(await caller.untilEnded(8_000));
    await office.untilEmpty();
  });
});
