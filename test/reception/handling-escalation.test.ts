import t, { type Test } from 'tap';
import { Directory } from '../../agent/dialogue/directory.js';
import { dialogueSettings } from '../../agent/dialogue/settings.js';
import { Events } from '../../agent/events.js';
import { silentLog } from '../../agent/log.js';
import { Escalation } from '../../agent/reception/handling-escalation.js';
import type { AriEvents } from '../../agent/telephony/ari.js';
import { talkFacts } from '../dialogue/office.js';
import { aCall, startedStore } from '../records/store.js';
import { systemClock } from '../../agent/clock.js';

const MINUTE = 60_000;

/** An office with an urgent message for Dr Carter, taken at minute 0. */
async function office(t: Test) {
  const { records } = await startedStore(t);
  await records.calls.open(aCall('one'));
  const message = await records.messages.keep({
    ...{ call: 'one', number: 1, at: 0, whole: true, urgent: true, recipient: 'carter' },
    ...{ intent: 'message.leave', confirmed: true, contactNumber: undefined },
    body: { name: null, phone: null, reason: null, callbackTime: null },
  });
  const done: string[] = [];
  let now = 0;
  let reachable = true;
  const events = new Events<AriEvents>(silentLog);
  const channels: string[] = [];
  const escalation = new Escalation({
    settings: { to: 'team', afterMinutes: 15, everyMinutes: 5, mostCalls: 3 },
    directory: new Directory(
      dialogueSettings.parse({
        ...talkFacts,
        departments: [{ id: 'team', name: 'the team', members: ['carter', 'duty', 'desk'] }],
      }),
      'Europe/Berlin',
    ),
    records: records.handling,
    audit: records.reading.audit,
    ari: {
      events,
      ring: (channel, extension, context) => {
        if (!reachable) return Promise.reject(new Error('not registered'));
        channels.push(channel);
        done.push(`ring ${extension} for ${context}`);
        return Promise.resolve();
      },
      hangUp: (channel) => {
        done.push(`hang up ${channel === channels.at(-1) ? 'the last' : channel}`);
        return Promise.resolve();
      },
      continueAt: (_channel, context, extension) => {
        done.push(`on to ${context} ${extension}`);
        return Promise.resolve();
      },
    },
    ringSeconds: 20,
    clock: { ...systemClock(), now: () => now },
    log: silentLog,
  });
  await escalation.start();
  t.teardown(() => escalation.stop());
  return {
    ...{ records, message, done, events, escalation, channels },
    at: async (minute: number): Promise<readonly string[]> => {
      now = minute * MINUTE;
      await escalation.look();
      return done.splice(0);
    },
    unreachable: () => {
      reachable = false;
    },
    gone: () => {
      events.emit('channel-gone', { channelId: channels.at(-1) ?? '' });
    },
  };
}

void t.test(
  'an unread urgent message goes to the next person, then people are called',
  async (t) => {
    const { at, gone, records, message } = await office(t);
    t.strictSame(await at(14), []);
    t.strictSame(await at(15), [], 'handed on, without a call');
    t.equal((await records.reading.messages.find(message))?.recipient, 'duty');
    t.strictSame(await at(19), []);
    t.strictSame(
      await at(20),
      ['ring 202 for vestibule-urgent'],
      'whoever was handed it is called first',
    );
    t.strictSame(await at(25), [], 'not while that call is under way');
    gone();
    t.strictSame(await at(25), ['ring 201 for vestibule-urgent'], 'then the next one');
    gone();
    t.strictSame(
      await at(30),
      ['ring 203 for vestibule-urgent'],
      'and whoever had it before, last',
    );
    gone();
    t.strictSame(await at(35), [], 'and no more than so many times');
  },
);

void t.test(
  'key 1 takes it on: it is stored, thanked for, and nobody else is called',
  async (t) => {
    const { at, done, events, channels, records, message } = await office(t);
    await at(15);
    await at(20);
    const [channel = ''] = channels;
    events.emit('stasis-start', {
      channel: {
        ...{ id: channel, name: 'PJSIP/202', state: 'Up', caller: { name: '', number: '' } },
        dialplan: { context: '', exten: '', app_name: '', app_data: '' },
      },
      args: ['acknowledged'],
    });
    for (let waited = 0; done.length === 0 && waited < 200; waited += 1) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    t.strictSame(done.splice(0), ['on to vestibule-urgent thanks']);
    t.match(await records.handling.escalations.of(message), { readBy: 'telephone:duty' });
    t.strictSame(await at(60), []);
    t.equal((await records.reading.audit.verify()).rows, 3, 'handed on, called, acknowledged');
  },
);

void t.test('read in time, too old, or everybody away: nobody is called', async (t) => {
  const { at, records, message } = await office(t);
  await records.handling.escalations.read(message, 'cli:anna', 1);
  t.strictSame(await at(60), []);
  const old = await office(t);
  t.strictSame(await old.at(25 * 60), []);
  const empty = await office(t);
  for (const person of ['carter', 'duty', 'desk']) {
    const absence = { person, kind: 'absent', from: 0, until: 100 * MINUTE } as const;
    await empty.records.handling.absences.set(absence, 0, 'x');
  }
  t.strictSame(await empty.at(20), []);
  t.equal((await empty.records.handling.escalations.unread(0))[0]?.steps, 0, 'and no step is lost');
});

void t.test('a telephone that cannot be rung costs a step, not the message', async (t) => {
  const { at, unreachable, records } = await office(t);
  await at(15);
  unreachable();
  t.strictSame(await at(20), []);
  t.strictSame(await at(25), []);
  t.equal((await records.handling.escalations.unread(0))[0]?.steps, 3);
});

void t.test('when it stops, calls that are under way end', async (t) => {
  const { at, escalation, done } = await office(t);
  await at(15);
  await at(20);
  await escalation.stop();
  t.strictSame(done, ['hang up the last']);
});
