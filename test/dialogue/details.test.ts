import t from 'tap';
import type { DialogueEvent, Snippet, Told } from '../../agent/dialogue/ports.js';
import { begin, dialogueOf, heard, kept, key, silent, spoken, Talk } from './office.js';

// How the details of a message are asked, read back, put right and kept.

const at = (fromMs: number, toMs: number): Snippet => ({ fromMs, toMs });
const says = (text: string, place?: Snippet, intent = 'oos'): DialogueEvent => ({
  ...heard(intent, { text }),
  ...(place === undefined ? {} : { at: place }),
});

/** A caller who wants to leave a message and has said the name. */
const named = (place?: Snippet, recording = true): Talk =>
  new Talk(dialogueOf({ country: 'us' }, {}, recording)).take(
    begin(),
    spoken,
    says('I want to leave a message', at(1_000, 2_000), 'message.leave'),
    says('Anna Lee', place),
  );

/** The message as it was kept last. */
const snippet = (told: Told | null | undefined): Snippet | undefined => told?.snippet;

t.test('every detail keeps words, confidence and the place in the recording', (t) => {
  const talk = named(at(5_000, 6_200));
  t.match(kept(talk)?.name, { value: 'Anna Lee', heard: 'Anna Lee', snippet: at(5_000, 6_200) });
  t.ok((kept(talk)?.name?.confidence ?? 0) > 0.5);
  talk.take(says('four one five five five five oh one four two', at(10_000, 14_000)));
  const phone = { value: '4155550142', snippet: at(10_000, 14_000), by: 'voice' };
  t.match(kept(talk), { phone, name: { snippet: at(5_000, 6_200) } });
  talk.take(
    says('yes', at(20_000, 20_400), 'control.yes'),
    says('my roof is leaking', at(25_000, 27_000)),
  );
  t.same(snippet(kept(talk)?.reason), at(25_000, 27_000));
  t.same(snippet(kept(talk)?.name), at(5_000, 6_200), 'stays where it was said');
  talk.take(says('no not urgent', at(30_000, 31_000), 'control.no'));
  talk.take(says('tomorrow at ten', at(35_000, 36_000)));
  t.same(snippet(kept(talk)?.callbackTime), at(35_000, 36_000));
  t.end();
});

t.test('a number said in parts is one snippet; so are a number and its correction', (t) => {
  const talk = named().take(
    says('four one five', at(10_000, 11_000)),
    says('five five five', at(12_000, 13_000)),
    says('oh one four two', at(14_000, 15_000)),
  );
  t.match(kept(talk)?.phone, { value: '4155550142', snippet: at(10_000, 15_000) });
  talk.take(says('no, the last two are five six', at(21_000, 23_000), 'control.no'));
  t.match(kept(talk)?.phone, { value: '4155550156', snippet: at(10_000, 23_000) });
  t.end();
});

t.test('what is keyed, or seen by the network, has no snippet; nor has text', (t) => {
  const keyed = named().take(...Array.from('4155550142#', key));
  t.match(kept(keyed)?.phone, { value: '4155550142', by: 'keys' });
  t.equal(snippet(kept(keyed)?.phone), undefined);
  const text = new Talk(dialogueOf({ country: 'us' })).take(
    ...[begin(), spoken, heard('message.leave', { text: 'I want to leave a message' })],
    heard('oos', { text: 'Anna Lee' }),
  );
  t.match(kept(text)?.name, { value: 'Anna Lee' });
  t.notOk('snippet' in (kept(text)?.name ?? {}));
  t.end();
});

t.test('the number that the call comes from is offered, and one yes takes it', (t) => {
  const call: DialogueEvent = { ...begin(), caller: '+14155550123' } as DialogueEvent;
  const talk = new Talk(dialogueOf({ country: 'us' })).take(
    ...[call, spoken, says('I want to leave a message', undefined, 'message.leave')],
    says('Anna Lee'),
  );
  t.strictSame(talk.prompts, ['message.thanks_name', 'message.phone_offer']);
  t.match(talk.text, /calling from, ending in/u);
  talk.take(says('yes that is best', undefined, 'control.yes'));
  t.match(kept(talk)?.phone, { value: '+14155550123', by: 'caller-id', confidence: 1 });
  t.end();
});

for (const recording of [true, false]) {
  t.test(
    `a number heard twice without use is keyed, then words must do: ${recording ? '' : 'not '}recorded`,
    (t) => {
      const talk = named(undefined, recording).take(says('it is on my card somewhere'));
      t.strictSame(talk.prompts, ['message.phone_again'], 'asked digit by digit');
      talk.take(says('the usual number of my shop'));
      t.strictSame(talk.prompts, ['message.phone_keys'], 'keys');
      talk.take(says('ask my shop for it', at(30_000, 31_500)));
      const words = recording ? 'message.as_listened' : 'message.as_heard';
      t.equal(talk.prompts[0], words);
      t.match(kept(talk)?.phone, { value: null, heard: 'ask my shop for it', confidence: 0 });
      t.same(snippet(kept(talk)?.phone), recording ? at(30_000, 31_500) : undefined);
      t.end();
    },
  );
}

t.test('a read-back that is refused to the end is kept, and not believed', (t) => {
  const talk = named();
  for (let tries = 0; tries < 3; tries += 1) {
    talk.take(says('four one five five five five oh one four two'));
    t.strictSame(talk.prompts, ['message.phone_check']);
    talk.take(says('no', undefined, 'control.no'));
    t.strictSame(talk.prompts, ['message.phone_keys']);
  }
  talk.take(
    says('four one five five five five oh one four two'),
    says('no', undefined, 'control.no'),
  );
  t.equal(talk.prompts[0], 'message.as_listened');
  const phone = kept(talk)?.phone;
  t.equal(phone?.value, '4155550142');
  t.ok((phone?.confidence ?? 1) <= 0.3);
  t.end();
});

const WITH_NUMBER = says('four one five five five five oh one four two');
const YES = says('yes', undefined, 'control.yes');

t.test('a number is put right one question later', (t) => {
  for (const [text, value] of [
    ['no, the second digit is four', '4455550142'],
    ['sorry, it ends in four three', '4155550143'],
    ['wait, the area code is five one oh', '5105550142'],
  ] as const) {
    const talk = named().take(WITH_NUMBER, YES);
    t.strictSame(talk.prompts, ['message.reason']);
    talk.take(says(text));
    t.equal(talk.last.reason, 'message.phone-corrected', text);
    t.equal(kept(talk)?.phone?.value, value, text);
    t.strictSame(talk.prompts, ['message.phone_check'], 'and read back');
    talk.take(YES);
    t.strictSame(talk.prompts, ['message.reason'], 'then it goes on');
  }
  t.end();
});

t.test('a name is put right one question later, and spelled', (t) => {
  for (const [text, value] of [
    ['actually my name is with an h, Hannah', 'Hannah Lee'],
    ['no, Hannah', 'Hannah Lee'],
    ["no, it's Lea", 'Anna Lea'],
    ['Hannah with an h', 'Hannah Lee'],
    ['no the last name is spelled l e i g h', 'Anna Leigh'],
  ] as const) {
    const talk = named().take(says(text));
    t.equal(talk.last.reason, 'message.name-corrected', text);
    t.equal(kept(talk)?.name?.value, value, text);
    t.strictSame(talk.prompts, ['message.read_name_spelled', 'message.phone'], text);
  }
  const later = named().take(WITH_NUMBER, YES, says('sorry, my last name is Leigh, l e i g h'));
  t.equal(kept(later)?.name?.value, 'Anna Leigh', 'two questions later');
  t.strictSame(later.prompts, ['message.read_name_spelled', 'message.reason']);
  t.end();
});

t.test('what only begins with a no is an answer', (t) => {
  const number = named().take(says('no, four one five five five five oh one four three'));
  t.match(kept(number)?.phone, { value: '4155550143' });
  t.match(kept(number)?.name, { value: 'Anna Lee' });
  const reason = named().take(WITH_NUMBER, YES, says('no, it is about my two dogs'));
  t.match(kept(reason)?.reason, { value: 'no, it is about my two dogs' });
  t.match(kept(reason)?.phone, { value: '4155550142' });
  t.end();
});

t.test('after a refusal the name is spelled in the read-back', (t) => {
  const talk = named().take(
    ...[WITH_NUMBER, YES, says('the roof leaks'), says('no', undefined, 'control.no')],
    says('any time'),
  );
  t.ok(talk.prompts.includes('message.read_name'), 'natural first');
  talk.take(says('no', undefined, 'control.no'));
  t.strictSame(talk.prompts, ['message.what_wrong']);
  talk.take(says('the name'), says('Hannah Lee'), silent);
  t.equal(talk.phase, 'taking');
  talk.take(says('yes', undefined, 'control.yes'));
  t.equal(talk.outcome, 'message');
  t.end();
});
