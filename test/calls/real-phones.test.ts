import t, { type Test } from 'tap';
import { rmsDbfs } from '../../agent/audio/level.js';
import type { Phone, PhoneCall } from '../../agent/reception/rehearse/caller.js';
import { freePort, lacking, until } from '../telephony/pbx/booted.js';
import { noBaresip } from './baresip.js';
import { QuickHouse } from './quick-house.js';
import { share } from './tones.js';

/** Resolves once `call` has just heard the tone `hz` for 200 ms. */
const hears = (call: PhoneCall, hz: number): Promise<boolean> =>
  until(
    () => share(call.audio.recording.channels().heard.subarray(-1_600), hz) > 0.7,
    `the tone of ${String(hz)} Hz is heard`,
    15_000,
  );

/** Resolves once `call` has just heard anything for 200 ms: what we say is silence in this house. */
const hearsAnything = (call: PhoneCall, what: string): Promise<boolean> =>
  until(() => rmsDbfs(call.audio.recording.channels().heard.subarray(-1_600)) > -60, what, 15_000);

/** Milliseconds from `fromMs` on until `call` first hears the tone `hz` for 20 ms. */
function firstTone(call: PhoneCall, fromMs: number, hz: number): number {
  const heard = call.audio.recording.channels().heard.subarray(fromMs * 8);
  let at = 0;
  while (at + 160 <= heard.length && share(heard.subarray(at, at + 160), hz) < 0.7) at += 160;
  return at / 8;
}

/** The example people: 202 is Carter, 203 Okafor, 201 the desk. */
const TARGETS = {
  defaultTarget: 'carter',
  emergencyTarget: 'desk',
  transferTargets: [
    { id: 'desk', name: 'the front desk', extension: '201' },
    { id: 'carter', name: 'Dr Emily Carter', extension: '202' },
    { id: 'okafor', name: 'Nurse Daniel Okafor', extension: '203' },
  ],
};
const ANNOUNCED = { ...TARGETS, transfer: { mode: 'announced', waiting: 'silence' } };

void t.test(
  'calls with telephones of another make',
  { skip: lacking || noBaresip, timeout: 240_000 },
  async (t) => {
    const carrier = await freePort();
    const house = await QuickHouse.open(
      t,
      {
        ringSeconds: 8,
        trunks: [{ id: 'carrier', host: '127.0.0.3', port: carrier, outbound: true }],
      },
      ANNOUNCED,
    );
    const carter = await house.telephone('202', 440);
    const okafor = await house.telephone('203', 840);
    const listens = { host: '127.0.0.3', port: carrier };
    const outside = await house.outside('+442079460123', 620, listens);
    /** From the key that takes a call, its 120 ms included, to the person's voice at the caller. */
    const connectedAfter: number[] = [];
    const callers: Phone[] = [await house.pbx.phone('208'), await house.pbx.phone('209')];

    /** A caller who is recorded and asks for a person. */
    async function asks(t: Test, which = 0): Promise<PhoneCall> {
      const caller = callers[which];
      if (caller === undefined) throw new Error('no such caller');
      const call = await caller.call(house.pbx.uri('reception'), house.pbx.server);
      t.ok(await call.untilAnswered(10_000));
      // The notice was heard to its end, and has not been objected to.
      await until(
        () => house.desk.running.length > which && house.desk.running.every((one) => one.consented),
        'the call is recorded',
      );
      await call.press('0');
      return call;
    }
    const ended = async (t: Test, call: PhoneCall): Promise<readonly string[]> => {
      t.ok(await call.untilEnded(10_000), 'the caller’s line is closed');
      const { call: stored, reasons } = await house.closed();
      t.equal(stored.outcome, 'transferred');
      await house.empty();
      return reasons;
    };
    const happened = (reason: string): Promise<boolean> =>
      until(
        async () => {
          const [visit] = house.desk.running;
          return visit !== undefined && (await house.reasons(visit.id)).includes(reason);
        },
        reason,
        10_000,
      );

    /** Carter is asked for the caller of `call`, and takes it. */
    const takes = async (call: PhoneCall): Promise<void> => {
      await carter.rings();
      await carter.answer();
      await happened('talk.asked');
      const from = call.audio.nowMs;
      await carter.press('1');
      await hears(call, 440);
      connectedAfter.push(firstTone(call, from, 440));
    };

    await t.test('hold by the telephone’s own key, and park by *4, are seen', async (t) => {
      const call = await asks(t);
      await takes(call);
      carter.hold();
      await happened('talk.held');
      carter.resume();
      await happened('talk.resumed');
      await hears(call, 440);
      await carter.press('*4');
      await happened('talk.parked');
      await carter.press('*4');
      await happened('talk.unparked');
      await hears(call, 440);
      // A shorter call tells nothing of its sound.
      await until(() => call.audio.nowMs > (call.answeredMs ?? 0) + 2_500, 'enough was said');
      carter.hangUp();
      const reasons = await ended(t, call);
      const { quality } = (await house.closed()).call;
      const figures = { jitterInMs: Number, oneWay: 'none' };
      t.match(quality, figures, 'RTP’s figures are in the record');
      t.equal(quality?.lossOut, undefined, 'and none of RTCP, which our caller does not send');
      const talk = reasons.filter((one) => one.startsWith('talk.')).map((one) => one.slice(5));
      // The caller is told of the recording while the person is told of the caller: either may be first.
      t.same(talk.slice(0, 2).sort(), ['asked', 'recorded']);
      t.same(talk.slice(2), ['connected', 'held', 'resumed', 'parked', 'unparked', 'left']);
    });

    await t.test('REFER: a person’s telephone sends the caller on to another one', async (t) => {
      const call = await asks(t);
      await takes(call);
      await carter.refer(house.pbx.uri('203'));
      await okafor.rings();
      await okafor.answer();
      await happened('talk.joined');
      await hears(call, 840);
      await carter.over();
      t.equal(house.desk.visits, 1, 'the call is still ours');
      okafor.hangUp();
      const reasons = await ended(t, call);
      t.equal(reasons.filter((one) => one === 'talk.sent-on').length, 1);
    });

    await t.test('REFER by somebody who hangs up, to somebody who does not answer', async (t) => {
      const call = await asks(t);
      await takes(call);
      await carter.refer(house.pbx.uri('203'));
      await okafor.rings();
      carter.hangUp();
      await happened('talk.left');
      okafor.hangUp();
      await happened('person.talked');
      // The receptionist serves the caller on: the next wish rings somebody again.
      await call.press('0');
      await carter.rings();
      t.equal(house.desk.visits, 1);
      await call.hangUp();
      await house.closed();
      await house.empty();
    });

    await t.test(
      'REFER to a number that is nobody’s: refused, and told so to the end',
      async (t) => {
        // A telephone that keeps the call, as RFC 3515 has it.
        const desk = await house.pbx.phone('201');
        house.under({ ...ANNOUNCED, defaultTarget: 'desk' });
        const call = await asks(t);
        const rung = await desk.nextCall(20_000);
        await rung?.answer();
        await happened('talk.asked');
        await rung?.press('1');
        await happened('talk.connected');
        rung?.refer(house.pbx.uri('0044207946000'));
        await until(() => rung?.referred.includes(603), 'it is told the end');
        t.equal(rung?.outcome, undefined, 'its call goes on');
        t.equal(house.desk.visits, 1);
        await call.hangUp();
        house.under(ANNOUNCED);
        await house.empty();
        await desk.stop();
      },
    );

    await t.test('blind, and recorded all the same: told, connected at once', async (t) => {
      house.under({ ...TARGETS, transfer: { mode: 'blind', blindRecorded: true } });
      const call = await asks(t);
      await carter.rings();
      await carter.answer();
      await happened('talk.recorded');
      await hears(call, 440);
      carter.hangUp();
      const reasons = await ended(t, call);
      t.ok(reasons.includes('talk.connected'));
      const { id } = (await house.closed()).call;
      const [recording] = await house.reading.recordings.of(id);
      let kept = 0;
      for await (const { samples } of recording?.chunks() ?? []) {
        const person = samples.filter((_, at) => at % 2 === 1);
        // share() is of 8 kHz; the person says it for a fifth of a second.
        const narrow = person.filter((_, at) => at % 2 === 0);
        for (let at = 0; at + 400 <= narrow.length; at += 400)
          if (share(narrow.subarray(at, at + 400), 440) > 0.7) kept += 1;
      }
      t.ok(kept > 0, 'what the person says is in the recording');
      house.under(ANNOUNCED);
    });

    await t.test('no line is free: the network is told that we are busy', async (t) => {
      house.under(ANNOUNCED, { lines: 0, whenFull: 'busy' });
      const call = await callers[0]?.call(house.pbx.uri('reception'), house.pbx.server);
      t.ok(await call?.untilEnded(10_000));
      t.equal(call?.outcome?.status, 486);
      t.equal(call?.answeredMs, undefined, 'and nobody has answered');
      house.under(ANNOUNCED);
      await house.empty();
    });

    await t.test('a ring group: all ring, one takes the call', async (t) => {
      const all = {
        id: 'doctors',
        name: 'the doctors',
        members: ['carter', 'okafor'],
        ring: 'all',
      };
      const ringing = { mode: 'announced', waiting: 'ringing' };
      const group = { defaultTarget: 'doctors', departments: [all], transfer: ringing };
      house.under({ ...TARGETS, ...group });
      const call = await asks(t);
      await Promise.all([carter.rings(), okafor.rings()]);
      await hearsAnything(call, 'the caller hears it ring');
      await okafor.answer();
      await happened('talk.asked');
      await okafor.press('1');
      await carter.over();
      await hears(call, 840);
      okafor.hangUp();
      await ended(t, call);
    });

    await t.test('a queue: who came first is served first', async (t) => {
      const queue = { id: 'line', name: 'the line', members: ['carter'], queueSeconds: 60 };
      // Music, as nothing else is said.
      const music = { mode: 'announced' };
      house.under({ ...TARGETS, transfer: music, defaultTarget: 'line', departments: [queue] });
      const first = await asks(t);
      await takes(first);
      const before = carter.rung;
      const second = await asks(t, 1);
      await until(async () => {
        const [, waiting] = house.desk.running;
        return (
          waiting !== undefined && (await house.reasons(waiting.id)).includes('person.connect')
        );
      }, 'the second one waits');
      t.equal(carter.rung, before, 'nobody is rung twice');
      await hearsAnything(second, 'whoever waits hears music');
      carter.hangUp();
      t.ok(await first.untilEnded(10_000));
      await takes(second);
      carter.hangUp();
      await ended(t, second);
      house.under(ANNOUNCED);
    });

    await t.test('a call back: staff first, then the caller, over the trunk', async (t) => {
      t.comment(`taken by key, heard by the caller after ${connectedAfter.join(', ')} ms`);
      await house.callBack.start({ extension: '202', number: '+442079460123', callId: 'x' });
      await carter.rings();
      t.equal((await house.ari.channels()).length, 1, 'the caller is not called yet');
      await carter.answer();
      await outside.rings();
      await outside.answer();
      await until(
        async () =>
          (await house.ari.bridges()).some(
            ({ id, channels }) => id.startsWith('vestibule-talk-') && channels.length === 2,
          ),
        'they are connected',
      );
      carter.hangUp();
      await outside.over();
      await until(() => house.callBack.running === 0, 'it is over');
      t.equal(house.callBack.running, 0);
      await house.empty();
    });
  },
);
