import t from 'tap';
import type { DialogueAction, TakenMessage } from '../../agent/dialogue/ports.js';
import {
  asks,
  begin,
  CLOSED,
  dialogueOf,
  heard,
  key,
  no,
  OPEN,
  says,
  silent,
  spoken,
  Talk,
  yes,
} from './office.js';

const gb = { country: 'gb', timeZone: 'Europe/London' };

/** A caller past the greeting. */
function caller(number?: string, now = OPEN): Talk {
  const talk = new Talk(dialogueOf(gb));
  return talk.take(
    { kind: 'begin', now, ...(number === undefined ? {} : { caller: number }) },
    spoken,
  );
}

const leave = heard('message.leave', { text: "I'd like to leave a message." });

const kept = (actions: readonly DialogueAction[]): TakenMessage | undefined =>
  actions.flatMap((action) => (action.do === 'keep-message' ? [action.message] : [])).at(-1);

void t.test('a whole message: name, number, reason, urgency, time, read back, kept', (t) => {
  const talk = caller().take(leave);
  t.strictSame([talk.phase, asks(talk)], ['taking', 'name']);
  talk.take(says('My name is John Smith.'));
  t.match(talk.text, /^Thank you, John Smith\. Which number/u, 'the name is said back');
  t.match(kept(talk.last.actions), { name: { value: 'John Smith' }, state: 'partial' });
  talk.take(says('020 7946 0142'));
  t.match(
    talk.text,
    'I have zero two zero, seven nine four six, zero one four two. Is that right?',
  );
  t.match(talk.last.actions.at(-1), { asks: 'confirm', expects: 'number' });
  talk.take(yes);
  t.equal(asks(talk), 'reason');
  talk.take(says('The violet teapot leaks.'));
  t.equal(asks(talk), 'urgency');
  talk.take(heard('control.no', { text: "No, it's not urgent." }));
  t.equal(asks(talk), 'callback_time');
  talk.take(says('Tomorrow afternoon, please.'));
  t.equal(asks(talk), 'confirm');
  t.match(
    talk.text,
    /Your name is John Smith\. Your message is: The violet teapot leaks\. Is that/u,
  );
  talk.take(yes);
  t.match(kept(talk.last.actions), {
    number: 1,
    name: { value: 'John Smith', by: 'voice' },
    phone: { value: '02079460142' },
    reason: { value: 'The violet teapot leaks.' },
    urgent: false,
    callbackTime: { value: '2026-11-25 afternoon' },
    state: 'complete',
    confirmed: true,
  });
  t.strictSame(talk.prompts, ['message.kept', 'listen.anything_else']);
  talk.take(no);
  t.equal(talk.phase, 'leaving');
  t.equal(talk.outcome, 'message');
  t.end();
});

void t.test("the caller's own number is offered, by its end only", (t) => {
  const talk = caller('+442079460142').take(leave, says('This is Mary Johnson.'));
  t.match(talk.text, /ending in one four two\?$/u);
  t.notMatch(talk.text, 'nine four six', 'a spoofed number is not read out');
  talk.take(yes);
  t.match(kept(talk.last.actions), { phone: { value: '+442079460142', by: 'caller-id' } });
  t.equal(asks(talk), 'reason');

  const other = caller('+442079460142').take(leave, says('This is Mary Johnson.'), no);
  t.strictSame(other.prompts, ['message.phone']);
  const at = caller('+442079460142').take(leave, says('This is Mary Johnson.'));
  at.take(says('No, please call me on 020 7946 0999.'));
  t.match(at.text, /zero nine nine nine\. Is that right/u, 'refused and told in one breath');
  t.match(caller('205').take(leave, says('I am Mary Johnson.')).prompts.at(-1), 'message.phone');
  t.end();
});

void t.test('a number in pieces, as people say them', (t) => {
  const talk = caller().take(leave, says('John Smith'), says('oh two oh'));
  t.strictSame(talk.prompts, ['message.phone_more']);
  t.equal(talk.last.patienceMs, 3_000);
  talk.take(says('seven nine four six'));
  talk.take(says('oh one four two'));
  t.match(talk.text, 'zero two zero, seven nine four six, zero one four two');

  const short = caller().take(leave, says('John Smith'), says('five five five'), silent);
  t.strictSame(short.prompts, ['message.phone_again'], 'a piece alone is no number');
  t.end();
});

void t.test('a number is corrected in the read-back', (t) => {
  const talk = caller().take(leave, says('John Smith'), says('020 7946 0143'));
  talk.take(says('No, the last digit is two.', 'control.no'));
  t.match(talk.text, 'zero one four two. Is that right?');
  talk.take(yes);
  t.match(kept(talk.take(says('Leaking.')).last.actions), { phone: { value: '02079460142' } });

  const stubborn = caller().take(leave, says('John Smith'), says('020 7946 0143'), no);
  t.strictSame(stubborn.prompts, ['message.phone_keys'], 'a bare no leads to the keys');
  for (const digit of '02079460142') stubborn.take(key(digit));
  t.equal(stubborn.last.patienceMs, 2_500);
  stubborn.take(key('#'));
  t.match(stubborn.text, 'zero one four two. Is that right?');
  t.end();
});

void t.test('keys while a number is asked are a number; 0 alone is a person', (t) => {
  const talk = caller().take(leave, says('John Smith'));
  for (const digit of '0207946') talk.take(key(digit));
  t.equal(talk.phase, 'taking', 'the first 0 is a digit here');
  talk.take(key('*'));
  for (const digit of '02079460142') talk.take(key(digit));
  talk.take({ kind: 'silence', ms: 2_500 });
  t.match(kept(talk.last.actions), { phone: { value: '02079460142', by: 'keys', confidence: 1 } });

  const zero = caller().take(leave, says('John Smith'), key('0'), { kind: 'silence', ms: 2_500 });
  t.equal(zero.phase, 'announcing');
  t.equal(caller().take(leave, key('0')).phase, 'announcing', 'elsewhere at once');
  t.end();
});

void t.test('what is not understood twice is taken as it was heard', (t) => {
  const talk = caller().take(leave, says('hm'), says('well hmm'));
  t.strictSame(talk.prompts.slice(0, 1), ['message.as_listened']);
  t.match(kept(talk.last.actions), { name: { value: null, heard: 'well hmm' } });
  talk.take(says('well um'), says('erm well'), says('no apples'));
  t.equal(asks(talk), 'reason', 'and a number that is never one');
  t.match(kept(talk.last.actions), { phone: { value: null } });
  t.end();
});

void t.test('the read-back is corrected: name, number, message, or what is asked for', (t) => {
  const ready = (): Talk =>
    caller('+442079460142')
      .take(leave, says('My name is John Smith.'), yes, says('The teapot leaks.'))
      .take(no, says('Any time.'));
  const name = ready().take(says("No, it's Smyth with a Y.", 'control.no'));
  t.match(name.text, /Your name is John Smyth, spelled J, O, H, N\. S, M, Y, T, H\./u);
  t.match(kept(name.last.actions), { name: { value: 'John Smyth' } });
  t.match(kept(name.take(yes).last.actions), { state: 'complete', confirmed: true });

  const asked = ready().take(no);
  t.strictSame(asked.prompts, ['message.what_wrong']);
  asked.take(says('The number.'));
  t.strictSame(asked.prompts, ['message.phone']);
  asked.take(says('020 7946 0999'), yes);
  t.equal(asks(asked), 'confirm', 'and back to the read-back');

  const reason = ready().take(no, says('The message.'), says('The pink teapot leaks.'));
  t.match(reason.text, 'Your message is: The pink teapot leaks.');

  const never = ready().take(no, says('hm'), says('hm'), says('hm'), says('hm'));
  t.match(never.outcome, 'message', 'a caller who cannot say it is not kept for ever');
  t.end();
});

void t.test('a message grows in the store, so that whoever hangs up has left it', (t) => {
  const talk = caller('+442079460142').take(leave, says('My name is John Smith.'));
  t.match(kept(talk.last.actions), { state: 'partial', phone: null });
  talk.take({ kind: 'hung-up' });
  t.strictSame([talk.phase, talk.outcome], ['ended', 'abandoned']);

  const bye = caller('+442079460142').take(leave, says('My name is John Smith.'), yes);
  bye.take(says('The teapot leaks.'));
  bye.take(heard('control.goodbye', { text: 'Goodbye.' }));
  t.match(kept(bye.last.actions), { state: 'complete', confirmed: false });
  t.strictSame([bye.phase, bye.outcome], ['leaving', 'message']);
  t.end();
});

void t.test('questions in between are answered, and ours asked again', (t) => {
  const talk = caller().take(leave);
  talk.take(heard('info.location', { text: 'Where are you?' }));
  t.strictSame(talk.prompts, ['location.address', 'location.directions', 'message.name']);
  t.strictSame([talk.phase, asks(talk)], ['taking', 'name']);
  talk.take(heard('control.repeat', { text: 'Pardon?' }));
  t.strictSame(talk.prompts, ['location.address', 'location.directions', 'message.name']);
  t.equal(talk.take(heard('control.wait', { text: 'One moment.' })).last.patienceMs, 20_000);
  talk.take(heard('privacy.no_recording', { text: "Don't record me." }));
  t.match(talk.last.actions[0], { do: 'stop-recording' });
  t.equal(asks(talk), 'name');
  const asked = caller('+442079460142').take(leave, says('My name is John Smith.'), yes);
  asked.take(heard('control.repeat', { text: 'Please order my medicine again.' }));
  t.equal(asks(asked), 'urgency', 'what it is about is never taken for an aside');
  talk.take(says("Never mind, I don't want to leave a message."));
  t.strictSame(talk.prompts, ['message.cancelled', 'listen.anything_else']);
  t.end();
});

void t.test('a person and an emergency go before a message', (t) => {
  const person = heard('person.transfer', { text: 'I want to talk to a real person.' });
  t.equal(caller().take(leave, person).phase, 'announcing');
  const danger = heard('emergency', { text: 'He is not breathing.' });
  t.strictSame(caller().take(leave, danger).prompts, ['emergency.script']);
  t.end();
});

void t.test('what was told in the first sentence is not asked again', (t) => {
  const text = "This is Mary Johnson, my number is 020 7946 0142, I'd like to leave a message.";
  const talk = caller().take(heard('message.leave', { text }));
  t.equal(asks(talk), 'reason');
  t.match(kept(talk.last.actions), {
    name: { value: 'Mary Johnson' },
    phone: { value: '02079460142' },
    reason: null,
  });
  t.end();
});

void t.test('requests: a person while we are open, a note of them when we are closed', (t) => {
  const text = 'I need an appointment next week.';
  t.equal(caller().take(heard('appointment.book', { text })).phase, 'offering');
  const closed = caller(undefined, CLOSED).take(heard('appointment.book', { text, now: CLOSED }));
  t.strictSame(closed.prompts, ['message.note', 'message.name']);
  t.match(kept(closed.last.actions), { intent: 'appointment.book', reason: { value: text } });
  const always = new Talk(dialogueOf(gb, { requests: { open: 'message' } })).take(begin(), spoken);
  t.equal(always.take(heard('appointment.book', { text })).phase, 'taking');
  t.end();
});

void t.test(
  'after a transfer that nobody took, and after a declined one, a message is offered',
  (t) => {
    const failed = caller().take(
      heard('person.transfer', { text: 'Doctor Carter, please.' }),
      spoken,
    );
    failed.take({ kind: 'transfer-ended', outcome: 'no-answer' });
    t.strictSame([failed.phase, asks(failed)], ['offering-message', 'offer_message']);
    failed.take(yes);
    t.equal(asks(failed), 'name');
    failed.take(says('My name is John Smith.'));
    t.match(kept(failed.last.actions), { recipient: 'carter' }, 'it is for whoever was missed');

    const text = 'I need an appointment next week.';
    const declined = caller().take(heard('appointment.book', { text }), no);
    t.equal(declined.phase, 'offering-message');
    declined.take(yes);
    t.match(kept(declined.last.actions), { reason: { value: text } }, 'about what was wanted');
    t.strictSame(caller().take(heard('appointment.book', { text }), no, no).phase, 'more');
    t.end();
  },
);

void t.test('urgency is heard in the reason, and then not asked', (t) => {
  const talk = caller('+442079460142').take(leave, says('My name is John Smith.'), yes);
  talk.take(says("It's urgent, the teapot leaks."));
  t.equal(asks(talk), 'callback_time');
  t.match(kept(talk.last.actions), { urgent: true });
  const time = caller('+442079460142').take(leave, says('I am John Smith.'), yes, says('A leak.'));
  time.take(says('Tomorrow morning is fine.'));
  t.equal(asks(time), 'confirm', 'a time instead answers the next question');
  t.match(kept(time.last.actions), { callbackTime: { value: '2026-11-25 morning' } });
  t.end();
});

void t.test('the rest of a yes, and of a reason, find their places', (t) => {
  const right = says('That is right.', 'control.yes');
  const talk = caller('+442079460142').take(leave, says('My name is John Smith.'), yes, right);
  t.strictSame([talk.prompts, talk.last.reason], [['message.reason'], 'message.echo']);
  talk.take(says('I need an appointment next week,'), says('because my knee hurts.'));
  t.equal(asks(talk), 'urgency');
  t.match(kept(talk.last.actions), {
    reason: { value: 'I need an appointment next week, because my knee hurts.' },
  });
  talk.take(no, says('Any time,'), says('Please.'));
  t.equal(asks(talk), 'confirm', 'a please over the read-back agrees to nothing');
  t.strictSame(kept(talk.last.actions), undefined);
  t.equal(asks(talk.take(says('Um.'))), 'confirm', 'nor does a filler');
  talk.take(yes, right);
  t.strictSame(talk.prompts, ['message.kept', 'listen.anything_else'], 'said again, not answered');
  t.end();
});

void t.test('silence: the question again, then goodbye; what was told stays', (t) => {
  const talk = caller().take(leave, silent);
  t.strictSame(talk.prompts, ['silence.first', 'message.name']);
  t.equal(talk.take(silent, silent).phase, 'leaving');
  t.end();
});
