import t from 'tap';
import { dialogueSettings } from '../../agent/dialogue/settings.js';
import type { DialogueEvent } from '../../agent/dialogue/ports.js';
import {
  begin,
  dialogueOf,
  heard,
  kept,
  key,
  listening,
  OPEN,
  silent,
  spoken,
  Talk,
  talkFacts,
} from './office.js';

const said = (text: string, intent = 'oos'): DialogueEvent => heard(intent, { text });

/** The message that the last step kept. */

const office = dialogueOf({ country: 'gb' });
const calling = (): Talk =>
  new Talk(office).take({ ...begin(), caller: '02079460199' } as DialogueEvent, spoken);

t.test('a prescription: all that people will need, nothing told', (t) => {
  const talk = calling().take(said('I need more of my tablets.', 'prescription.refill'));
  t.strictSame(talk.prompts, ['request.prescription', 'message.name']);
  talk.take(said('My name is Mary Johnson.'));
  t.strictSame(talk.prompts, ['message.thanks_name', 'form.dob']);
  talk.take(said('the fifth of march nineteen eighty'));
  t.strictSame(talk.prompts, ['form.medicine']);
  t.match(talk.last.actions.at(-1), { asks: 'medicine' });
  talk.take(said('The ones for my thyroid.'));
  t.strictSame(talk.prompts, ['form.pharmacy']);
  talk.take(said('The one in Mill Lane.'));
  t.strictSame(talk.prompts, ['message.phone_offer']);
  talk.take(said('yes', 'control.yes'), said('no', 'control.no'));
  t.match(talk.text, /Date of birth: March fifth, 1980\. Medicine: The ones for my thyroid\./u);
  talk.take(said('yes', 'control.yes'));
  t.match(kept(talk), {
    intent: 'prescription.refill',
    state: 'complete',
    confirmed: true,
    details: {
      dob: { value: '1980-03-05' },
      medicine: { value: 'The ones for my thyroid.' },
      pharmacy: { value: 'The one in Mill Lane.' },
    },
  });
  t.equal(talk.outcome, 'message');
  t.end();
});

const REQUESTS: readonly [intent: string, lead: string, asks: readonly string[]][] = [
  [
    'prescription.refill',
    'request.prescription',
    ['dob', 'medicine', 'pharmacy', 'phone', 'urgency'],
  ],
  ['results.request', 'request.results', ['dob', 'test', 'phone', 'callback_time']],
  ['billing.question', 'request.billing', ['question', 'invoice', 'phone', 'callback_time']],
  ['document.request', 'request.document', ['dob', 'document', 'phone', 'urgency']],
  ['registration.new', 'request.registration', ['dob', 'email', 'phone', 'callback_time']],
  ['privacy.request', 'request.privacy', ['question', 'email', 'phone']],
  ['info.price', 'request.price', ['service', 'phone']],
];
/** One answer to each question. */
const ANSWERS: Readonly<Record<string, string>> = {
  dob: 'the fifth of march nineteen eighty',
  email: 'anna at example dot com',
  phone: 'the number I am calling from',
  urgency: 'no',
  callback_time: 'tomorrow morning',
};

for (const [intent, lead, asks] of REQUESTS) {
  t.test(`${intent} asks what is needed`, (t) => {
    const talk = calling().take(said('hello', intent));
    t.strictSame(talk.prompts, [lead, 'message.name']);
    const asked: string[] = [];
    let answer = 'Mary Johnson';
    for (let turn = 0; turn < 8; turn += 1) {
      talk.take(said(answer));
      const last = talk.last.actions.findLast((action) => action.do === 'say');
      const question = last?.asks ?? '';
      if (question === 'confirm') break;
      asked.push(question);
      answer = ANSWERS[question] ?? `the ${question}`;
    }
    t.strictSame(asked, asks);
    talk.take(said('yes', 'control.yes'));
    t.match(kept(talk), { intent, state: 'complete' });
    t.end();
  });
}

t.test('what the first sentence tells is not asked', (t) => {
  const document = calling().take(said('I need a sick note for work', 'document.request'));
  document.take(said('Mary Johnson'), said('5 March 1980'));
  t.strictSame(document.prompts, ['message.phone_offer']);
  const results = calling().take(
    said('Is my blood test back? I was born on 5 March 1980', 'results.request'),
    said('Mary Johnson'),
  );
  t.notOk(
    results.prompts.some((prompt) => prompt.startsWith('form.')),
    results.prompts.join(),
  );
  t.end();
});

t.test('a birth date by keys, one that is none, and one that is not told', (t) => {
  const asked = (): Talk =>
    calling().take(said('results', 'results.request'), said('Mary Johnson'));
  const keys = (digits: string): readonly DialogueEvent[] => Array.from(digits, (one) => key(one));
  const talk = asked().take(...keys('05031980'));
  t.match(kept(talk)?.details, { dob: { value: '1980-03-05', by: 'keys' } });
  t.strictSame(asked().take(...keys('99991980')).prompts, ['form.dob_again']);
  t.strictSame(asked().take(...keys('0'), silent).prompts, ['transfer.announce'], '0 is a person');
  const shy = asked().take(said("I'd rather not say"));
  t.match(kept(shy)?.details, { dob: { value: null } });
  const lost = asked().take(said('the purple one'), said('the purple one'));
  t.match(kept(lost)?.details, { dob: { value: null, heard: 'the purple one' } });
  t.end();
});

t.test('a form of the office’s own, and requests that are for people', (t) => {
  const own = dialogueOf(
    {},
    {
      forms: {
        'order.takeaway': [{ id: 'order', ask: 'What would you like to eat?' }, 'callback_time'],
        'billing.question': 'person',
      },
    },
  );
  const talk = listening(own).take(said('Can I order', 'order.takeaway'), said('Mary Johnson'));
  t.match(talk.text, /What would you like to eat\?$/u);
  talk.take(said('Two soups.'));
  t.match(kept(talk)?.details, { order: { value: 'Two soups.' } });
  t.equal(listening(own).take(said('my bill', 'billing.question')).phase, 'offering');
  const bad = dialogueSettings.safeParse({
    ...talkFacts,
    forms: { 'a.b': ['dob', 'dob', { id: 'email', ask: 'x' }] },
  });
  t.strictSame(
    bad.error?.issues.map(({ path }) => path.join('.')),
    ['forms.a.b.1', 'forms.a.b.2'],
  );
  t.end();
});

t.test('prices and services come from the configuration', (t) => {
  const priced = dialogueOf({
    office: {
      name: 'Shop',
      services: ['key cutting'],
      prices: [
        { service: 'a passport photo', aliases: ['passport picture'], price: 'nine pounds' },
      ],
    },
  });
  const ask = (text: string, intent: string): string =>
    listening(priced).take(said(text, intent)).text;
  t.match(
    ask('what does a passport picture cost', 'info.price'),
    /^The price for a passport photo is nine pounds\./u,
  );
  t.match(ask('do you cut keys', 'info.services'), /^We offer key cutting\./u);
  t.match(ask('is key cutting something you do', 'info.services'), /^Yes, we offer key cutting\./u);
  t.match(ask('how much is a haircut', 'info.price'), /^I'm sorry, I don't have that price here/u);
  t.end();
});

t.test('another matter in the middle, and back to what was begun', (t) => {
  const talk = calling().take(
    said('I want to leave a message', 'message.leave'),
    said('Mary Johnson'),
    said('Actually, first I need a repeat prescription please', 'prescription.refill'),
  );
  t.strictSame(talk.prompts, ['request.prescription', 'form.dob'], 'the name is known');
  talk.take(said('5 March 1980'), said('insulin'), said('any'));
  talk.take(said('yes', 'control.yes'), said('no', 'control.no'), said('yes', 'control.yes'));
  t.strictSame(talk.prompts, ['message.kept', 'topic.back', 'message.phone_offer']);
  t.equal(talk.phase, 'taking');
  talk.take(said('yes', 'control.yes'));
  t.strictSame(talk.prompts, ['message.reason']);
  t.equal(kept(talk)?.number, 1);
  t.end();
});

t.test('a name, a number or a yes is an answer, whatever it sounds like', (t) => {
  const begun = (): Talk => calling().take(said('I want to leave a message', 'message.leave'));
  t.strictSame(begun().take(said('my name is Bill Document', 'document.request')).prompts, [
    'message.thanks_name',
    'message.phone_offer',
  ]);
  const confirmed = begun().take(said('Mary Johnson'), said('yes please', 'billing.question'));
  t.strictSame(confirmed.prompts, ['message.reason']);
  const reason = confirmed.take(said('I have a question about a bill of mine', 'billing.question'));
  t.strictSame(reason.prompts, ['message.urgency'], 'the matter of a message');
  t.end();
});

t.test('two wishes in one breath are both served', (t) => {
  const both = listening().take(
    heard('info.location', { others: [{ intent: 'info.services', score: 0.9 }] }),
  );
  t.strictSame(both.prompts, [
    ...['location.address', 'location.directions', 'topic.next', 'services.list'],
    'listen.anything_else',
  ]);
  const request = listening().take(
    heard('info.location', { others: [{ intent: 'results.request', score: 0.9 }] }),
  );
  t.strictSame(request.prompts, [
    ...['location.address', 'location.directions', 'topic.next', 'request.results'],
    'message.name',
  ]);
  const unsure = listening().take(
    heard('info.location', { others: [{ intent: 'results.request', score: 0.6 }] }),
  );
  t.notOk(unsure.prompts.includes('topic.next'));
  const hours = (text: string): Talk =>
    listening().take(
      heard('info.location', { text, others: [{ intent: 'info.hours', score: 0.9 }] }),
    );
  t.ok(hours('Where are you, and when are you open?').prompts.includes('topic.next'));
  t.notOk(hours('Where can I come to see you today?').prompts.includes('topic.next'));
  t.end();
});

t.test('keys choose wherever something is asked', (t) => {
  const urgency = (digit: string): Talk =>
    calling().take(
      said('I want to leave a message', 'message.leave'),
      said('Mary Johnson'),
      key('1'),
      silent,
      said('the roof leaks and it drips'),
      key(digit),
    );
  t.equal(kept(urgency('1'))?.urgent, true);
  t.equal(kept(urgency('2'))?.urgent, false);
  t.equal(kept(urgency('1'))?.phone?.value, '02079460199', '1 takes the number of the call');
  const confirming = urgency('2').take(said('any time'));
  t.equal(confirming.take(key('2')).prompts[0], 'message.what_wrong');
  t.strictSame(confirming.take(key('3')).prompts, ['message.reason']);
  const other = calling().take(
    said('a message', 'message.leave'),
    said('Mary Johnson'),
    key('2'),
    silent,
  );
  t.strictSame(other.prompts, ['message.phone'], '2 refuses it');
  other.take(...Array.from('02079460142', (digit) => key(digit)), key('#'));
  t.strictSame(other.prompts, ['message.phone_check']);
  t.strictSame(other.take(key('1'), silent).prompts, ['message.reason']);
  const more = listening().take(heard('info.location'));
  t.strictSame(more.take(key('2')).prompts, ['goodbye.say']);
  t.strictSame(listening().take(heard('info.location'), key('1')).prompts, ['listen.go_on']);
  t.strictSame(listening().take(key('1')).prompts, ['message.name'], 'a message without a word');
  t.end();
});

t.test('what was told before is put right, whatever is asked', (t) => {
  const talk = calling().take(said('a message', 'message.leave'), said('my name is John Smith'));
  talk.take(said('No, sorry, my name is Jane Smith'));
  t.equal(talk.prompts.at(-1), 'message.phone_offer');
  t.equal(kept(talk)?.name?.value, 'Jane Smith');
  talk.take(said('020 7946 0142'), said('yes', 'control.yes'), said('the roof leaks'));
  talk.take(said('Sorry, the last digit of the number is three'));
  t.strictSame(talk.prompts, ['message.phone_check']);
  t.equal(kept(talk)?.phone?.value, '02079460143');
  t.end();
});

t.test('silence for good keeps what can be acted on', (t) => {
  const told = calling().take(said('I need more of my tablets.', 'prescription.refill'));
  told.take(said('Mary Johnson'), silent, silent, silent);
  t.match(kept(told), { state: 'complete', phone: { by: 'caller-id' }, confirmed: false });
  t.strictSame(told.prompts, ['message.kept_so_far', 'silence.goodbye']);
  t.equal(told.outcome, 'message');
  const wished = calling().take(said('please tell me how my case stands', 'case.status'));
  wished.take(silent, silent, silent);
  t.match(kept(wished), { intent: 'case.status', state: 'complete', phone: { by: 'caller-id' } });
  const withheld = new Talk(office).take(begin(OPEN), spoken, said('my case', 'case.status'));
  withheld.take(silent, silent, silent);
  t.equal(kept(withheld), undefined, 'nobody could be called back');
  t.strictSame(withheld.prompts, ['silence.goodbye']);
  t.end();
});

t.test('a number where one was asked raises no alarm; words of danger there do', (t) => {
  const asked = (): Talk =>
    listening(office).take(said('a message', 'message.leave'), said('Mary Johnson'));
  const digits = 'zero two zero seven nine four six zero one four two';
  t.strictSame(asked().take(heard('emergency', { text: digits })).prompts, ['message.phone_check']);
  for (const text of [
    'nine nine nine',
    `he is not breathing please come ${digits} quickly please`,
  ]) {
    t.strictSame(asked().take(heard('emergency', { text })).prompts, ['emergency.script'], text);
  }
  t.end();
});
