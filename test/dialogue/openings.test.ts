import t from 'tap';
import type { Cues } from '../../agent/dialogue/cues/cues.js';
import { de } from '../../agent/dialogue/cues/de.js';
import { en } from '../../agent/dialogue/cues/en.js';
import { ko } from '../../agent/dialogue/cues/ko.js';
import type { DialogueEvent } from '../../agent/dialogue/ports.js';
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
  asked.take(heard('oos', { text: 'My name is John Smith.' }));
  asked.take(heard('oos', { text: '415 555 0142' }), heard('control.yes', { text: 'yes' }));
  const reason = asked.prompts.at(-1) ?? '';
  asked.take(heard('oos', { text: 'Are you a robot?' }));
  t.strictSame(asked.prompts, ['listen.automated', reason], 'where any words will do, too');
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

// Words that begin as an opening does, or as a question about who is speaking.
const MATTERS: readonly (readonly [Cues, readonly string[]])[] = [
  [
    en,
    [
      'Can you help me with my bill?',
      "I'm calling for my prescription.",
      "I'm calling for my results",
      "I'm calling for a refill",
      'What is this charge on my bill?',
      'Who is this letter from?',
      'What are you doing on Friday?',
      'who are you open for',
      'who am I talking to about my bill',
    ],
  ],
  [
    de,
    [
      'Können Sie mir bei der Rechnung helfen?',
      'Ich rufe für meine Tabletten an.',
      'Ich rufe für eine Überweisung an.',
      'Ich weiß nicht, mit wem ich am Montag einen Termin habe.',
      'Wer ist da heute im Dienst?',
      'Mit wem spreche ich wegen meiner Rechnung?',
      'wer spricht türkisch bei Ihnen',
    ],
  ],
  [ko, ['약 이름이 뭐예요?', '담당자가 누구세요?', '아픈 사람이에요.', '예약 도와주세요.']],
];

void t.test('a matter is neither an opening nor a question about who is speaking', (t) => {
  for (const [cues, texts] of MATTERS) {
    for (const text of texts) {
      t.notMatch(text, cues.opener, text);
      t.notMatch(text, cues.identity, text);
    }
  }
  t.end();
});

void t.test('openings and questions about who is speaking in each language', (t) => {
  t.match("I'm calling for my daughter.", en.opener);
  t.match('Who is this, please?', en.identity);
  for (const text of ['Ich rufe für meine Mutter an.', 'Ich weiß nicht, wen ich fragen soll.']) {
    t.match(text, de.opener, text);
  }
  for (const text of ['Wer ist da?', 'Mit wem spreche ich bitte?', 'Sind Sie ein Roboter?']) {
    t.match(text, de.identity, text);
  }
  t.match('안녕하세요, 좀 도와주세요.', ko.opener);
  for (const text of ['누구세요?', '로봇이에요?', '지금 기계랑 통화하는 거예요?']) {
    t.match(text, ko.identity, text);
  }
  t.end();
});

void t.test('whoever only says that there is a message has not told it', (t) => {
  for (const [cues, only, told] of [
    [
      en,
      "I'm calling because I want to leave a message.",
      "I'm calling because the lift is broken again.",
    ],
    [
      de,
      'Ich rufe an, um eine Nachricht zu hinterlassen.',
      'Bitte notieren Sie, dass ich morgen später komme.',
    ],
    [ko, '원장님께 메시지를 전하려고 합니다.', '내일은 가게에 못 간다고 전하려고 합니다.'],
  ] as const) {
    t.notMatch(only, cues.telling, only);
    t.match(told, cues.telling, told);
  }
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
  t.not(price('is there a free check-up?')[0], 'faq.parking', 'nor does "there" mean it');
  t.end();
});

void t.test('a question about the answer just given, in languages of polite questions', (t) => {
  const told = (language: string, question: string, answer: string): Talk => {
    const faq = [{ id: 'parking', questions: [question], answer }];
    return new Talk(dialogueOf({ language, faq })).take(
      { kind: 'begin', now: OPEN },
      spoken,
      heard('oos', { text: question, faq: { id: 'parking', score: 0.9, margin: 0.4 } }),
    );
  };
  const german = (text: string): readonly string[] =>
    told(
      'de',
      'Wo kann ich parken?',
      'Wir haben samstags einen kostenlosen Parkplatz an der Praxis.',
    ).take(heard('info.hours', { text })).prompts;
  t.equal(german('Ist der auch kostenlos?')[0], 'faq.parking');
  t.not(german('Haben Sie samstags offen?')[0], 'faq.parking', 'Sie are not the car park');
  t.not(german('Ist die Praxis samstags offen?')[0], 'faq.parking');
  const korean = (text: string): readonly string[] =>
    told('ko', '어디에 주차하나요?', '건물 뒤에 무료 주차장이 있습니다.').take(
      heard('info.price', { text }),
    ).prompts;
  t.equal(korean('그거 무료예요?')[0], 'faq.parking');
  t.not(korean('그거 얼마예요?')[0], 'faq.parking');
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
  const refuses = (text: string): DialogueEvent => heard('privacy.request', { text, score: 0.9 });
  talk.take(refuses("I'd rather not say my date of birth to a machine."));
  t.strictSame(talk.prompts, ['form.test']);
  const unnamed = listening().take(heard('results.request', { text: 'my test results' }));
  unnamed.take(refuses("I'd rather not give my name to a machine."));
  t.strictSame(
    unnamed.prompts,
    ['message.why', 'message.name'],
    'a form needs a name, and asks for it once more',
  );
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
