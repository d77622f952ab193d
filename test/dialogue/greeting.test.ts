import t from 'tap';
import {
  begin,
  CLOSED,
  dialogueOf,
  heard,
  key,
  listening,
  silent,
  spoken,
  Talk,
} from './office.js';

void t.test('greeting: notice to the end, then consent and the question', (t) => {
  const talk = new Talk().take(begin());
  t.strictSame(talk.prompts, ['greeting.hello', 'greeting.notice']);
  t.match(talk.text, /Harbour Office.*automated assistant.*recorded/u);
  t.match(talk.last.actions, [{ do: 'say', asks: 'greeting', interruptible: false }]);
  t.equal(talk.last.reason, 'greeting.open');
  talk.take(spoken);
  t.strictSame(talk.last.actions[0], {
    do: 'grant-consent',
    basis: 'announcement',
    noticeVersion: 'test-1',
  });
  t.strictSame(talk.prompts, ['greeting.help']);
  t.equal(talk.phase, 'listening');
  t.end();
});

void t.test('greeting outside of opening hours says when we open', (t) => {
  const closed = new Talk().take(begin(CLOSED));
  t.equal(closed.last.reason, 'greeting.closed');
  closed.take(spoken);
  t.strictSame(closed.prompts, ['greeting.closed', 'hours.next', 'greeting.help']);
  t.match(closed.text, 'We open again tomorrow at eight thirty in the morning.');
  const christmas = listening(dialogueOf(), Date.parse('2026-12-25T10:00:00Z'));
  t.match(christmas.text, "We're closed today for Christmas Day. We open again on Monday");
  t.strictSame(listening(dialogueOf({ hours: {} }), CLOSED).prompts, ['greeting.help']);
  t.end();
});

void t.test("an office's own greeting keeps the notice", (t) => {
  const talk = new Talk(dialogueOf({}, { greeting: 'Good day, St. Mary here.' })).take(begin());
  t.match(talk.text, /^Good day, Saint Mary here\. I'm an automated assistant/u);
  t.end();
});

void t.test('said over the notice', async (t) => {
  await t.test('is answered after it', (t) => {
    const talk = new Talk().take(begin(), heard('info.location'));
    t.strictSame(talk.last.actions, []);
    talk.take(spoken);
    t.equal(talk.last.actions[0]?.do, 'grant-consent');
    t.strictSame(talk.prompts[0], 'location.address');
    t.end();
  });
  await t.test('an objection prevents consent, whatever follows it', (t) => {
    const talk = new Talk().take(
      begin(),
      heard('privacy.no_recording'),
      heard('info.hours'),
      spoken,
    );
    t.notOk(talk.last.actions.some((action) => action.do === 'grant-consent'));
    t.ok(talk.last.actions.some((action) => action.do === 'stop-recording'));
    t.strictSame(talk.prompts, ['privacy.not_recorded', 'greeting.help']);
    t.end();
  });
  await t.test('an emergency acts at once', (t) => {
    const talk = new Talk().take(begin(), heard('emergency'));
    t.strictSame(talk.prompts, ['emergency.script']);
    t.end();
  });
  await t.test('a key cuts it, without consent', (t) => {
    const talk = new Talk().take(begin(), key('5'));
    t.match(talk.last.actions, [{ do: 'say', asks: 'how_can_i_help' }]);
    t.equal(talk.last.actions.length, 1);
    t.end();
  });
  await t.test('silence after a lost notice goes on without consent', (t) => {
    const talk = new Talk().take(begin(), silent);
    t.equal(talk.last.reason, 'greeting.notice-not-heard');
    t.notOk(talk.last.actions.some((action) => action.do === 'grant-consent'));
    t.end();
  });
});
