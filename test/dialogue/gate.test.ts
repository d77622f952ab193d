import t from 'tap';
import type { CallHandling, DialogueEvent } from '../../agent/dialogue/ports.js';
import { dialogueOf, heard, key, listening, OPEN, silent, spoken, Talk } from './office.js';

const handled = (handling: CallHandling, caller = '+442079460142'): DialogueEvent => ({
  kind: 'begin',
  now: OPEN,
  caller,
  handling,
});
const counted = (talk: Talk): readonly string[] =>
  talk.last.actions.flatMap((action) => (action.do === 'count' ? [action.what] : []));
const done = (talk: Talk): readonly string[] => talk.last.actions.map((action) => action.do);

void t.test('a blocked caller hears one sentence, and then the end', (t) => {
  const talk = new Talk().take(handled({ way: 'block' }));
  t.strictSame(talk.prompts, ['gate.blocked']);
  t.strictSame(counted(talk), ['blocked']);
  talk.take(heard('message.leave', { text: 'but I want to leave a message' }), key('0'));
  t.strictSame(done(talk), [], 'nothing that is said or keyed opens the gate');
  talk.take(spoken);
  t.strictSame(done(talk), [], 'danger is listened for a moment longer');
  talk.take(silent);
  t.strictSame(done(talk), ['hang-up']);
  t.equal(talk.phase, 'ended');
  t.end();
});

void t.test('danger gets through the gate, whoever reports it', (t) => {
  for (const handling of [{ way: 'block' }, { way: 'assistant', challenge: '4' }] as const) {
    for (const before of [[], [spoken]]) {
      const talk = new Talk().take(handled(handling), ...before, heard('emergency'));
      t.equal(talk.phase, 'announcing');
      t.ok(talk.prompts.includes('emergency.script'));
      t.strictSame(counted(talk), ['emergency']);
      t.match(talk.take(spoken).last.actions, [{ do: 'transfer', target: 'duty' }]);
    }
  }
  const refused = new Talk().take(
    handled({ way: 'assistant', challenge: '4' }),
    ...[silent, silent, silent],
  );
  t.equal(refused.last.reason, 'gate.refused');
  t.ok(
    refused.take(heard('emergency')).prompts.includes('emergency.script'),
    'even after it closed',
  );
  t.end();
});

void t.test('a suspicious caller presses or says the digit and goes on', (t) => {
  const begun = (): Talk => new Talk().take(handled({ way: 'assistant', challenge: '4' }), spoken);
  const first = new Talk().take(handled({ way: 'assistant', challenge: '4' }));
  t.strictSame(first.prompts, ['greeting.hello', 'gate.press']);
  t.match(first.text, /press four/u);
  for (const way of [key('4'), heard('oos', { text: 'Four.' }), heard('oos', { text: '4' })]) {
    const talk = begun().take(way);
    t.equal(talk.phase, 'greeting');
    t.strictSame(counted(talk), ['passed']);
    t.strictSame(talk.take(spoken).prompts, ['greeting.help']);
  }
  t.end();
});

void t.test('who does not press it is asked twice more and let go politely', (t) => {
  const talk = new Talk().take(handled({ way: 'assistant', challenge: '4' }), spoken, key('5'));
  t.strictSame(talk.prompts, ['gate.again']);
  talk.take(
    spoken,
    heard('sales.solicitation', { text: 'four of five people have chosen our great offer' }),
  );
  t.strictSame(talk.prompts, ['gate.again']);
  talk.take(spoken, silent);
  t.strictSame(talk.prompts, ['gate.refused']);
  t.strictSame(counted(talk), ['refused']);
  t.equal(talk.take(key('4')).last.reason, 'ignored.gate', 'too late');
  t.strictSame(done(talk.take(spoken)), ['hang-up']);
  t.end();
});

void t.test('staff ring first for so many seconds; then the assistant greets', (t) => {
  const staff = { way: 'staff', staff: { target: 'carter', seconds: 9 } } as const;
  const talk = new Talk().take(handled(staff));
  t.strictSame(talk.last.actions, [
    { do: 'transfer', target: 'carter', why: 'staff-first', seconds: 9 },
  ]);
  talk.take({ kind: 'transfer-ended', outcome: 'no-answer' });
  t.equal(talk.phase, 'greeting');
  t.strictSame(talk.prompts, ['greeting.hello', 'greeting.notice']);
  t.strictSame(talk.take(spoken).prompts, ['greeting.help'], 'nobody says sorry for it');
  const taken = new Talk().take(handled(staff), { kind: 'transfer-ended', outcome: 'answered' });
  t.equal(taken.outcome, 'transferred');
  const asked = new Talk().take(handled({ ...staff, challenge: '4' }));
  t.strictSame(done(asked), ['count', 'say'], 'not before the gate');
  t.match(asked.take(spoken, key('4')).last.actions[1], { do: 'transfer', seconds: 9 });
  t.end();
});

void t.test('voicemail takes the words down and asks nothing', (t) => {
  const talk = new Talk().take(handled({ way: 'voicemail' }), spoken);
  t.strictSame(done(talk), ['grant-consent', 'say']);
  t.strictSame(talk.prompts, ['voicemail.say']);
  talk.take(spoken, heard('appointment.book', { text: 'This is Ida Brown. My boiler leaks.' }));
  t.match(talk.last.actions, [
    {
      do: 'keep-message',
      message: {
        state: 'complete',
        name: { value: 'Ida Brown' },
        phone: { value: '+442079460142', by: 'caller-id' },
        reason: { value: 'This is Ida Brown. My boiler leaks.' },
      },
    },
  ]);
  talk.take(heard('oos', { text: 'It is urgent.' }));
  t.match(talk.last.actions, [
    {
      do: 'keep-message',
      message: { number: 1, urgent: true, reason: { value: /leaks\. It is urgent/u } },
    },
  ]);
  t.equal(talk.outcome, 'message', 'who hangs up now has left it');
  talk.take(silent);
  t.strictSame(talk.prompts, ['voicemail.kept']);
  t.equal(talk.take(heard('info.hours')).phase, 'gate', 'and no dialogue begins after it');
  t.strictSame(done(talk.take(spoken)), ['hang-up']);
  t.end();
});

void t.test('voicemail: nothing said, danger said, recording refused', (t) => {
  const begun = (): Talk => new Talk().take(handled({ way: 'voicemail' }), spoken, spoken);
  const mute = begun().take(silent);
  t.strictSame(mute.prompts, ['voicemail.more']);
  mute.take(silent, silent);
  t.strictSame(counted(mute), ['silent']);
  t.strictSame(done(mute.take(spoken)), ['hang-up']);
  t.ok(begun().take(heard('emergency')).prompts.includes('emergency.script'));
  t.strictSame(done(begun().take(heard('privacy.no_recording'))), ['stop-recording', 'say']);
  t.end();
});

void t.test('a call is recorded, and announced as recorded, as it was decided', (t) => {
  const not = new Talk().take(handled({ way: 'assistant', recorded: false }));
  t.ok(not.prompts.includes('greeting.notice_unrecorded'));
  t.notOk(done(not.take(spoken)).includes('grant-consent'));
  const office = dialogueOf({}, {}, false);
  t.ok(
    new Talk(office)
      .take(handled({ way: 'assistant' }))
      .prompts.includes('greeting.notice_unrecorded'),
  );
  t.end();
});

void t.test('who never says a word is counted; who did is not', (t) => {
  const mute = listening().take(silent, silent, silent);
  t.strictSame(counted(mute), ['silent']);
  t.strictSame(counted(listening().take(key('7'), silent, silent, silent)), []);
  t.end();
});

void t.test('a talk that lasts too long is warned and ended', (t) => {
  const little = { kind: 'time', left: 'little' } as const;
  const none = { kind: 'time', left: 'none' } as const;
  const fresh = listening().take(little);
  t.strictSame(
    fresh.prompts,
    ['limit.warning', 'message.offer'],
    'a message, if nothing came of it',
  );
  t.strictSame(fresh.take(heard('control.yes')).prompts, ['message.name']);
  const served = listening().take(heard('info.location'), spoken, little);
  t.equal(served.prompts[0], 'limit.warning');
  t.ok(served.prompts.includes('listen.anything_else'), 'and the last question again');
  served.take(none);
  t.strictSame(served.prompts, ['limit.goodbye']);
  t.strictSame(done(served.take(spoken)), ['hang-up']);
  const telling = listening().take(heard('message.leave'), heard('oos', { text: 'Ida Brown' }));
  telling.take(heard('oos', { text: '415 555 0142' }), heard('control.yes', { text: 'yes' }), none);
  t.ok(done(telling).includes('keep-message'), 'what was told is kept');
  t.equal(telling.phase, 'leaving');
  const ringing = listening().take(key('0'), spoken, none);
  t.equal(ringing.phase, 'transferring', 'nobody is cut off on the way to a person');
  t.end();
});
