import t from 'tap';
import { dialogueOf, heard, listening, OPEN, spoken, Talk } from './office.js';

// What callers say before and around their matter, and days that they name in other words than the week's.

void t.test('who or what is speaking is told at any time', (t) => {
  for (const text of [
    'Am I talking to a robot?',
    'are you a real person',
    'Is this a machine?',
    'Sorry, who am I speaking to?',
    "What's your name?",
  ]) {
    const talk = listening().take(heard('person.transfer', { text }));
    t.strictSame(talk.prompts, ['listen.automated', 'greeting.help'], text);
    t.match(talk.text, 'automated assistant of Harbour Office, not a person', text);
  }
  const asked = listening().take(
    heard('message.leave', { text: 'I would like to leave a message' }),
  );
  const question = asked.prompts.at(-1) ?? '';
  asked.take(heard('oos', { text: 'am I talking to a computer' }));
  t.strictSame(asked.prompts, ['listen.automated', question], 'and our question is asked again');
  t.strictSame(
    listening().take(heard('person.transfer', { text: 'I want to talk to a real person' })).prompts,
    ['transfer.announce'],
    'who asks for a person gets one',
  );
  t.end();
});

void t.test('an opening that holds no matter yet is not what was not understood', (t) => {
  for (const text of [
    'Can you help me?',
    'Hello, I have a quick question.',
    "um I'm not sure who I need to talk to",
    "Hi, I'm calling on behalf of my father.",
  ]) {
    t.strictSame(listening().take(heard('oos', { text })).prompts, ['listen.go_on'], text);
  }
  const matter = heard('info.hours', { text: 'I have a question, are you open on Friday?' });
  t.not(listening().take(matter).prompts[0], 'listen.go_on', 'a matter is heard');
  t.end();
});

const hoursOf = (text: string, day?: string): Talk => {
  const slot = day === undefined ? {} : { day: { value: day, confidence: 1, heard: said(day) } };
  return listening().take(heard('info.hours', { text, now: OPEN, slots: slot }));
};
const said = (day: string): string => (day.startsWith('holiday:') ? 'christmas' : day);

void t.test('days are those that were named', (t) => {
  const christmas = 'holiday:Christmas Day';
  t.match(hoursOf('are you open at christmas', christmas).text, 'closed for Christmas Day');
  const eve = hoursOf("are you open on new year's eve", christmas).text;
  t.match(eve, 'December thirty-first');
  t.match(hoursOf('are you open on the third of january').text, 'January third');
  t.match(hoursOf('are you open the day after tomorrow').text, 'On Thursday');
  t.equal(hoursOf('are you open on friday', 'friday').prompts[0], 'hours.day');
  t.notMatch(hoursOf('are you open on friday', 'friday').text, 'November', 'the nearest one');
  t.match(hoursOf('are you open at noon').text, 'Monday to Thursday', 'no day at all');
  t.end();
});

void t.test('the days around a feast are its holidays, and the week', (t) => {
  const { text } = hoursOf('what about between christmas and new year', 'holiday:Christmas Day');
  t.match(text, 'December twenty-fourth');
  t.match(text, 'closed for Christmas Day');
  t.match(text, 'Monday to Thursday');
  t.end();
});

void t.test('a name where one was asked is no alarm, but danger is', (t) => {
  const asked = (): Talk =>
    listening().take(heard('message.leave', { text: 'I would like to leave a message' }));
  const alarm = { intent: 'emergency', emergency: true };
  const name = { ...alarm, score: 0.35, text: 'My name is Keely Fall.' };
  t.match(asked().take(heard('emergency', name)).text, 'Thank you, Keely Fall.');
  const sure = { ...alarm, score: 0.9, text: 'Father is dying.' };
  t.equal(asked().take(heard('emergency', sure)).prompts[0], 'emergency.script');
  const few = { ...alarm, score: 0.55, text: "She's four." };
  t.not(asked().take(heard('emergency', few)).prompts[0], 'emergency.script');
  const phrase = { ...alarm, score: 1, text: "She's choking." };
  t.equal(asked().take(heard('emergency', phrase)).prompts[0], 'emergency.script');
  const long = { ...alarm, score: 0.35, text: 'My father fell and he does not answer me any more' };
  t.equal(asked().take(heard('emergency', long)).prompts[0], 'emergency.script');
  t.end();
});

void t.test('a service on a day: whether it is offered, and when we are open', (t) => {
  const text = 'do you do repairs on friday';
  const day = { day: { value: 'friday', confidence: 1, heard: 'friday' } };
  const asked = listening().take(heard('info.services', { text, slots: day }));
  t.strictSame(asked.prompts, ['services.one', 'hours.day', 'listen.anything_else']);
  t.end();
});

void t.test('what a message is about may be told with the wish to leave one', (t) => {
  const after = (text: string): readonly string[] => {
    const talk = new Talk(dialogueOf({ country: 'gb' })).take(
      { kind: 'begin', now: OPEN, caller: '+442079460142' },
      spoken,
      heard('message.leave', { text }),
    );
    return talk.take(
      heard('oos', { text: 'My name is Simon Clarke.' }),
      heard('control.yes', { text: 'yes' }),
    ).prompts;
  };
  const told = "I'm calling from the water works to let you know that it will be off on Thursday.";
  t.strictSame(after(told), ['message.urgency']);
  t.strictSame(after("I'd like to leave a message for the front desk, please."), [
    'message.reason_for',
  ]);
  t.end();
});

void t.test('a question about the answer just given', (t) => {
  const facts = {
    faq: [
      {
        id: 'parking',
        questions: ['where can i park'],
        answer: 'There is a free car park behind.',
      },
    ],
  };
  const told = (): Talk =>
    new Talk(dialogueOf(facts)).take(
      { kind: 'begin', now: OPEN },
      spoken,
      heard('info.location', {
        text: 'where can I park',
        faq: { id: 'parking', score: 0.9, margin: 0.4 },
      }),
    );
  const price = (text: string): readonly string[] =>
    told().take(heard('info.price', { text })).prompts;
  t.strictSame(price('is it free?'), ['faq.parking', 'listen.anything_else']);
  t.not(price('how much is it?')[0], 'faq.parking', 'nothing of it was told');
  t.not(price('is a check-up free?')[0], 'faq.parking', 'another matter');
  t.end();
});

void t.test('what somebody would rather not say is no other matter', (t) => {
  const talk = new Talk(dialogueOf({ country: 'gb' })).take(
    { kind: 'begin', now: OPEN },
    spoken,
    heard('results.request', { text: 'can I get my test results' }),
    heard('oos', { text: 'My name is John Smith.' }),
  );
  t.equal(talk.prompts.at(-1), 'form.dob');
  const text = "I'd rather not say my date of birth to a machine.";
  talk.take(heard('privacy.request', { text, score: 0.9 }));
  t.strictSame(talk.prompts, ['form.test']);
  t.end();
});

void t.test('a time to call back is one, though it sounds like a question about hours', (t) => {
  const talk = new Talk(dialogueOf({ country: 'gb' })).take(
    { kind: 'begin', now: OPEN, caller: '+442079460142' },
    spoken,
    heard('message.leave', { text: "I'd like to leave a message." }),
    heard('oos', { text: 'My name is John Smith.' }),
    heard('control.yes', { text: 'yes' }),
    heard('oos', { text: "It's urgent, the teapot leaks." }),
  );
  talk.take(heard('info.hours', { text: 'are you open in the afternoon?' }));
  t.equal(talk.prompts[0], 'hours.week', 'a question is answered');
  talk.take(heard('info.hours', { text: 'Just in the afternoon.' }));
  t.match(talk.last.actions.at(-1), { asks: 'confirm' });
  t.end();
});

void t.test('yes is no answer to a question for words', (t) => {
  const talk = new Talk(dialogueOf({ country: 'gb' })).take(
    { kind: 'begin', now: OPEN },
    spoken,
    heard('prescription.refill', { text: 'I need more tablets' }),
    heard('oos', { text: 'My name is John Smith.' }),
    heard('oos', { text: 'the fifth of march nineteen eighty' }),
    heard('control.yes', { text: 'Yes.' }),
  );
  t.strictSame(talk.prompts, ['form.medicine'], 'asked again');
  talk.take(heard('oos', { text: 'The thyroid ones.' }));
  t.strictSame(talk.prompts, ['form.pharmacy']);
  t.end();
});
